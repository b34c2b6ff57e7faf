// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { account } from '../state/accounts.ts';
import type { MergeMethod, Repository, Role } from '../state/model.ts';
import { branchTip, type NewPullRequest, openPullRequest } from '../state/pull-requests.ts';
import { announcePush, buildCommits, createBranch, mergeBranch, type SignedCommit } from '../state/pushes.ts';
import { deleteRepository, forkRepository } from '../state/repositories.ts';
import { fullName, type World } from '../state/world.ts';
import { enableMergeQueue, type MergeQueueHandle } from './merge-queue.ts';
import { type PullRequestHandle, pullRequestHandle } from './pull-request.ts';

/** A repository to build and act on. What only builds (`commit`, `branch`, `merge`) tells nobody; the rest sends webhooks. */
export interface RepositoryHandle {
  readonly state: Repository;
  readonly fullName: string;
  /** Where the branch points. */
  tip(branch?: string): string;
  branch(name: string, from?: string): void;
  /** Commits on top of a branch, which is made where it isn't there. Returns their object ids. */
  commit(branch: string, ...commits: readonly SignedCommit[]): string[];
  merge(into: string, from: string, commit?: Partial<SignedCommit>): Promise<string>;
  /** Commits on top of a branch, and the webhooks of a push; `onto` makes it a force push from that commit. */
  push(branch: string, commits: readonly SignedCommit[], options?: { by?: string; onto?: string }): Promise<string[]>;
  /** Deletes the branch, as its owner does after a merge. */
  deleteBranch(branch: string, by?: string): Promise<void>;
  fork(login: string, name?: string): RepositoryHandle;
  openPullRequest(input: Omit<NewPullRequest, 'from'> & { from?: RepositoryHandle }): Promise<PullRequestHandle>;
  pullRequest(number: number): PullRequestHandle;
  collaborator(login: string, role: Role): void;
  /** Makes check runs of these names mandatory on a branch. */
  requireChecks(names: readonly string[], branch?: string): void;
  mergeQueue(method: MergeMethod, branch?: string): MergeQueueHandle;
  delete(): void;
}

/** Wraps a repository's state in what can be done with it. */
export function repositoryHandle(world: World, state: Repository): RepositoryHandle {
  const { defaultBranch } = state;
  const by = (login?: string) => (login ? account(world, login) : state.owner);
  return {
    state,
    fullName: fullName(state),
    tip: (branch = defaultBranch) => branchTip(state, branch),
    branch: (name, from = defaultBranch) => createBranch(state, name, from),
    commit(branch, ...commits) {
      if (!state.git.refs.has(`refs/heads/${branch}`)) createBranch(state, branch, defaultBranch);
      return buildCommits(state, branch, commits);
    },
    merge: (into, from, commit) => mergeBranch(state, into, from, commit),
    async push(branch, commits, options = {}) {
      const ref = `refs/heads/${branch}`;
      const before = state.git.refs.get(ref) ?? null;
      const start = options.onto ?? (before ? null : branchTip(state, defaultBranch));
      if (start) state.git.setRef(ref, start);
      const shas = commits.length === 0 ? [] : buildCommits(state, branch, commits);
      await announcePush(world, state, branch, before, by(options.by));
      return shas;
    },
    async deleteBranch(branch, login) {
      const before = branchTip(state, branch);
      state.git.setRef(`refs/heads/${branch}`, null);
      await announcePush(world, state, branch, before, by(login));
    },
    fork: (login, name) => repositoryHandle(world, forkRepository(world, state, login, name)),
    async openPullRequest({ from, ...input }) {
      const opened = await openPullRequest(world, state, { ...input, ...(from ? { from: from.state } : {}) });
      return pullRequestHandle(world, opened);
    },
    pullRequest(number) {
      const found = state.pullRequests.get(number);
      if (!found) throw new Error(`${fullName(state)} has no pull request ${number}`);
      return pullRequestHandle(world, found);
    },
    collaborator: (login, role) => void state.collaborators.set(account(world, login).login.toLowerCase(), role),
    requireChecks: (names, branch = defaultBranch) => void state.requiredChecks.set(branch, names),
    mergeQueue: (method, branch = defaultBranch) => enableMergeQueue(world, state, branch, method),
    delete: () => deleteRepository(world, state),
  };
}
