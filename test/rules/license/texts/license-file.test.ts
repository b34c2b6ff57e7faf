// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { isLicenseFile } from '../../../../src/rules/license/texts/license-file.ts';

describe('a license file, by its name', () => {
  test.each([
    'LICENSE',
    'LICENCE',
    'license.md',
    'LICENSE.txt',
    'LICENSE-MIT',
    'LICENSE_APACHE',
    'LICENSE.Apache-2.0',
    'LICENSES.txt',
    'COPYING',
    'COPYING.LESSER',
    'copying3',
    'UNLICENSE',
    'NOTICE',
    'NOTICE.txt',
    'PATENTS',
    'MIT-LICENSE.txt',
    'THIRD_PARTY_LICENSES',
    'third-party-notices.md',
    'vendor/lib/LICENSE',
    'LICENSES/MIT.txt',
    'LICENSES/preferred/GPL-2.0',
    'deep/er/LICENSES/LicenseRef-Own.txt',
  ])('is %s', (path) => {
    expect(isLicenseFile(path)).toBe(true);
  });

  test.each([
    'src/license.ts',
    'license.go',
    'LICENSE.json',
    'licenses/models.py',
    'licensing.md',
    'README.md',
    'notices.css',
    'image.png.license',
    'LICENSES/',
    '',
    'docs/copying-files.html.j2',
    'patent.svg',
    'my-license-tool/main.c',
  ])('is not %s', (path) => {
    expect(isLicenseFile(path)).toBe(false);
  });
});
