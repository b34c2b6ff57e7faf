// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { shown } from './shown.ts';

describe('A Gemfile.lock', () => {
  test('names the gems of each source', () => {
    const text = `GIT
  remote: https://example.org/a.git
  revision: abc
  specs:
    a (1.0.0)
      b (>= 1)

PATH
  remote: .
  specs:
    mine (0.1.0)

GEM
  remote: https://rubygems.org/
  specs:
    b (2.0.0)
    c (3.0.0-x86_64-linux)

GEM
  remote: https://example.org/
  specs:
    d (4.0.0)

PLATFORMS
  ruby
  x86_64-linux

DEPENDENCIES
  a!
`;
    expect(shown('Gemfile.lock', text)).toEqual([
      '5 pkg:gem/a@1.0.0?vcs_url=git%2Bhttps%3A%2F%2Fexample.org%2Fa.git%40abc',
      '16 pkg:gem/b@2.0.0',
      '17 pkg:gem/c@3.0.0?platform=x86_64-linux',
      '22 pkg:gem/d@4.0.0?repository_url=https%3A%2F%2Fexample.org%2F',
    ]);
  });

  test.each([
    ['a gem without a version', 'GEM\n  specs:\n    a', ['3 problem']],
    ['a merge conflict', 'GEM\n<<<<<<< HEAD\n  specs:', ['2 problem']],
  ])('with %s has a problem', (_name, text, problem) => {
    expect(shown('gems.locked', text)).toEqual(problem);
  });
});
