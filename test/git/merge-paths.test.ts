// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readMergePaths } from '../../src/git/merge-paths.ts';
import { createRepository, inside, type Repository } from './repository.ts';

const text = (first: string, last: string) => `${first}\n2\n3\n4\n5\n6\n7\n8\n${last}\n`;
const start = { 'a b': text('1', '9'), 'ü"\n': 'x\n' };

let repository: Repository;
let base: string;
let left: string;
let right: string;

beforeAll(() => {
  repository = createRepository();
  base = repository.commit({ message: 'base\n', files: start });
  left = repository.commit({ message: 'left\n', parents: [base], files: { ...start, 'a b': text('one', '9') } });
  right = repository.commit({ message: 'right\n', parents: [base], files: { ...start, 'a b': text('1', 'nine') } });
});
afterAll(() => repository.remove());

describe('What a merge itself changes', () => {
  const both = text('one', 'nine');

  test.each<[string, Record<string, string>, string[]]>([
    ['is nothing where it only brings two sides together', { 'a b': both }, []],
    ['is nothing where it takes one side', { 'a b': text('one', '9') }, []],
    ['is a line that no side has', { 'a b': `${both}evil\n` }, ['a b']],
    ['is a file that no side has', { 'a b': both, new: 'n\n' }, ['new']],
    ['is a file that both sides have, whatever its name', { 'a b': both, 'ü"\n': 'y\n' }, ['ü"\n']],
    ['is a line that both sides have', { 'a b': both.replace('5\n', '') }, ['a b']],
  ])('%s', async (_, files, expected) => {
    const merge = repository.commit({ message: 'merge\n', parents: [left, right], files: { ...start, ...files } });
    expect(await inside(repository, () => readMergePaths(merge))).toEqual(expected);
  });
});
