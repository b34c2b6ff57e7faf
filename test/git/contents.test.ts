// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterAll, describe, expect, test } from '@jest/globals';
import {
  emptyTreeLike,
  findMergeBase,
  parseNameStatus,
  readChangedFiles,
  readWholeTree,
} from '../../src/git/changed-files.ts';
import { readContents } from '../../src/git/contents.ts';
import { createRepository, inside } from './repository.ts';

const repository = createRepository();
afterAll(repository.remove);
const long = 'one line of some length\n'.repeat(20);
const base = repository.commit({
  message: 'base\n',
  files: {
    'a.ts': 'a\n',
    'old.txt': long,
    'lib/LICENSE': 'MIT\n',
    'lib/main.c': 'c\n',
    '*.[x]': 'glob\n',
    ':(top)y': 'magic\n',
  },
});
const head = repository.commit({
  message: 'head\n',
  parents: [base],
  files: { 'a.ts': 'b\n', 'new.txt': long, 'lib/LICENSE': 'MIT\n', 'big.txt': 'x'.repeat(100_000), binary: 'a\0b' },
});
const at = (path: string, whole = false) => ({ commit: base, path, whole });
const entries = async (...lookups: Parameters<typeof readContents>[0]) =>
  (await inside(repository, () => readContents(lookups))).map(({ entry }) => entry);

describe('What lies at a path of a commit', () => {
  test('is a file, a directory or nothing', async () => {
    expect(await entries(at('a.ts'), at('lib'), at('absent'), at('lib/main.c'))).toMatchObject([
      { kind: 'file', text: 'a\n', mode: 'regular' },
      { kind: 'directory', names: ['LICENSE'] },
      null,
      { kind: 'file', text: 'c\n' },
    ]);
  });

  test('is never a pattern', async () => {
    expect(await entries(at('*.[x]'), at(':(top)y'), at('*'))).toMatchObject([
      { text: 'glob\n' },
      { text: 'magic\n' },
      null,
    ]);
  });

  test('is read as far as it is wanted', async () => {
    const [part, whole, binary] = await entries(
      { commit: head, path: 'big.txt', whole: false },
      { commit: head, path: 'big.txt', whole: true },
      { commit: head, path: 'binary', whole: true },
    );
    expect(part).toMatchObject({ truncated: true, size: 100_000 });
    expect(whole).toMatchObject({ truncated: false });
    expect(binary).toMatchObject({ binary: true, text: null });
  });
});

describe('Changed files', () => {
  test('are found with their former paths', async () => {
    const files = await inside(repository, () => readChangedFiles(base, head));
    expect(files).toContainEqual({ path: 'new.txt', change: 'renamed', previousPath: 'old.txt' });
    expect(files).toContainEqual({ path: 'a.ts', change: 'modified', previousPath: null });
    expect(files).toContainEqual({ path: 'lib/main.c', change: 'deleted', previousPath: null });
  });

  test('of a whole tree are all that it holds', async () => {
    const files = await inside(repository, () => readWholeTree(head));
    expect(files.map(({ path }) => path).sort()).toEqual(['a.ts', 'big.txt', 'binary', 'lib/LICENSE', 'new.txt']);
  });

  test('since nothing are the same', async () => {
    const files = await inside(repository, () => readChangedFiles(emptyTreeLike(head), head));
    expect(files.every(({ change }) => change === 'added')).toBe(true);
    expect(files).toHaveLength(5);
  });

  test('in an answer that is none of Git’s are refused', () => {
    expect(() => parseNameStatus('X\0a\0')).toThrow(/unexpected/);
  });
});

test('The merge base is found, and where there is none that is said', async () => {
  const stranger = repository.commit({ message: 'stranger\n' });
  expect(await inside(repository, () => findMergeBase(base, head))).toBe(base);
  expect(await inside(repository, () => findMergeBase(stranger, head))).toBeNull();
});
