// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Commit } from '../../contribution/contribution.ts';
import type { Case } from './case.ts';

/** Whether a commit has to say where it is upstream. */
export type Duty = { readonly has: true } | { readonly has: false; readonly why: 'upstream' | 'paths' } | 'unknown';

/** Whether any commit may have to say it. */
export function asksCommits({ isCommitPlace, settings, hasCommitConventions, facts }: Case): boolean {
  const { commits, vendor, patches } = settings;
  if (facts.commits.length === 0) return false;
  if ((commits !== null && commits.length > 0) || vendor.length > 0) return true;
  return hasCommitConventions && (isCommitPlace === null || (patches?.length ?? 0) > 0);
}

/**
 * Commits that may have to say it. The parents of a merge commit speak for themselves; what is its own is what it changes
 * in a way that none of them has, so that `paths` of it are those.
 */
export function candidates(judged: Case): readonly Commit[] {
  return judged.facts.commits.flatMap((commit) => {
    if (!isMerge(commit)) return [commit];
    const paths = (commit.mergePaths ?? []).filter((path) => isAsked(path, judged));
    return paths.length === 0 ? [] : [{ ...commit, paths }];
  });
}

export function isMerge({ parents }: Commit): boolean {
  return parents.length > 1;
}

function isAsked(path: string, { isCommitPlace, isExempt }: Case): boolean {
  return !isExempt(path) && (isCommitPlace === null || isCommitPlace(path));
}

/** Merge commits of which nobody knows yet what they themselves change; what upstream has is left alone. */
export function unreadMerges(judged: Case): readonly Commit[] {
  const { facts, settings } = judged;
  return facts.commits.filter((commit) => {
    if (!isMerge(commit) || commit.mergePaths != null) return false;
    if (settings.commits !== 'fork') return true;
    const duty = carriedDuty(commit, judged);
    return duty !== 'unknown' && duty.has;
  });
}

/** Whether the paths of commits have to be known. */
export function needsPaths({ isCommitPlace, settings }: Case): boolean {
  const byPreset = Array.isArray(settings.preset) && settings.preset.some((one) => typeof one !== 'string');
  const byRemote = Object.keys(settings.remotes).some((key) => key !== 'default');
  return isCommitPlace !== null || settings.exempt.paths.length > 0 || byPreset || byRemote;
}

export function dutyOf(commit: Commit, judged: Case): Duty {
  const { isCommitPlace, isExempt, settings } = judged;
  const { paths } = commit;
  if (paths === null && needsPaths(judged)) return 'unknown';
  // A commit that touches nothing is exempt by no path.
  if (paths !== null && paths.length > 0 && paths.every(isExempt)) return { has: false, why: 'paths' };
  if (settings.commits === 'fork') return carriedDuty(commit, judged);
  if (isCommitPlace === null) return { has: true };
  const touches = (paths ?? []).some((path) => isAsked(path, judged));
  return touches ? { has: true } : { has: false, why: 'paths' };
}

function carriedDuty({ sha }: Commit, { upstream, remoteFor }: Case): Duty {
  const remote = remoteFor(null);
  const known = upstream.carried.find(
    ({ repository, branch }) => repository === remote?.repository && branch === remote.branch,
  );
  if (known?.commits == null) return 'unknown';
  return known.commits.includes(sha) ? { has: true } : { has: false, why: 'upstream' };
}
