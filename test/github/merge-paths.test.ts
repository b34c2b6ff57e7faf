// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { changedEverywhere, readMergePaths } from '../../src/github/merge-paths.ts';
import { shaOf } from '../helpers/contribution.ts';
import { expectingGitHub } from '../helpers/github.ts';

const file = (filename: string, patch?: string, changes = 2) => ({
  filename,
  changes,
  ...(patch === undefined ? {} : { patch }),
});

describe('A merge changes a file itself', () => {
  test.each([
    ['not where each side brings a part', '@@ -1 +1 @@\n-1\n+one', '@@ -9 +9 @@\n-9\n+nine', []],
    [
      'where it adds a line that no side has',
      '@@ -1 +1 @@\n-1\n+one\n@@ -4,0 +5 @@\n+evil',
      '@@ -4,0 +5 @@\n+evil',
      ['x'],
    ],
    ['where it takes away a line that both have', '@@ -5 +4,0 @@\n-5', '@@ -5 +4,0 @@\n-5', ['x']],
    ['not where each side loses another line there', '@@ -5 +4,0 @@\n-5', '@@ -5 +4,0 @@\n-five', []],
    ['where GitHub does not show what differs', undefined, '@@ -1 +1 @@\n-1\n+one', ['x']],
  ])('%s', (_, one, other, expected) => {
    expect(changedEverywhere([file('x', one), file('y')], [[file('x', other)]])).toEqual(expected);
  });

  test('not where it is only renamed', () => {
    expect(changedEverywhere([file('x', undefined, 0)], [[file('x', undefined, 0)]])).toEqual([]);
  });

  test('only where it differs from each of three parents', () => {
    const evil = '@@ -1,0 +2 @@\n+evil';
    expect(changedEverywhere([file('x', evil)], [[file('x', evil)], []])).toEqual([]);
    expect(changedEverywhere([file('x', evil)], [[file('x', evil)], [file('x', evil)]])).toEqual(['x']);
  });
});

describe('What a merge changes', () => {
  const github = expectingGitHub();
  const merge = { sha: shaOf(3), parents: [shaOf(1), shaOf(2)] };
  const repository = { owner: 'octo', repo: 'widget' };
  const compared = `GET /repos/octo/widget/compare/${shaOf(2)}...${shaOf(3)}?per_page=1&page=1`;
  const paths = () => readMergePaths(github.client, repository, merge);

  test('is nothing where it is what one parent was', async () => {
    github.rest(compared, 200, { files: [] });
    expect(await paths()).toEqual([]);
  });

  test('is not known where GitHub lists no more of it', async () => {
    github.rest(compared, 200, { files: Array.from({ length: 300 }, (_, index) => file(String(index))) });
    expect(await paths()).toBeNull();
  });

  test('is what differs from both parents', async () => {
    const evil = '@@ -1,0 +2 @@\n+evil';
    github.rest(compared, 200, { files: [file('x', evil)] });
    github.rest(`GET /repos/octo/widget/commits/${shaOf(3)}?per_page=100&page=1`, 200, { files: [file('x', evil)] });
    expect(await paths()).toEqual(['x']);
  });
});
