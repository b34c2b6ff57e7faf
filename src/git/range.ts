// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { complaint, GitError, git } from './git.ts';
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
export async function findRange(argument: string | undefined): Promise<Range> {
  await requireFullRepository();
  if (argument === undefined) return defaultRange();
  const parts = /^(.*?)(\.{2,3})(.*)$/s.exec(argument);
  const [base, dots, head] = parts === null ? [argument, '..', 'HEAD'] : [parts[1], parts[2], parts[3]];
  const [from, to] = await requireCommits([base || 'HEAD', head || 'HEAD']);
  if (dots === '..') return { base: from, head: to, exclude: from.sha, since: null };
  return rangeFromFork(from, to, from.ref);
}

async function defaultRange(): Promise<Range> {
  const { current, candidates } = await upstreamCandidates();
  const [head] = await requireCommits(['HEAD', 'HEAD']);
  const shas = await resolveCommits(candidates.map(({ fullName }) => fullName));
  const found = candidates
    .map((candidate, index) => ({ ...candidate, sha: shas[index] }))
    .find(({ sha }) => sha != null);
  if (found?.sha == null) {
    throw new GitError(
      'No upstream or default branch was found to compare with. Name the range: countersign check BASE..HEAD',
    );
  }
  return rangeFromFork({ ref: found.branch, sha: found.sha }, { ...head, ref: current ?? 'HEAD' }, found.shortName);
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

async function requireCommits(revisions: readonly [string, string]): Promise<[Revision, Revision]> {
  const [base, head] = await resolveCommits(revisions);
  if (base && head)
    return [
      { ref: revisions[0], sha: base },
      { ref: revisions[1], sha: head },
    ];
  const unknown = base ? revisions[1] : revisions[0];
  if (unknown === 'HEAD') throw new GitError('The current branch has no commit yet, so there is nothing to check.');
  throw new GitError(
    `Unknown revision: ${unknown}. If it is a branch of a remote, run git fetch first; git branch --all lists what is there.`,
  );
}

/** In a shallow clone commits and merge bases are missing without a trace, so no range can be trusted. */
async function requireFullRepository(): Promise<void> {
  const args = ['rev-parse', '--is-shallow-repository'];
  const result = await git(args);
  if (/^fatal: not a git repository/m.test(result.stderr)) {
    throw new GitError(
      'This directory is not inside a Git repository. Go to one, or name one: countersign -C DIR check',
    );
  }
  if (result.code !== 0) throw new GitError(complaint(args, result));
  if (result.stdout.toString('utf8').trim() === 'false') return;
  throw new GitError(
    'This is a shallow clone: commits that the check needs may be missing. Run git fetch --unshallow, or have the CI job clone the full history (fetch-depth: 0 on GitHub, GIT_DEPTH: 0 on GitLab).',
  );
}
