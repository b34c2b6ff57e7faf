// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createStore, type GitStore } from './git/store.ts';

const main = 'refs/heads/main';
const directory = mkdtempSync(join(tmpdir(), 'simulator-git-'));
const stores: GitStore[] = [];

function store(name: string, shareWith: GitStore | null = null): GitStore {
  const made = createStore(join(directory, name), 'main', shareWith);
  stores.push(made);
  return made;
}

afterAll(() => {
  for (const one of stores) one.close();
  rmSync(directory, { recursive: true });
});

describe('a repository', () => {
  let git: GitStore;
  let root: string;

  beforeAll(() => {
    git = store('a.git');
    [root = ''] = git.write(main, [{ message: 'Start', files: { 'a.txt': 'a\n', 'dir/b.txt': 'b\n' } }]);
  });

  test('has the same object ids whenever it is built the same way', () => {
    const again = store('again.git');
    expect(again.write(main, [{ message: 'Start', files: { 'a.txt': 'a\n', 'dir/b.txt': 'b\n' } }])).toEqual([root]);
  });

  test('gives back a commit as it was written, names and message included', async () => {
    const [sha = ''] = git.write('refs/heads/odd', [
      {
        message: 'Überschrift\n\nbody\n',
        author: { name: 'Ada Éxample', email: 'ada@example.org' },
        committer: { name: '', email: '' },
        date: '2026-02-03T04:05:06Z',
        parents: [root],
      },
    ]);
    expect(await git.commit(sha)).toEqual({
      sha,
      tree: (await git.commit(root))?.tree,
      parents: [root],
      author: { name: 'Ada Éxample', email: 'ada@example.org', date: '2026-02-03T04:05:06Z' },
      committer: { name: '', email: '', date: '2026-02-03T04:05:06Z' },
      message: 'Überschrift\n\nbody\n',
    });
  });

  test('refuses an identity that Git cannot hold', () => {
    const author = { name: 'Ada <script>', email: 'ada@example.org' };
    expect(() => git.write(main, [{ message: 'x', author }])).toThrow('cannot record the identity');
  });

  test('keeps a commit object that was written raw, zone and encoding included', async () => {
    const { tree } = (await git.commit(root)) ?? { tree: '' };
    const zone = 'Ada Example <ada@example.org> 1700000000 -0330';
    const head = `tree ${tree}\nauthor ${zone}\ncommitter ${zone}\nencoding ISO-8859-1\n\n`;
    const sha = git.writeRaw(Buffer.concat([Buffer.from(head), Buffer.from('caf\xe9', 'latin1')]));
    expect(await git.commit(sha)).toMatchObject({ message: 'café', author: { date: '2023-11-14T18:43:20-03:30' } });
  });

  test('finds what lies at a path, and nothing where nothing lies', async () => {
    expect(await git.at(root, 'dir/b.txt')).toMatchObject({ type: 'blob', name: 'b.txt' });
    expect(await git.at(root, 'dir')).toMatchObject({ type: 'tree' });
    expect(await git.at(root, 'dir/c.txt')).toBeNull();
    expect(await git.at(root, 'a.txt/b')).toBeNull();
  });

  test('has no object of an unknown or malformed id', async () => {
    expect(await git.commit('0'.repeat(40))).toBeNull();
    expect(await git.blob(`${root}\nHEAD`)).toBeNull();
  });

  test('keeps paths that need quoting', async () => {
    const path = 'a "b"\\c\nd é.txt';
    const [sha = ''] = git.write('refs/heads/quoting', [{ message: 'x', parents: [root], files: { [path]: 'x\n' } }]);
    expect((await git.diff(root, sha)).map((file) => file.path)).toEqual([path]);
  });

  test('lists what is between two commits, parents first', async () => {
    const shas = git.write('refs/heads/range', [{ message: '1', parents: [root] }, { message: '2' }, { message: '3' }]);
    expect(await git.range(root, shas[2] as string)).toEqual(shas);
    expect(await git.range(shas[2] as string, root)).toEqual([]);
  });

  test('tells added, changed, deleted and renamed files apart, and counts lines', async () => {
    const lines = Array.from({ length: 20 }, (_, line) => `line ${line}\n`).join('');
    const [from = ''] = git.write('refs/heads/d', [
      { message: 'x', parents: [root], files: { 'old.txt': lines, bin: Buffer.from([0, 1]) } },
    ]);
    const files = {
      'old.txt': null,
      'new.txt': `${lines}more\n`,
      'a.txt': 'changed\n',
      'dir/b.txt': null,
      'c.txt': 'c\n',
      bin: Buffer.from([0, 2]),
    };
    const [to = ''] = git.write('refs/heads/d', [{ message: 'y', files }]);
    const changes = (await git.diff(from, to)).map(({ path, previousPath, change, additions, deletions }) => [
      path,
      previousPath,
      change,
      additions,
      deletions,
    ]);
    expect(changes).toEqual([
      ['a.txt', null, 'MODIFIED', 1, 1],
      ['bin', null, 'MODIFIED', 0, 0],
      ['c.txt', null, 'ADDED', 1, 0],
      ['dir/b.txt', null, 'DELETED', 0, 1],
      ['new.txt', 'old.txt', 'RENAMED', 1, 0],
    ]);
  });

  test('merges trees, and says so where both sides changed a file', async () => {
    const [ours = ''] = git.write('refs/heads/ours', [{ message: 'x', parents: [root], files: { 'ours.txt': '1\n' } }]);
    const [theirs = ''] = git.write('refs/heads/theirs', [
      { message: 'x', parents: [root], files: { 'theirs.txt': '2\n' } },
    ]);
    const [clash = ''] = git.write('refs/heads/clash', [
      { message: 'x', parents: [root], files: { 'ours.txt': '3\n' } },
    ]);
    const names = (await git.tree(git.mergeTrees(root, ours, theirs)))?.map((item) => item.name);
    expect(names).toEqual(['a.txt', 'dir', 'ours.txt', 'theirs.txt']);
    expect(() => git.mergeTrees(root, ours, clash)).toThrow();
  });

  test('shares its objects with a fork, in both directions', async () => {
    const fork = store('fork.git', git);
    fork.setRef(main, root);
    const [sha = ''] = fork.write(main, [{ message: 'In the fork' }]);
    expect((await git.commit(sha))?.message).toBe('In the fork');
    expect(git.refs.get(main)).toBe(root);
  });

  test('reads a blob of megabytes whole', async () => {
    const content = Buffer.alloc(3_000_000, 'abcdefg\n');
    const [sha = ''] = git.write('refs/heads/large', [{ message: 'x', parents: [root], files: { large: content } }]);
    const item = await git.at(sha, 'large');
    expect((await git.blob(item?.oid ?? ''))?.equals(content)).toBe(true);
  });
});
