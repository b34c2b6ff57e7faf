// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { shown } from './shown.ts';

describe('A Cargo.lock', () => {
  const entry = (source: string) => `[[package]]\nname = "a"\nversion = "1.0.0"\n${source}\n`;
  test.each([
    [
      "crates.io's package",
      'source = "registry+https://github.com/rust-lang/crates.io-index"',
      ['2 pkg:cargo/a@1.0.0'],
    ],
    ["crates.io's package by the sparse index", 'source = "sparse+https://index.crates.io/"', ['2 pkg:cargo/a@1.0.0']],
    ['the workspace’s own', '', []],
    [
      'a package of another registry',
      'source = "registry+https://example.org/index"',
      ['2 pkg:cargo/a@1.0.0?repository_url=registry%2Bhttps%3A%2F%2Fexample.org%2Findex'],
    ],
    [
      'a package in Git',
      'source = "git+https://example.org/a#abc"',
      ['2 pkg:cargo/a@1.0.0?vcs_url=git%2Bhttps%3A%2F%2Fexample.org%2Fa%23abc'],
    ],
  ])('tells %s', (_name, source, expected) => {
    expect(shown('Cargo.lock', `version = 4\n${entry(source)}`)).toEqual(expected);
  });

  test('tells the line of each package', () => {
    const source = 'source = "sparse+https://index.crates.io/"';
    const text = `${entry(source)}\n${entry(source).replace('"a"', '"b"')}`;
    expect(shown('Cargo.lock', text)).toEqual(['1 pkg:cargo/a@1.0.0', '6 pkg:cargo/b@1.0.0']);
  });

  test.each([
    ['no TOML', '[[package]', '1 problem'],
    ['one table for all packages', '[package]\nname = "a"', '1 problem'],
    ['a package without a name', '\n[[package]]\nversion = "1.0.0"', '2 problem'],
    ['a package of something else', 'package = [1]', '1 problem'],
  ])('with %s has a problem', (_name, text, problem) => {
    expect(shown('Cargo.lock', text)).toEqual([problem]);
  });
});
