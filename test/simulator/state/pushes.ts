// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { NewCommit } from '../git/fast-import.ts';
import { requestSuites } from './checks.ts';
import type { Account, Repository, SignatureState } from './model.ts';
import { synchronize } from './pull-requests.ts';
import type { World } from './world.ts';

/** A commit together with what GitHub is to say of its signature. */
export interface SignedCommit extends NewCommit {
  readonly signature?: Partial<SignatureState>;
}

/** Builds commits on a branch without anybody being told: the past of a repository. Returns their object ids. */
export function buildCommits(repository: Repository, branch: string, commits: readonly SignedCommit[]): string[] {
  const shas = repository.git.write(
    `refs/heads/${branch}`,
    commits.map(({ signature, ...commit }) => commit),
  );
  commits.forEach(({ signature }, index) => {
    if (!signature) return;
    const state = { valid: true, signer: null, byGitHub: false, ...signature };
    repository.signatures.set(shas[index] as string, state);
  });
  return shas;
}

/** A branch that starts where another one is now. */
export function createBranch(repository: Repository, branch: string, from: string): void {
  const tip = repository.git.refs.get(`refs/heads/${from}`) ?? from;
  repository.git.setRef(`refs/heads/${branch}`, tip);
}

/**
 * Announces that a branch moved: `push`, `synchronize` for each open pull request from it, and a check suite to be
 * filled. `before` is null for a branch that is new.
 */
export async function announcePush(
  world: World,
  repository: Repository,
  branch: string,
  before: string | null,
  by: Account,
): Promise<void> {
  const ref = `refs/heads/${branch}`;
  const after = repository.git.refs.get(ref) ?? null;
  await world.emit({ event: 'push', repository, ref, before, after, sender: by });
  await synchronize(world, repository, branch, by);
  if (after) await requestSuites(world, repository, after, branch, by);
}

/** Merges one branch into another with a merge commit, as `git merge --no-ff` does. Returns its object id. */
export async function mergeBranch(
  repository: Repository,
  into: string,
  from: string,
  commit: Partial<SignedCommit> = {},
): Promise<string> {
  const { git } = repository;
  const ours = git.refs.get(`refs/heads/${into}`) ?? into;
  const theirs = git.refs.get(`refs/heads/${from}`) ?? from;
  const base = (await git.mergeBase(ours, theirs)) ?? ours;
  const tree = git.mergeTrees(base, ours, theirs);
  const message = commit.message ?? `Merge branch '${from}' into ${into}\n`;
  const [sha = ''] = buildCommits(repository, into, [{ ...commit, message, tree, parents: [ours, theirs] }]);
  return sha;
}
