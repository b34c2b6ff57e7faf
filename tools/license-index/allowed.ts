// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What the SPDX list's own templates of common licenses let vary and the plain texts don't show. */
export interface Allowed {
  /** Phrases that may be left out. */
  readonly optional?: readonly string[];
  /** From the first phrase to the second, both included, may be left out. */
  readonly optionalFrom?: readonly (readonly [string, string])[];
  /** Phrases that may be another name. */
  readonly slots?: readonly string[];
  /** Other forms of the text: each replaces phrases by others. */
  readonly forms?: readonly (readonly (readonly [string, string])[])[];
  /** A part of the list's text that is passed on alone: it ends before this phrase. */
  readonly alone?: string;
}

// What the Free Software Foundation's own files say where the list's texts are of another printing.
const briefIdea = ['name and an idea of what', 'name and a brief idea of what'] as const;
const gnuAddress = ['www.gnu.org/copyleft', 'www.gnu.org/licenses'] as const;

function asFsfPublishedGpl2(lesser: string): readonly (readonly [string, string])[] {
  const end = 'signature of Ty Coon, 1 April 1989 Ty Coon, President of Vice';
  return [
    briefIdea,
    ['follow. TERMS AND CONDITIONS', 'follow. GNU GENERAL PUBLIC LICENSE TERMS AND CONDITIONS'],
    [
      end,
      `${end} This General Public License does not permit incorporating your program into proprietary programs. If your program is a subroutine library, you may consider it more useful to permit linking proprietary applications with the library. If this is what you want to do, use the GNU ${lesser} General Public License instead of this License.`,
    ],
  ];
}

/** By the id that the text is known by. Phrases are compared as words. Source: the templates of license-list-data. */
const byId: Readonly<Record<string, Allowed>> = {
  MIT: {
    forms: [[['and this permission notice shall', 'and this permission notice (including the next paragraph) shall']]],
  },
  ISC: { forms: [[['modify, and/or distribute', 'modify, and distribute']]] },
  'BSD-2-Clause': {
    forms: [
      [
        ['THIS SOFTWARE IS PROVIDED', 'THIS IS PROVIDED'],
        ['OUT OF THE USE OF THIS SOFTWARE, EVEN', 'OUT OF THE USE OF THIS, EVEN'],
      ],
    ],
  },
  'BSD-3-Clause': {
    forms: [
      [
        [
          'Neither the name of the copyright holder nor the names of its contributors may be used',
          'The name of the author may not be used',
        ],
      ],
      [
        [
          'Neither the name of the copyright holder nor the names of its contributors may be used',
          'The names of its contributors may not be used',
        ],
      ],
    ],
  },
  Unlicense: { optional: ['For more information, please refer to'], slots: ['http unlicense org'] },
  'CC0-1.0': {
    optionalFrom: [
      [
        'CREATIVE COMMONS CORPORATION IS NOT A LAW FIRM',
        'FOR DAMAGES RESULTING FROM THE USE OF THIS DOCUMENT OR THE INFORMATION OR WORKS PROVIDED HEREUNDER',
      ],
    ],
  },
  'GPL-2.0-only': { forms: ['Lesser', 'Library'].map(asFsfPublishedGpl2) },
  'LGPL-2.0-only': { forms: [[briefIdea]] },
  'LGPL-2.1-only': { forms: [[briefIdea]] },
  'GFDL-1.2-only': { forms: [[gnuAddress]] },
  'GFDL-1.3-only': { forms: [[gnuAddress]] },
  // The list's text has the GPL appended; most files have the LGPL's own part alone.
  'LGPL-3.0-only': { alone: 'GNU GENERAL PUBLIC LICENSE Version 3, 29 June 2007' },
};

const commons40: Allowed = {
  optionalFrom: [
    ['Creative Commons Corporation (“Creative Commons”) is not a law firm', 'respect those requests where reasonable'],
    ['Creative Commons is not a party to its public licenses', 'may be contacted at creativecommons.org'],
  ],
  // The plain text that Creative Commons publishes.
  forms: [
    [
      [
        'More considerations for licensors',
        'More considerations for licensors wiki.creativecommons.org/Considerations_for_licensors',
      ],
      [
        'More considerations for the public',
        'More considerations for the public wiki.creativecommons.org/Considerations_for_licensees',
      ],
      [
        'will be considered the “Licensor.” Except',
        'will be considered the “Licensor.” The text of the Creative Commons public licenses is dedicated to the public domain under the CC0 Public Domain Dedication. Except',
      ],
    ],
  ],
};

/** What the list's templates allow a license to vary, by its id. */
export function allowedFor(id: string): Allowed {
  return byId[id] ?? (/^CC-BY(?:-NC|-ND|-SA)*-4\.0$/.test(id) ? commons40 : {});
}
