// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * What a license asks of whoever passes a work on, from the most to the least:
 * - `network`: the work stays under the license, and offering its use over a network counts as passing it on
 * - `strong`: the whole work that it becomes part of comes under the license
 * - `library`: the licensed part stays under it; works that only use that part may have another license
 * - `file`: changed files, or what is taken of them, stay under it; other files may have another license
 * - `permissive`: notices have to be kept, and the like
 * - `public-domain`: nothing
 */
export type CopyleftClass = 'network' | 'strong' | 'library' | 'file' | 'permissive' | 'public-domain';

type Rows = Readonly<Record<string, string>>;

const noticesOnly = 'The text asks for notices to be kept and puts no terms on the rest of a work.';

/**
 * For each id the place in the license's own text that puts it into its class, so that a reader can look it up at
 * https://spdx.org/licenses/ID.html. Where a license has several traits, the one that asks the most counts.
 */
export const copyleftTable: Readonly<Record<CopyleftClass, Rows>> = {
  network: {
    'AGPL-1.0-only': 'Section 2(d): users who interact with the program over a network are offered the source.',
    'AGPL-1.0-or-later': 'Section 2(d): users who interact with the program over a network are offered the source.',
    'AGPL-3.0-only': 'Section 13: users who interact with a modified version over a network are offered the source.',
    'AGPL-3.0-or-later':
      'Section 13: users who interact with a modified version over a network are offered the source.',
    'APSL-2.0':
      'Section 1.4: external deployment includes services over a network; section 2.2: its source is offered.',
    'CPAL-1.0': 'Section 15: external deployment, over a network too, is distribution.',
    'EUPL-1.1': 'Section 1: communication includes access to the work’s functionality online; section 5: copyleft.',
    'EUPL-1.2': 'Section 1: communication includes access to the work’s functionality online; section 5: copyleft.',
    'OSL-2.1': 'Section 5: external deployment is distribution; section 1(c): derivative works stay under the license.',
    'OSL-3.0': 'Section 5: external deployment is distribution; section 1(c): derivative works stay under the license.',
    'RPL-1.1': 'Section 6: extensions are made available when they are deployed, inside an organisation too.',
    'RPL-1.5': 'Section 6: extensions are made available when they are deployed, inside an organisation too.',
    'SSPL-1.0': 'Section 13: whoever offers the program as a service makes the service’s source available.',
  },
  strong: {
    'CC-BY-SA-3.0': 'Section 4(b): adaptations are passed on under this license or one compatible with it.',
    'CC-BY-SA-4.0': 'Section 3(b): adapted material is passed on under this license or one compatible with it.',
    'CECILL-2.1': 'Section 5.3.2: modified software is passed on under this agreement.',
    'CERN-OHL-S-2.0': 'Sections 3 and 4: the complete source of a product is passed on under this license.',
    'GFDL-1.1-only': 'Section 4: modified versions are released under precisely this license.',
    'GFDL-1.1-or-later': 'Section 4: modified versions are released under precisely this license.',
    'GFDL-1.2-only': 'Section 4: modified versions are released under precisely this license.',
    'GFDL-1.2-or-later': 'Section 4: modified versions are released under precisely this license.',
    'GFDL-1.3-only': 'Section 4: modified versions are released under precisely this license.',
    'GFDL-1.3-or-later': 'Section 4: modified versions are released under precisely this license.',
    'GPL-1.0-only': 'Section 2(b): the whole of any work that contains the program is under this license.',
    'GPL-1.0-or-later': 'Section 2(b): the whole of any work that contains the program is under this license.',
    'GPL-2.0-only': 'Section 2(b): the whole of any work that contains the program is under this license.',
    'GPL-2.0-or-later': 'Section 2(b): the whole of any work that contains the program is under this license.',
    'GPL-3.0-only': 'Section 5(c): the entire work, as a whole, is under this license.',
    'GPL-3.0-or-later': 'Section 5(c): the entire work, as a whole, is under this license.',
    'ODbL-1.0': 'Section 4.4: derivative databases are passed on under this license.',
    Sleepycat: 'Third condition: the source of accompanying software that uses it is freely redistributable.',
  },
  library: {
    'CECILL-C': 'Section 5.3.3: software that is only linked to it may have another license.',
    'CERN-OHL-W-2.0': 'Section 1.8: external material that only interfaces with it may have another license.',
    'LGPL-2.0-only': 'Sections 5 and 6: works that use the library may have other terms.',
    'LGPL-2.0-or-later': 'Sections 5 and 6: works that use the library may have other terms.',
    'LGPL-2.1-only': 'Sections 5 and 6: works that use the library may have other terms.',
    'LGPL-2.1-or-later': 'Sections 5 and 6: works that use the library may have other terms.',
    'LGPL-3.0-only': 'Section 4: combined works may have other terms.',
    'LGPL-3.0-or-later': 'Section 4: combined works may have other terms.',
  },
  file: {
    'CDDL-1.0': 'Section 3.1: covered software in source form stays under this license; section 3.6: larger works.',
    'CDDL-1.1': 'Section 3.1: covered software in source form stays under this license; section 3.6: larger works.',
    'CPL-1.0': 'Section 3: the program in source form stays under this agreement.',
    'EPL-1.0': 'Section 3: the program in source form stays under this agreement.',
    'EPL-2.0': 'Section 3.2: the program in source form stays under this agreement.',
    'IPL-1.0': 'Section 3: the program in source form stays under this agreement.',
    'MPL-1.0': 'Section 3.1: modifications stay under this license; section 3.7: larger works.',
    'MPL-1.1': 'Section 3.1: modifications stay under this license; section 3.7: larger works.',
    'MPL-2.0': 'Section 3.1: covered software in source form stays under this license; section 3.3: larger works.',
    'MPL-2.0-no-copyleft-exception':
      'Section 3.1: covered software in source form stays under this license; section 3.3: larger works.',
    'MS-RL': 'Section 3(A): any file with code of the software stays under this license.',
    'OFL-1.1': 'Condition 5: the font stays under this license, documents made with it don’t come under it.',
    'SPL-1.0': 'Section 3.1: modifications stay under this license; section 3.7: larger works.',
  },
  permissive: {
    'AFL-3.0': 'Section 1(c): derivative works may have any license.',
    'Apache-1.1': noticesOnly,
    'Apache-2.0': 'Section 4: modifications may have other terms.',
    'Artistic-2.0': 'Section 4: modified versions may be passed on in several ways, one of them under another name.',
    'BSD-1-Clause': noticesOnly,
    'BSD-2-Clause': noticesOnly,
    'BSD-2-Clause-Patent': noticesOnly,
    'BSD-3-Clause': noticesOnly,
    'BSD-3-Clause-Clear': noticesOnly,
    'BSD-4-Clause': noticesOnly,
    'BSL-1.0': noticesOnly,
    'BlueOak-1.0.0': noticesOnly,
    'CC-BY-3.0': 'Section 4(b): credit is given; adaptations may have other terms.',
    'CC-BY-4.0': 'Section 3(a): credit is given; adapted material may have other terms.',
    'CERN-OHL-P-2.0': noticesOnly,
    'ECL-2.0': 'Section 4: modifications may have other terms.',
    HPND: noticesOnly,
    ICU: noticesOnly,
    ISC: noticesOnly,
    MIT: noticesOnly,
    'MulanPSL-2.0': noticesOnly,
    NCSA: noticesOnly,
    NTP: noticesOnly,
    OpenSSL: noticesOnly,
    'PHP-3.01': noticesOnly,
    'PSF-2.0': noticesOnly,
    PostgreSQL: noticesOnly,
    'Python-2.0': noticesOnly,
    'UPL-1.0': noticesOnly,
    'Unicode-3.0': noticesOnly,
    X11: noticesOnly,
    Zlib: noticesOnly,
    curl: noticesOnly,
    'libpng-2.0': noticesOnly,
  },
  'public-domain': {
    '0BSD': 'The text permits everything and asks for nothing.',
    'CC-PDDC': 'The text dedicates the work to the public domain.',
    'CC0-1.0': 'Section 2 waives all rights; section 3 permits everything where that can’t be done.',
    'MIT-0': 'The text permits everything and asks for nothing.',
    'PDDL-1.0': 'Section 3 dedicates the work to the public domain.',
    Unlicense: 'The text dedicates the work to the public domain.',
    WTFPL: 'The text permits everything and asks for nothing.',
  },
};
