// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { shown } from './shown.ts';

describe("pip's requirements", () => {
  test.each([
    ['a pinned package', 'Flask_Thing==1.0.0', ['1 pkg:pypi/flask-thing@1.0.0']],
    [
      'a package with extras, markers and a comment',
      'a[b,c] == 1.0 ; python_version < "3.9"  # why',
      ['1 pkg:pypi/a@1.0'],
    ],
    [
      'a package with hashes',
      'a==1.0 \\\n  --hash=sha256:abc \\\n  --hash=sha256:def\nb==2.0',
      ['1 pkg:pypi/a@1.0', '4 pkg:pypi/b@2.0'],
    ],
    [
      'a range without a version',
      'a>=1.0,<2\nb\nc==1.*\nd~=1.0',
      ['1 pkg:pypi/a', '2 pkg:pypi/b', '3 pkg:pypi/c', '4 pkg:pypi/d'],
    ],
    [
      'a package at an address',
      'a @ https://example.org/a.zip',
      ['1 pkg:pypi/a?download_url=https%3A%2F%2Fexample.org%2Fa.zip'],
    ],
    [
      'an address that says what it holds',
      '-e git+https://user:secret@example.org/a.git@v1#egg=a',
      ['1 pkg:pypi/a?vcs_url=git%2Bhttps%3A%2F%2Fexample.org%2Fa.git%40v1%23egg%3Da'],
    ],
    [
      'a wheel',
      'https://example.org/a_b-1.0-py3-none-any.whl',
      ['1 pkg:pypi/a-b?download_url=https%3A%2F%2Fexample.org%2Fa_b-1.0-py3-none-any.whl'],
    ],
    [
      'options, other files and the own directory without a word',
      '-r base.txt\n--require-hashes\n-e .\n./packages/x\n# no',
      [],
    ],
    [
      'every package of another index',
      'a==1.0\n--extra-index-url https://example.org/simple',
      ['1 pkg:pypi/a@1.0?repository_url=https%3A%2F%2Fexample.org%2Fsimple'],
    ],
    ["a package of PyPI's own index", '-i https://pypi.org/simple/\na==1.0', ['2 pkg:pypi/a@1.0']],
    [
      'an address that does not say what it holds as a problem',
      'a\nhttps://example.org/a.zip',
      ['1 pkg:pypi/a', '2 problem'],
    ],
    ['prose as a problem', 'Install these please', ['1 problem']],
  ])('tell %s', (_name, text, expected) => {
    expect(shown('requirements-dev.txt', text)).toEqual(expected);
  });
});

describe('A uv.lock', () => {
  const entry = (source: string) => `version = 1\n\n[[package]]\nname = "a"\nversion = "1.0"\nsource = ${source}`;
  test.each([
    ["PyPI's package", '{ registry = "https://pypi.org/simple" }', ['3 pkg:pypi/a@1.0']],
    [
      'a package of another index',
      '{ registry = "https://example.org/simple" }',
      ['3 pkg:pypi/a@1.0?repository_url=https%3A%2F%2Fexample.org%2Fsimple'],
    ],
    [
      'a package in Git',
      '{ git = "https://example.org/a?rev=v1#abc" }',
      ['3 pkg:pypi/a@1.0?vcs_url=git%2Bhttps%3A%2F%2Fexample.org%2Fa%3Frev%3Dv1%23abc'],
    ],
    [
      'an archive',
      '{ url = "https://example.org/a.whl" }',
      ['3 pkg:pypi/a@1.0?download_url=https%3A%2F%2Fexample.org%2Fa.whl'],
    ],
    ['the own project', '{ editable = "." }', []],
  ])('tells %s', (_name, source, expected) => {
    expect(shown('uv.lock', entry(source))).toEqual(expected);
  });
});

describe('A poetry.lock', () => {
  const entry = (source: string) => `[[package]]\nname = "a"\nversion = "1.0"\n${source}`;
  test.each([
    ["PyPI's package", '', ['1 pkg:pypi/a@1.0']],
    [
      'a package of another index',
      '[package.source]\ntype = "legacy"\nurl = "https://example.org/simple"',
      ['1 pkg:pypi/a@1.0?repository_url=https%3A%2F%2Fexample.org%2Fsimple'],
    ],
    [
      'a package in Git',
      '[package.source]\ntype = "git"\nurl = "https://example.org/a.git"\nresolved_reference = "abc"',
      ['1 pkg:pypi/a@1.0?vcs_url=git%2Bhttps%3A%2F%2Fexample.org%2Fa.git%40abc'],
    ],
    ['the own directory', '[package.source]\ntype = "directory"\nurl = "../a"', []],
  ])('tells %s', (_name, source, expected) => {
    expect(shown('poetry.lock', entry(source))).toEqual(expected);
  });
});
