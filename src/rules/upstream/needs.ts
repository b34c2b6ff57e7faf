// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Facts } from '../../contribution/contribution.ts';
import { listGap } from '../changed-files/list.ts';
import type { ContributionNeed, Lookup, Need, UpstreamQuestion } from '../rule.ts';
import { baselineCommit, type Case, caseOf } from './case.ts';
import { claimsOf, isClean } from './claims.ts';
import { readCommit } from './commit-reading.ts';
import { asksCommits, candidates, dutyOf, needsPaths } from './commits.ts';
import type { Marker } from './model.ts';
import { patchesIn, readPatch } from './patches.ts';
import type { UpstreamSettings } from './settings.ts';
import { daysAllowed } from './stale.ts';
import { pinnedSubmodules, submoduleLookups } from './submodules.ts';
import { answerTo } from './verify.ts';

/** GitHub is asked this much about one contribution, and the rest is "not verified". */
export const mostQuestions = 200;

/** The facts that the verdict on these needs next; each step rests on the one before. */
export function needsOf(facts: Facts, settings: UpstreamSettings): Need[] {
  const judged = caseOf(facts, settings);
  if (judged.exemptBranch) return [];
  const first = [...fileNeeds(judged), ...commitNeeds(judged)];
  if (first.length > 0) return first;
  const lookups = contentLookups(judged);
  if (lookups.length > 0) return [{ fact: 'contents', head: facts.head.sha, lookups }];
  return [...questionNeeds(judged), ...dateNeeds(judged)];
}

/** Whether what the changed files are matters at all. */
export function asksFiles({ hasPatches, settings }: Case): boolean {
  return hasPatches || settings.submodules;
}

function fileNeeds(judged: Case): Need[] {
  const { facts, base } = judged;
  const head = facts.head.sha;
  if (!asksFiles(judged)) return [];
  if (facts.files === null) return [{ fact: 'files', head }];
  // A list with gaps cannot be judged, whatever else is read.
  if (listGap(facts) !== null) return [];
  const touched = patchesIn(judged);
  const modules = judged.settings.submodules && facts.files.length > 0;
  if (touched.length === 0 && !modules) return [];
  const lacksFormer = facts.files.some(
    ({ path, change, previousPath }) => change === 'renamed' && previousPath === undefined && judged.isPatch(path),
  );
  return [
    ...(base === undefined ? [{ fact: 'merge-base', head } as const] : []),
    ...(lacksFormer ? [{ fact: 'former-paths', head } as const] : []),
  ];
}

function commitNeeds(judged: Case): Need[] {
  const { facts, settings } = judged;
  if (!asksCommits(judged)) return [];
  const head = facts.head.sha;
  const paths = needsPaths(judged) ? candidates(judged).filter((commit) => commit.paths === null) : [];
  const remote = judged.remoteFor(null);
  const isKnown = judged.upstream.carried.some(
    ({ repository, branch }) => repository === remote?.repository && branch === remote.branch,
  );
  const { pullRequest } = facts;
  const readsBody =
    judged.commitConventions(null).some(({ reads }) => reads === 'pull-request') || hasPartialPreset(settings);
  return [
    ...paths.map(({ sha }) => ({ fact: 'commit-paths', sha }) as const),
    ...(settings.commits === 'fork' && remote !== null && !isKnown
      ? [{ fact: 'carried', head, ...remote } as const]
      : []),
    ...(readsBody && pullRequest !== null && pullRequest.body === undefined
      ? [{ fact: 'description', head } as const]
      : []),
  ];
}

function hasPartialPreset({ preset }: UpstreamSettings): boolean {
  return (
    Array.isArray(preset) && preset.some((one) => typeof one !== 'string' && ['scs', 'custom'].includes(one.preset))
  );
}

function contentLookups(judged: Case): Lookup[] {
  const { facts, base, settings } = judged;
  const { baseline, verify } = settings;
  if (facts.files === null) return [];
  const touched = patchesIn(judged);
  const whole = verify.diffs && verify.commits;
  const wanted = touched.flatMap(({ path, former }) => [
    { commit: facts.head.sha, path, whole },
    ...(former === null || base == null || !judged.isPatch(former)
      ? []
      : [{ commit: base, path: former, whole: false }]),
  ]);
  const list =
    baseline === null || touched.length === 0 ? [] : [{ commit: baselineCommit(facts), path: baseline, whole: true }];
  const modules = settings.submodules && facts.files.length > 0 ? submoduleLookups(judged) : [];
  const known = new Set(facts.contents.map(({ commit, path }) => `${commit}:${path}`));
  return [...wanted, ...list, ...modules].filter(({ commit, path }) => !known.has(`${commit}:${path}`));
}

/** Every marker that is judged, and the path that it speaks for; null: a commit's. */
function markersIn(
  judged: Case,
): { readonly marker: Marker; readonly path: string | null; readonly isPatch: boolean }[] {
  const inPatches = patchesIn(judged).flatMap((patch) => {
    const found = judged.baseline.has(patch.path) ? 'other' : readPatch(patch, judged);
    if (typeof found === 'string') return [];
    return found.now.markers.map((marker) => ({ marker, path: patch.path, isPatch: true }));
  });
  if (!asksCommits(judged)) return inPatches;
  const inCommits = candidates(judged).flatMap((commit) => {
    const duty = dutyOf(commit, judged);
    const found = duty !== 'unknown' && duty.has ? readCommit(commit, judged) : null;
    const path = commit.paths?.[0] ?? null;
    return (found?.reading.markers ?? []).map((marker) => ({ marker, path, isPatch: false }));
  });
  return [...inPatches, ...inCommits];
}

function questionNeeds(judged: Case): Need[] {
  const head = judged.facts.head.sha;
  const asked = markersIn(judged).flatMap(({ marker, path, isPatch }) =>
    claimsOf(marker, path, judged).flatMap((claim) =>
      'question' in claim ? [claim.question, ...diffOf(claim.question, marker, isPatch, judged)] : [],
    ),
  );
  const pinned = pinnedSubmodules(judged).flatMap((one) => submoduleQuestion(one) ?? []);
  const unique = new Map([...pinned, ...asked].map((question) => [JSON.stringify(question), question]));
  return [...unique.values()]
    .slice(0, mostQuestions)
    .filter((question) => answerTo(question, judged) === null)
    .map((question): ContributionNeed => ({ fact: 'upstream', head, question }));
}

/** A clean backport is compared with what upstream changed. */
function diffOf(question: UpstreamQuestion, marker: Marker, isPatch: boolean, { settings }: Case): UpstreamQuestion[] {
  if (question.ask !== 'contained' || !isPatch || !settings.verify.diffs || !isClean(marker)) return [];
  const { repository, commit, trusted } = question;
  return [{ ask: 'diff', repository, commit, trusted }];
}

export function submoduleQuestion({
  repository,
  branch,
  sha,
  trusted,
}: ReturnType<typeof pinnedSubmodules>[number]): UpstreamQuestion | null {
  return repository === null ? null : { ask: 'contained', repository, branch, commit: sha, trusted };
}

function dateNeeds(judged: Case): Need[] {
  const head = judged.facts.head.sha;
  return markersIn(judged).flatMap(({ marker, path, isPatch }): Need[] => {
    if (!isPatch || path === null || daysAllowed(marker, judged) === null) return [];
    const { line, raw } = marker;
    if (judged.upstream.dates.some((one) => one.path === path && one.line === line)) return [];
    return [{ fact: 'line-date', head, path, line, text: raw }];
  });
}
