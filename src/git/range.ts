// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { complaint, GitError, type GitResult, git } from './git.ts';
import { resolveCommits } from './objects.ts';
import { upstreamCandidates } from './upstream.ts';

/** A revision: as it was given or found, and the commit that it is. */
export interface Revision {
  readonly ref: string;
  readonly sha: string;
}

/** The commits to judge: reachable from `head` and not from `exclude`. */
export interface Range {
  /** Where the policy is read. */
  readonly base: Revision;
  readonly head: Revision;
  /** Object id: the base itself, or the tip of the branch that it was found from. */
  readonly exclude: string;
  /** The branch that the base was found from; null where the base was given. */
  readonly since: string | null;
}

/**
 * The range that the user means.
 *
 * @param argument `BASE..HEAD`, `BASE...HEAD` (from their merge base), or `BASE` alone (up to HEAD), as git-log(1) reads
 *   them, but for the last; undefined: from where HEAD left its upstream or default branch
 * @throws GitError where there is no such range; an empty one is no error here
 */
export function findRange(argument: string | undefined): Promise<Range> {
  return argument === undefined ? defaultRange() : givenRange(argument);
}

async function givenRange(argument: string): Promise<Range> {
  // As when a shell's variable was not set.
  if (argument === '') throw new GitError('The range has no text. Name it: countersign check BASE..HEAD');
  const parts = /^(.*?)(\.{2,3})(.*)$/s.exec(argument);
  const [base, dots, head] = parts === null ? [argument, '..', 'HEAD'] : [parts[1], parts[2], parts[3]];
  const names = [base || 'HEAD', head || 'HEAD'] as const;
  const [repository, shas] = await Promise.all([git(isShallow), resolveCommits(names)]);
  requireWhole(repository);
  const from = requireCommit(names[0], shas[0]);
  const to = requireCommit(names[1], shas[1]);
  if (dots === '..') return { base: from, head: to, exclude: from.sha, since: null };
  return rangeFromFork(from, to, from.ref);
}

async function defaultRange(): Promise<Range> {
  const [repository, { current, candidates }] = await Promise.all([git(isShallow), upstreamCandidates()]);
  requireWhole(repository);
  const [headSha, ...shas] = await resolveCommits(['HEAD', ...candidates.map(({ fullName }) => fullName)]);
  const head = requireCommit('HEAD', headSha);
  const found = candidates.findIndex((_, index) => shas[index] != null);
  const [candidate, sha] = [candidates[found], shas[found]];
  if (candidate === undefined || sha == null) {
    throw new GitError(
      'No upstream or default branch was found to compare with. Name the range: countersign check BASE..HEAD',
    );
  }
  return rangeFromFork({ ref: candidate.branch, sha }, { ...head, ref: current ?? 'HEAD' }, candidate.shortName);
}

/** From the merge base; where histories met more than once there are several, and Git's first is taken. */
async function rangeFromFork(from: Revision, head: Revision, since: string): Promise<Range> {
  const args = ['merge-base', from.sha, head.sha];
  const result = await git(args);
  if (result.code > 1) throw new GitError(complaint(args, result));
  const sha = result.stdout.toString('utf8').trim();
  if (sha !== '') return { base: { ref: from.ref, sha }, head, exclude: from.sha, since };
  throw new GitError(`${since} and ${head.ref} have no commit in common. Name the range: countersign check BASE..HEAD`);
}

function requireCommit(ref: string, sha: string | null | undefined): Revision {
  if (sha != null) return { ref, sha };
  if (ref === 'HEAD') throw new GitError('The current branch has no commit yet, so there is nothing to check.');
  throw new GitError(
    `Unknown revision: ${ref}. If it is a branch of a remote, run git fetch and write origin/BRANCH; git branch --all lists what is there.`,
  );
}

const isShallow = ['rev-parse', '--is-shallow-repository'];

/**
 * One commit of the local repository.
 * @throws GitError where there is none of that name, or no repository; `wayOut` is the sentence on what to name instead
 */
export async function findRevision(ref: string, wayOut: string): Promise<Revision> {
  const [sha] = await resolveCommits([ref]);
  if (sha != null) return { ref, sha };
  requireRepository(await git(isShallow));
  if (ref === 'HEAD') throw new GitError('The current branch has no commit yet, so there is nothing to read.');
  throw new GitError(`Unknown revision: ${ref}. ${wayOut}`);
}

/** In a shallow clone commits and merge bases are missing without a trace, so no range can be trusted. */
function requireWhole(result: GitResult): void {
  requireRepository(result);
  if (result.stdout.toString('utf8').trim() === 'false') return;
  throw new GitError(
    'This is a shallow clone: commits that the check needs may be missing. Run git fetch --unshallow, or have the CI job clone the full history (fetch-depth: 0 on GitHub, GIT_DEPTH: 0 on GitLab).',
  );
}

/** @param result of the command `isShallow` */
function requireRepository(result: GitResult): void {
  if (/^fatal: not a git repository/m.test(result.stderr)) {
    throw new GitError(
      'This directory is not inside a Git repository. Go to one, or name one by -C, before the command: countersign -C DIR …',
    );
  }
  if (/^fatal: detected dubious ownership/m.test(result.stderr)) {
    throw new GitError(
      'This repository belongs to another user, so Git does not open it. If you trust it: git config --global --add safe.directory "$PWD"',
    );
  }
  if (result.code !== 0) throw new GitError(complaint(isShallow, result));
}
