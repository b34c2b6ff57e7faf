// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { gitOutput } from './git.ts';

/** Settings of the clone must not decide what counts as a change. */
const plainly = ['-r', '--no-commit-id', '--no-renames', '--no-ext-diff', '--no-textconv', '--ignore-submodules=none'];

/**
 * The paths that a merge commit changes in a way that none of its parents has: those of which `git diff-tree --cc` has
 * something to show. @throws GitError
 */
export async function readMergePaths(sha: string): Promise<string[]> {
  const differing = await gitOutput(['diff-tree', '-c', '--name-only', '-z', ...plainly, sha]);
  const candidates = differing.toString('utf8').split('\0').slice(0, -1);
  const changed: string[] = [];
  for (const path of candidates) {
    const args = ['--literal-pathspecs', 'diff-tree', '--cc', '--patch', '--no-color', ...plainly, sha, '--', path];
    const shown = await gitOutput(args);
    if (shown.length > 0) changed.push(path);
  }
  return changed;
}
