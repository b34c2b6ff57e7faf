// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { ChangedFile } from '../contribution/contribution.ts';
import { GitError, git, gitOutput } from './git.ts';

/** Git's ids of the empty tree, by the length of an object id: what a tree is compared with where nothing was before. */
const emptyTrees: Readonly<Record<number, string>> = {
  40: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  64: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
};

/** The empty tree's id in the object format of this one. */
export function emptyTreeLike(sha: string): string {
  return emptyTrees[sha.length] ?? '';
}

/** The best common ancestor of two commits; null where their histories have none in common. @throws GitError */
export async function findMergeBase(one: string, other: string): Promise<string | null> {
  const { code, stdout } = await git(['merge-base', one, other]);
  const sha = stdout.toString('utf8').trim().split('\n')[0] ?? '';
  if (code === 0 && /^[0-9a-f]{40,64}$/.test(sha)) return sha;
  if (code === 1) return null;
  throw new GitError('git merge-base cannot read the range. Fetch the whole history: git fetch --unshallow');
}

/** Files that differ between two trees or commits, renames found, by one `git diff-tree`. @throws GitError */
export async function readChangedFiles(from: string, to: string): Promise<ChangedFile[]> {
  // Settings of the clone must not decide what counts as a rename, or hide a submodule.
  const options = ['-r', '-z', '--name-status', '-M50%', '-l5000', '--ignore-submodules=none'];
  return parseNameStatus((await gitOutput(['diff-tree', ...options, from, to])).toString('utf8'));
}

/** Every file of a tree, as if it had just been added. @throws GitError */
export async function readWholeTree(commit: string): Promise<ChangedFile[]> {
  const output = (await gitOutput(['ls-tree', '-r', '-z', '--full-tree', '--name-only', commit])).toString('utf8');
  return output
    .split('\0')
    .filter((path) => path !== '')
    .map((path) => ({ path, change: 'added', previousPath: null }));
}

const changes: Readonly<Record<string, ChangedFile['change']>> = {
  A: 'added',
  C: 'copied',
  D: 'deleted',
  M: 'modified',
  R: 'renamed',
  T: 'changed',
};

/** Reads the output above: a status and a path, or a status and two paths, each ended by NUL. */
export function parseNameStatus(output: string): ChangedFile[] {
  const tokens = output.split('\0');
  tokens.pop();
  const files: ChangedFile[] = [];
  for (let at = 0; at < tokens.length; ) {
    const change = changes[tokens[at++]?.charAt(0) ?? ''];
    if (change === undefined) throw new GitError('git diff-tree wrote something unexpected.');
    const previousPath = change === 'renamed' || change === 'copied' ? (tokens[at++] ?? '') : null;
    files.push({ path: tokens[at++] ?? '', change, previousPath });
  }
  return files;
}
