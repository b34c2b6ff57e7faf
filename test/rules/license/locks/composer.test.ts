// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { shown } from './shown.ts';

describe('A composer.lock', () => {
  const lock = (entry: object) =>
    `{\n"packages": [\n${JSON.stringify({ name: 'v/a', version: 'v1.0', ...entry })}],\n"packages-dev": []}`;
  const packagist = { 'notification-url': 'https://packagist.org/downloads/' };
  test.each([
    ["Packagist's package with its license", { ...packagist, license: ['MIT'] }, ['3 pkg:composer/v/a@v1.0 (MIT)']],
    [
      'a choice of licenses',
      { ...packagist, license: ['MIT', 'GPL-3.0-only'] },
      ['3 pkg:composer/v/a@v1.0 (MIT OR GPL-3.0-only)'],
    ],
    ['a proprietary package', { ...packagist, license: 'proprietary' }, ['3 pkg:composer/v/a@v1.0 (NONE)']],
    ['a license that is none', { ...packagist, license: [5] }, ['3 pkg:composer/v/a@v1.0']],
    [
      'a package of a repository',
      { source: { type: 'git', url: 'https://example.org/a.git', reference: 'abc' } },
      ['3 pkg:composer/v/a@v1.0?vcs_url=git%2Bhttps%3A%2F%2Fexample.org%2Fa.git%40abc'],
    ],
    ['a directory of its own', { dist: { type: 'path', url: '../a' } }, []],
    ['a package without a name as a problem', { name: null }, ['3 problem']],
  ])('tells %s', (_name, entry, expected) => {
    expect(shown('composer.lock', lock(entry))).toEqual(expected);
  });

  test('tells the line of each package', () => {
    const one = JSON.stringify({ name: 'v/a', dist: { type: 'zip', url: 'x', more: [{ a: {} }] }, ...packagist });
    const text = `{"packages": [\n${one},\n${one.replace('v/a', 'v/b')}],\n"packages-dev": [\n${one.replace('v/a', 'v/c')}]}`;
    expect(shown('composer.lock', text)).toEqual(['2 pkg:composer/v/a', '3 pkg:composer/v/b', '5 pkg:composer/v/c']);
  });

  test('with packages that are no list has a problem', () => {
    expect(shown('composer.lock', '{\n"packages": {}}')).toEqual(['2 problem']);
  });
});
