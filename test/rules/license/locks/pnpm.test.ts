// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { shown } from './shown.ts';

describe('A pnpm-lock.yaml', () => {
  test.each([
    [
      'of version 9 names packages',
      "packages:\n\n  '@a/b@1.0.0':\n    resolution: {integrity: sha512-abc==}\n    engines: {node: '>=18'}\n\n  c@2.0.0:\n    resolution: {integrity: sha512-abc==}\n\nsnapshots:\n\n  d@1.0.0(c@2.0.0): {}",
      ['3 pkg:npm/%40a/b@1.0.0', '7 pkg:npm/c@2.0.0'],
    ],
    [
      'of version 6 names packages without their peers',
      'packages:\n  /@a/b@1.0.0(c@2.0.0)(@d/e@3.0.0):\n    resolution: {integrity: sha512-abc}\n    dev: true',
      ['2 pkg:npm/%40a/b@1.0.0'],
    ],
    [
      'of version 5 names packages without their peers',
      'packages:\n  /@a/b/1.0.0_@d+e@3.0.0:\n    resolution: {integrity: sha512-abc}\n  /c/2.0.0_b@1.0.0:\n    resolution:\n      integrity: sha512-abc',
      ['2 pkg:npm/%40a/b@1.0.0', '4 pkg:npm/c@2.0.0'],
    ],
    [
      'says when a package comes from an archive',
      'packages:\n  a@https://example.org/a.tgz:\n    resolution: {tarball: https://example.org/a.tgz}\n    version: 1.0.0',
      ['2 pkg:npm/a@1.0.0?download_url=https%3A%2F%2Fexample.org%2Fa.tgz'],
    ],
    [
      'says when a package comes from version control',
      'packages:\n  example.org/b/abc:\n    resolution: {commit: abc, repo: https://example.org/b.git, type: git}\n    name: b\n    version: 1.0.0',
      ['2 pkg:npm/b@1.0.0?vcs_url=git%2Bhttps%3A%2F%2Fexample.org%2Fb.git'],
    ],
    [
      'says when an archive goes by the name of a registry’s package',
      "packages:\n  a@1.0.0:\n    resolution: {integrity: x, tarball: 'https://example.org/a.tgz'}",
      ['2 pkg:npm/a@1.0.0?download_url=https%3A%2F%2Fexample.org%2Fa.tgz'],
    ],
    ['leaves out directories', 'packages:\n  a@file:../a:\n    resolution: {directory: ../a, type: directory}', []],
    ['without packages names none', "lockfileVersion: '9.0'\nimporters:\n  .: {}\n", []],
  ])('%s', (_name, text, expected) => {
    expect(shown('pnpm-lock.yaml', text)).toEqual(expected);
  });

  test.each([
    ['packages in brackets', 'packages: {a@1.0.0: {}}', '1 problem'],
    ['packages indented otherwise', 'packages:\n   a@1.0.0:\n     resolution: {integrity: x}', '2 problem'],
    ['an entry in brackets', 'packages:\n  a@1.0.0: {resolution: {integrity: x}}', '2 problem'],
    ['a key in quotes at the top', '"packages":\n  a@1.0.0:\n    resolution: {integrity: x}', '1 problem'],
    ['no resolution', 'packages:\n  a@1.0.0:\n    dev: true', '2 problem'],
    ['a resolution in quotes', "packages:\n  a@1.0.0:\n    resolution: {'tarball': https://example.org}", '2 problem'],
    ['an alias for a resolution', 'packages:\n  a@1.0.0:\n    resolution: *a', '2 problem'],
    [
      'two resolutions',
      'packages:\n  a@1.0.0:\n    resolution: {integrity: x}\n    resolution: {integrity: y}',
      '2 problem',
    ],
  ])('with %s has a problem', (_name, text, problem) => {
    expect(shown('pnpm-lock.yaml', text)).toEqual([problem]);
  });
});
