// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { isLicenseFile } from './texts/license-file.ts';

/** Where the license of a whole tree usually lies; looked for at its root without listing the directory. */
export const usualLicenseFiles = [
  'LICENSE',
  'LICENSE.md',
  'LICENSE.txt',
  'LICENCE',
  'LICENCE.md',
  'COPYING',
  'COPYING.md',
  'COPYING.txt',
  'LICENSE-APACHE',
  'LICENSE-MIT',
  'UNLICENSE',
] as const;

/** Whether a file of this name at the root of a tree, or of a package in it, is a license's text. */
export function isLicenseOfTree(name: string): boolean {
  return mayBeLicenseName(name) && isLicenseFile(name);
}

const licenseName = /^(?:licen[cs]e|copying|unlicense|copyright)(?![a-z])/i;

/**
 * Whether a name in a directory may be that of a license file, or of what REUSE reads: all that a source keeps of a
 * directory's names.
 */
export function mayBeLicenseName(name: string): boolean {
  return licenseName.test(name) || name === 'LICENSES' || name === 'REUSE.toml';
}
