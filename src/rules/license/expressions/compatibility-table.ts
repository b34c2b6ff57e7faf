// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * Whether code under one license may become part of a work that is passed on under another and stays under it:
 * yes, no, or that a human has to look.
 */
export type Compatible = 'yes' | 'review' | 'no';

/** What holds for every pair of a license of `from` and another of `into`. */
export interface CompatibilityRow {
  readonly from: readonly string[];
  readonly into: readonly string[];
  readonly answer: Compatible;
  readonly why: string;
  /** Where that is said. */
  readonly source: string;
}

const free = ['0BSD', 'CC0-1.0', 'MIT-0', 'Unlicense'];
const notices = ['BSD-2-Clause', 'BSD-3-Clause', 'BSL-1.0', 'ISC', 'MIT', 'PostgreSQL', 'Zlib'];
const ownTerms = ['Apache-2.0', 'Artistic-2.0', 'BSD-4-Clause'];
const files = ['CDDL-1.0', 'EPL-1.0', 'EPL-2.0', 'MPL-1.1', 'MPL-2.0', 'MPL-2.0-no-copyleft-exception'];
const lgpl = ['LGPL-2.1-only', 'LGPL-2.1-or-later', 'LGPL-3.0-only', 'LGPL-3.0-or-later'];
const gpl = ['GPL-2.0-only', 'GPL-2.0-or-later', 'GPL-3.0-only', 'GPL-3.0-or-later'];
const agpl = ['AGPL-3.0-only', 'AGPL-3.0-or-later'];
const shares = ['EUPL-1.2', 'OSL-3.0'];
const works = ['CC-BY-4.0', 'CC-BY-SA-4.0'];

const gnuList = 'https://www.gnu.org/licenses/license-list.html';
const gnuFaq = 'https://www.gnu.org/licenses/gpl-faq.html';
const text = (id: string) => `https://spdx.org/licenses/${id}.html`;

/** Licenses that anything is known of. */
export const comparedIds: readonly string[] = [
  ...[free, notices, ownTerms, files, lgpl, gpl, agpl, shares, works].flat(),
];

const rows = (answer: Compatible, why: string, source: string, pairs: readonly [string[], string[]][]) =>
  pairs.map(([from, into]): CompatibilityRow => ({ from, into, answer, why, source }));

const onlyNotices = 'It only asks for its notices to be kept.';

const permissiveRows = [
  ...rows('yes', 'It asks for nothing.', text('CC0-1.0'), [[free, [...comparedIds]]]),
  ...rows('yes', onlyNotices, `${gnuList}#GPLCompatibleLicenses`, [[notices, [...lgpl, ...gpl, ...agpl]]]),
  ...rows('yes', onlyNotices, 'https://www.apache.org/legal/resolved.html#category-a', [[notices, ['Apache-2.0']]]),
  ...rows('yes', onlyNotices, text('MIT'), [
    [notices, [...notices, ...ownTerms.filter((id) => id !== 'Apache-2.0'), ...files, ...shares]],
  ]),
  ...rows('review', 'Its notices have to be kept, which the license of the whole doesn’t ask for.', text('MIT'), [
    [notices, free],
  ]),
  ...rows('review', 'Its own terms, on patents and NOTICE files, stay on that part.', text('Apache-2.0'), [
    [['Apache-2.0'], [...free, ...notices]],
  ]),
  ...rows(
    'yes',
    'The Apache Software Foundation and the FSF agree that it is compatible with version 3.',
    'https://www.apache.org/licenses/GPL-compatibility.html',
    [[['Apache-2.0'], ['GPL-3.0-only', 'GPL-3.0-or-later', 'LGPL-3.0-only', 'LGPL-3.0-or-later', ...agpl]]],
  ),
  ...rows('no', 'It has terms on patents that version 2 doesn’t permit.', `${gnuList}#apache2`, [
    [['Apache-2.0'], ['GPL-2.0-only']],
  ]),
  ...rows('review', 'The whole could then be passed on under version 3 or later only.', `${gnuList}#apache2`, [
    [['Apache-2.0'], ['GPL-2.0-or-later']],
  ]),
  ...rows('no', 'Its advertising clause is a further restriction.', `${gnuList}#OriginalBSD`, [
    [['BSD-4-Clause'], [...gpl, ...agpl]],
  ]),
  ...rows('yes', 'Its section 4(c)(ii) permits it.', `${gnuList}#ArtisticLicense2`, [[['Artistic-2.0'], gpl]]),
];

const fileRows = [
  ...rows('yes', 'Its sections 1.12 and 3.3 permit the GNU licenses for a larger work.', text('MPL-2.0'), [
    [['MPL-2.0'], [...lgpl, ...gpl, ...agpl]],
  ]),
  ...rows('no', 'Its notice excludes the GNU licenses (section 3.3).', `${gnuList}#MPL-2.0`, [
    [['MPL-2.0-no-copyleft-exception'], [...gpl, ...agpl]],
  ]),
  ...rows('no', 'Both ask for the part to be under their own terms.', `${gnuList}#MPL`, [
    [['MPL-1.1'], [...gpl, ...agpl]],
  ]),
  ...rows('no', 'Both ask for the part to be under their own terms.', `${gnuList}#EPL`, [
    [['EPL-1.0'], [...gpl, ...agpl]],
  ]),
  ...rows('review', 'It is only where its notice names the GPL as a secondary license.', `${gnuList}#EPL2`, [
    [['EPL-2.0'], [...gpl, ...agpl]],
  ]),
  ...rows('no', 'Both ask for the part to be under their own terms.', `${gnuList}#CDDL`, [
    [['CDDL-1.0'], [...gpl, ...agpl]],
  ]),
  ...rows('review', 'That part stays under its license, so the whole isn’t under the other alone.', text('MPL-2.0'), [
    [
      [...files, ...lgpl],
      [...free, ...notices, 'Apache-2.0'],
    ],
  ]),
];

const sharedRows = [
  ...rows('yes', 'The appendix to its article 5 names it as compatible.', text('EUPL-1.2'), [
    [
      ['EUPL-1.2'],
      [
        'GPL-2.0-only',
        'GPL-3.0-only',
        'AGPL-3.0-only',
        'LGPL-2.1-only',
        'LGPL-3.0-only',
        'MPL-2.0',
        'EPL-1.0',
        'OSL-3.0',
      ],
    ],
  ]),
  ...rows('review', 'The appendix to its article 5 names versions, not later ones.', text('EUPL-1.2'), [
    [
      ['EUPL-1.2'],
      ['GPL-2.0-or-later', 'GPL-3.0-or-later', 'AGPL-3.0-or-later', 'LGPL-2.1-or-later', 'LGPL-3.0-or-later'],
    ],
  ]),
  ...rows('no', 'Both ask for the whole to be under their own terms.', `${gnuList}#OSL`, [
    [['OSL-3.0'], [...gpl, ...agpl]],
  ]),
  ...rows('no', 'It asks for the whole work to be under its own terms.', text('GPL-3.0-only'), [
    [
      [...gpl, ...agpl],
      [...free, ...notices, ...ownTerms, ...files, ...lgpl, ...shares, ...works],
    ],
  ]),
  ...rows('no', 'Its section 3(b) asks for adapted material to be under its own terms.', text('CC-BY-SA-4.0'), [
    [['CC-BY-SA-4.0'], [...free, ...notices, 'Apache-2.0', 'CC-BY-4.0']],
  ]),
  ...rows('yes', 'Creative Commons and the FSF say so.', `${gnuList}#ccby`, [
    [['CC-BY-4.0'], [...gpl, 'CC-BY-SA-4.0']],
  ]),
  ...rows('yes', 'Creative Commons has named it as compatible, one way.', `${gnuList}#ccbysa`, [
    [['CC-BY-SA-4.0'], ['GPL-3.0-only']],
  ]),
  ...rows('review', 'Creative Commons has named version 3 of the GPL, not later ones.', `${gnuList}#ccbysa`, [
    [['CC-BY-SA-4.0'], ['GPL-3.0-or-later', 'GPL-2.0-or-later']],
  ]),
  ...rows('no', 'Creative Commons has named version 3 of the GPL only.', `${gnuList}#ccbysa`, [
    [['CC-BY-SA-4.0'], ['GPL-2.0-only']],
  ]),
];

const gnuRows = [
  ...rows('yes', 'Its version 3 may be chosen.', `${gnuFaq}#AllCompatibility`, [
    [['GPL-2.0-or-later'], ['GPL-3.0-only', 'GPL-3.0-or-later']],
    [['LGPL-2.1-or-later'], ['LGPL-3.0-only', 'LGPL-3.0-or-later']],
  ]),
  ...rows('yes', 'That very version may be chosen.', `${gnuFaq}#AllCompatibility`, [
    [['GPL-2.0-or-later'], ['GPL-2.0-only']],
    [['GPL-3.0-or-later'], ['GPL-3.0-only']],
    [['LGPL-2.1-or-later'], ['LGPL-2.1-only']],
    [['LGPL-3.0-or-later'], ['LGPL-3.0-only']],
    [['AGPL-3.0-or-later'], ['AGPL-3.0-only']],
  ]),
  ...rows('no', 'Versions 2 and 3 each ask for the whole to be under their own terms.', `${gnuFaq}#v2v3Compatibility`, [
    [['GPL-2.0-only'], ['GPL-3.0-only', 'GPL-3.0-or-later', ...agpl]],
    [['GPL-3.0-only', 'GPL-3.0-or-later', 'LGPL-3.0-only', 'LGPL-3.0-or-later', ...agpl], ['GPL-2.0-only']],
    [['LGPL-3.0-only', 'LGPL-3.0-or-later'], ['LGPL-2.1-only']],
  ]),
  ...rows('review', 'The whole could then be passed on under one version only.', `${gnuFaq}#AllCompatibility`, [
    [['GPL-2.0-only', 'GPL-3.0-only', 'GPL-3.0-or-later', 'LGPL-3.0-only', 'LGPL-3.0-or-later'], ['GPL-2.0-or-later']],
    [
      ['GPL-3.0-only', 'LGPL-3.0-only'],
      ['GPL-3.0-or-later', 'AGPL-3.0-or-later'],
    ],
    [['LGPL-2.1-only', 'LGPL-3.0-only', 'LGPL-3.0-or-later'], ['LGPL-2.1-or-later']],
    [['LGPL-3.0-only'], ['LGPL-3.0-or-later']],
    [['AGPL-3.0-only'], ['AGPL-3.0-or-later']],
  ]),
  ...rows('yes', 'Section 13 of the GPL, version 3, permits it.', text('GPL-3.0-only'), [
    [['GPL-2.0-or-later', 'GPL-3.0-or-later'], agpl],
    [['GPL-3.0-only'], ['AGPL-3.0-only']],
  ]),
  ...rows(
    'review',
    'They may be combined, but section 13 of the AGPL then holds for the whole.',
    text('GPL-3.0-only'),
    [[agpl, ['GPL-2.0-or-later', 'GPL-3.0-only', 'GPL-3.0-or-later']]],
  ),
  ...rows('yes', 'Section 3 of the LGPL 2.1 permits any version of the GPL from 2 on.', text('LGPL-2.1-only'), [
    [
      ['LGPL-2.1-only', 'LGPL-2.1-or-later'],
      [...gpl, ...agpl],
    ],
  ]),
  ...rows('no', 'The whole would have to move to the GPL, version 3.', `${gnuFaq}#AllCompatibility`, [
    [['LGPL-2.1-only'], ['LGPL-3.0-only', 'LGPL-3.0-or-later']],
  ]),
  ...rows('yes', 'Section 2(b) of the LGPL 3.0 permits the GPL of that version.', text('LGPL-3.0-only'), [
    [['LGPL-3.0-only'], ['GPL-3.0-only', 'AGPL-3.0-only']],
    [['LGPL-3.0-or-later'], ['GPL-3.0-only', 'GPL-3.0-or-later', ...agpl]],
  ]),
];

/**
 * Pairs that something is known of, from the first license into the second; any other pair needs a human. It says
 * what the licenses' stewards say and is no legal advice.
 */
export const compatibilityTable: readonly CompatibilityRow[] = [
  ...permissiveRows,
  ...fileRows,
  ...sharedRows,
  ...gnuRows,
];
