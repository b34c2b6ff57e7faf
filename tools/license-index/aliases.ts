// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * Ids of the SPDX license list that are one text: the id that the text is known by, then the others. They differ in what a
 * header says ("or any later version", invariant sections, reserved font names), or one is the other's older id. The words
 * are the same after SPDX's matching guidelines, but for the ids ending in `+`, whose texts the list has in an older
 * wording: these count as further texts of the license. The build fails where two other ids have the same words.
 */
export const aliases: Readonly<Record<string, readonly string[]>> = {
  'AGPL-1.0-only': ['AGPL-1.0-or-later', 'AGPL-1.0'],
  'AGPL-3.0-only': ['AGPL-3.0-or-later', 'AGPL-3.0'],
  'CAL-1.0': ['CAL-1.0-Combined-Work-Exception'],
  'GFDL-1.1-only': [
    'GFDL-1.1-or-later',
    'GFDL-1.1',
    'GFDL-1.1-invariants-only',
    'GFDL-1.1-invariants-or-later',
    'GFDL-1.1-no-invariants-only',
    'GFDL-1.1-no-invariants-or-later',
  ],
  'GFDL-1.2-only': [
    'GFDL-1.2-or-later',
    'GFDL-1.2',
    'GFDL-1.2-invariants-only',
    'GFDL-1.2-invariants-or-later',
    'GFDL-1.2-no-invariants-only',
    'GFDL-1.2-no-invariants-or-later',
  ],
  'GFDL-1.3-only': [
    'GFDL-1.3-or-later',
    'GFDL-1.3',
    'GFDL-1.3-invariants-only',
    'GFDL-1.3-invariants-or-later',
    'GFDL-1.3-no-invariants-only',
    'GFDL-1.3-no-invariants-or-later',
  ],
  'GPL-1.0-only': ['GPL-1.0-or-later', 'GPL-1.0', 'GPL-1.0+'],
  'GPL-2.0-only': ['GPL-2.0-or-later', 'GPL-2.0', 'GPL-2.0+'],
  'GPL-3.0-only': ['GPL-3.0-or-later', 'GPL-3.0', 'GPL-3.0+'],
  'LGPL-2.0-only': ['LGPL-2.0-or-later', 'LGPL-2.0', 'LGPL-2.0+'],
  'LGPL-2.1-only': ['LGPL-2.1-or-later', 'LGPL-2.1', 'LGPL-2.1+'],
  'LGPL-3.0-only': ['LGPL-3.0-or-later', 'LGPL-3.0', 'LGPL-3.0+'],
  'MPL-2.0': ['MPL-2.0-no-copyleft-exception'],
  'OFL-1.0': ['OFL-1.0-RFN', 'OFL-1.0-no-RFN'],
  'OFL-1.1': ['OFL-1.1-RFN', 'OFL-1.1-no-RFN'],
  SMLNJ: ['StandardML-NJ'],
  'zlib-acknowledgement': ['Nunit'],
};
