// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Commit, Facts } from '../../contribution/contribution.ts';
import { listGap } from '../changed-files/list.ts';
import { entriesIn } from '../contents.ts';
import { oncePer } from '../once.ts';
import type { ContributionNeed, Lookup, Need, UpstreamQuestion } from '../rule.ts';
import { baselineCommit, type Case, caseOf } from './case.ts';
import { claimsOf, isClean } from './claims.ts';
import { readCommit } from './commit-reading.ts';
import { asksCommits, candidates, dutyOf, isMerge, needsPaths, unreadMerges } from './commits.ts';
import type { Marker } from './model.ts';
import { patchesIn, readPatch } from './patches.ts';
import type { UpstreamSettings } from './settings.ts';
import { daysAllowed } from './stale.ts';
import { pinnedSubmodules, submoduleLookups } from './submodules.ts';
import { answerTo } from './verify.ts';

/** GitHub is asked this much about one contribution, and the rest is "not verified". */
const mostQuestions = 200;
/** So many merge commits are taken apart; where there are more, nobody knows what the rest changes. */
const mostMerges = 50;
/** So many blames GitHub is asked for; the age of other lines stays unknown. A clone has no such limit. */
const mostDates = 100;

/** The facts that the verdict on these needs next; each step rests on the one before. */
export function needsOf(facts: Facts, settings: UpstreamSettings, questions: number = mostQuestions): Need[] {
  const judged = caseOf(facts, settings);
  if (judged.exemptBranch) return [];
  const first = [...fileNeeds(judged), ...commitNeeds(judged)];
  if (first.length > 0) return first;
  const lookups = contentLookups(judged);
  if (lookups.length > 0) return [{ fact: 'contents', head: facts.head.sha, lookups }];
  return [...questionNeeds(judged, questions), ...dateNeeds(judged)];
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
    ...mergeNeeds(judged),
    ...(settings.commits === 'fork' && remote !== null && !isKnown
      ? [{ fact: 'carried', head, ...remote } as const]
      : []),
    ...(readsBody && pullRequest !== null && pullRequest.body === undefined
      ? [{ fact: 'description', head } as const]
      : []),
  ];
}

function mergeNeeds(judged: Case): Need[] {
  const read = judged.facts.commits.filter(({ mergePaths }) => mergePaths !== undefined).length;
  const unread = unreadMerges(judged).filter(({ mergePaths }) => mergePaths === undefined);
  return unread
    .slice(0, Math.max(0, mostMerges - read))
    .map(({ sha, parents }) => ({ fact: 'merge-paths', sha, parents }));
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
  const at = entriesIn(facts.contents);
  return [...wanted, ...list, ...modules].filter(({ commit, path }) => at(commit, path) === undefined);
}

/** Every marker that is judged. */
interface Spoken {
  readonly marker: Marker;
  /** The path that it speaks for; null: none is known of a commit. */
  readonly path: string | null;
  /** The commit whose message it stands in; null: it stands in a patch file. */
  readonly commit: Commit | null;
}

const markersIn = oncePer((judged: Case): readonly Spoken[] => {
  const inPatches = patchesIn(judged).flatMap((patch) => {
    const found = judged.baseline.has(patch.path) ? 'other' : readPatch(patch, judged);
    if (typeof found === 'string') return [];
    return found.now.markers.map((marker) => ({ marker, path: patch.path, commit: null }));
  });
  if (!asksCommits(judged)) return inPatches;
  const inCommits = candidates(judged).flatMap((commit) => {
    const duty = dutyOf(commit, judged);
    const found = duty !== 'unknown' && duty.has ? readCommit(commit, judged) : null;
    return (found?.reading.markers ?? []).map((marker) => ({ marker, path: commit.paths?.[0] ?? null, commit }));
  });
  return [...inPatches, ...inCommits];
});

function questionNeeds(judged: Case, most: number): Need[] {
  const head = judged.facts.head.sha;
  const spoken = markersIn(judged).flatMap((one) =>
    claimsOf(one.marker, one.path, judged).flatMap((claim) =>
      'question' in claim ? [{ ...one, question: claim.question }] : [],
    ),
  );
  const pinned = pinnedSubmodules(judged).flatMap((one) => submoduleQuestion(one) ?? []);
  // What a comparison tells is only good to know: where not everything can be asked, it is left out first.
  const asked = [
    ...pinned,
    ...spoken.map(({ question }) => question),
    ...spoken.flatMap((one) => diffsOf(one, judged)),
  ];
  const unique = new Map(asked.map((question) => [JSON.stringify(question), question]));
  return [...unique.values()]
    .slice(0, most)
    .filter((question) => answerTo(question, judged) === null)
    .map((question): ContributionNeed => ({ fact: 'upstream', head, question }));
}

/** A clean backport is compared with what upstream changed. */
function diffsOf(
  { question, marker, commit }: Spoken & { readonly question: UpstreamQuestion },
  judged: Case,
): UpstreamQuestion[] {
  if (question.ask !== 'contained' || !judged.settings.verify.diffs || !isClean(marker)) return [];
  const { repository, commit: sha, trusted } = question;
  const theirs = { ask: 'diff', repository, commit: sha, trusted } as const;
  if (commit === null) return [theirs];
  const own = isMerge(commit) ? null : ownDiff(commit, judged);
  return own === null ? [] : [theirs, own];
}

/** What a commit of the contribution itself changes; null: it lies on no GitHub. */
export function ownDiff({ sha }: Commit, { facts: { repository } }: Case): UpstreamQuestion | null {
  if (repository === null) return null;
  return { ask: 'diff', repository: `${repository.owner}/${repository.name}`, commit: sha, trusted: true };
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
  const lines = markersIn(judged).flatMap(({ marker, path, commit }): Need[] => {
    if (commit !== null || path === null || daysAllowed(marker, judged) === null) return [];
    const { line, raw } = marker;
    if (judged.upstream.dates.some((one) => one.path === path && one.line === line)) return [];
    return [{ fact: 'line-date', head, path, line, text: raw }];
  });
  return lines.slice(0, dateLimit(judged.facts));
}

/** How many lines a source is asked the age of. */
export function dateLimit({ source }: Pick<Facts, 'source'>): number {
  return source === 'github' ? mostDates : Number.POSITIVE_INFINITY;
}
