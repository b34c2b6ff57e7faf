// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { forkOf } from './git/ancestry.ts';
import { git } from './git/run.ts';
import { createStore } from './git/store.ts';

const directory = mkdtempSync(join(tmpdir(), 'simulator-ancestry-'));
const store = createStore(directory, 'main', null);

afterAll(() => {
  store.close();
  rmSync(directory, { recursive: true });
});

/** What Git says of two commits; empty where it says nothing. */
function gitSays(...args: readonly string[]): readonly string[] {
  try {
    return git(directory, args).split('\n').filter(Boolean);
  } catch {
    return [];
  }
}

test('Of any two commits, what is worked out here is what Git says', async () => {
  const commit = (name: string, ...parents: string[]) =>
    store.write(`refs/heads/${name}`, [{ message: name, parents, files: { [name]: name } }])[0] as string;
  const root = commit('root');
  const left = commit('left', root);
  const right = commit('right', commit('middle', root));
  const merged = commit('merged', left, right);
  const after = commit('after', merged);
  const alone = store.write('refs/heads/orphan', [{ message: 'orphan', parents: [], files: {} }])[0] as string;
  const all = [root, left, right, merged, after, alone];
  const parentsOf = async (sha: string) => (await store.commit(sha))?.parents ?? null;
  let lines = 0;
  for (const base of all) {
    for (const head of all) {
      const fork = await forkOf(base, head, parentsOf);
      const range = gitSays('rev-list', '--topo-order', '--reverse', head, `^${base}`);
      const [mergeBase = null] = gitSays('merge-base', base, head);
      expect(await store.range(base, head)).toEqual(range);
      expect(await store.mergeBase(base, head)).toBe(mergeBase);
      if (fork === null) continue;
      lines += 1;
      expect(fork).toEqual({ mergeBase, line: range });
    }
  }
  // Only what leads through the merge, and not to it, is left to Git.
  expect(lines).toBeGreaterThan(all.length * 4);
});
