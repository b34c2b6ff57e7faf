// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Commit, Facts } from '../../contribution/contribution.ts';
import type { Need } from '../rule.ts';
import type { Text } from '../text.ts';
import { type Case, caseOf, subjectOf } from './case.ts';
import { readCommit } from './commit-reading.ts';
import { asksCommits, candidates, dutyOf } from './commits.ts';
import { verifyPinned } from './judge-submodules.ts';
import type { Marker, Reading, State } from './model.ts';
import { dateLimit, needsOf } from './needs.ts';
import { patchesIn, readPatch } from './patches.ts';
import type { UpstreamSettings } from './settings.ts';
import { dateOf, daysAllowed, daysSince } from './stale.ts';
import { pinnedSubmodules } from './submodules.ts';
import { type Verification, verify } from './verify.ts';

/** One change that a tree carries, as a report lists it. */
export interface Carried {
  readonly kind: 'patch' | 'commit' | 'submodule';
  /** Of the patch file or the submodule; null: it is a commit. */
  readonly path: string | null;
  readonly commit: { readonly sha: string; readonly subject: string } | null;
  /** From 1; null: it says nothing. */
  readonly line: number | null;
  /**
   * `unknown`: it does not say where it is upstream, or says it wrongly. `contradictory`: it says several states.
   * `pinned`: a submodule, which says nothing but its commit.
   */
  readonly state: State | 'unknown' | 'contradictory' | 'pinned';
  /** The line that says it; null: none does. */
  readonly raw: string | null;
  /** The day (UTC) on which that line came, and how many days ago; null: nobody knows. */
  readonly since: string | null;
  readonly days: number | null;
  readonly upstream: Verification['kind'];
  /** What upstream's state is, or why nobody knows; empty where nothing could be asked. */
  readonly words: Text;
  readonly advice: Advice | null;
}

/**
 * What there is to do about a change. `drop`: upstream has it, so that it goes away with the next update. `refused`:
 * upstream closed it, and it says something else. `wrong`: what it says is not so. `stale`: it has waited for longer than
 * the policy wants.
 */
export type Advice = 'drop' | 'refused' | 'wrong' | 'stale';

/** GitHub is asked this much about one tree, which is looked at seldom. */
const mostQuestions = 1000;

/** The facts that a list of what a tree carries needs next; its files and commits are those of the facts. */
export function carriedNeeds(facts: Facts, settings: UpstreamSettings): Need[] {
  const judged = caseOf(facts, settings);
  const remote = judged.remoteFor(null);
  if (settings.commits === 'fork' && remote !== null && judged.upstream.carried.length === 0) {
    return [{ fact: 'fork-commits', head: facts.head.sha, ...remote }];
  }
  // Whether a backport is clean is looked at where it comes in.
  const needs = needsOf(facts, { ...settings, verify: { ...settings.verify, diffs: false } }, mostQuestions);
  return needs.length > 0 ? needs : ageNeeds(facts, settings);
}

/** The age of every line that a list shows, and not only of those that may be stale. */
function ageNeeds(facts: Facts, settings: UpstreamSettings): Need[] {
  const lines = carriedIn(facts, settings).flatMap(({ path, line, raw, since }): Need[] =>
    path === null || line === null || raw === null || since !== null
      ? []
      : [{ fact: 'line-date', head: facts.head.sha, path, line, text: raw }],
  );
  return lines.slice(0, dateLimit(facts));
}

/** Every change that a tree carries: its patch files, a fork's own commits, and its submodules. */
export function carriedIn(facts: Facts, settings: UpstreamSettings): Carried[] {
  const judged = caseOf(facts, settings);
  return [
    ...patchesIn(judged).flatMap(({ path }) => carriedPatch(path, judged) ?? []),
    ...(asksCommits(judged) ? candidates(judged).flatMap((commit) => carriedCommit(commit, judged) ?? []) : []),
    ...(settings.submodules ? carriedSubmodules(judged) : []),
  ];
}

/** What such a list lacks, in whole sentences. */
export function carriedGaps({ upstream }: Facts, { commits }: UpstreamSettings): Text[] {
  if (commits !== 'fork' || upstream?.carried.some((one) => one.commits !== null)) return [];
  return [['Which commits upstream does not have is not known, so that no commit is listed.']];
}

function carriedPatch(path: string, judged: Case): Carried | null {
  const read = readPatch({ path, former: null, renamed: false }, judged);
  if (read === 'other') return null;
  const reading = typeof read === 'string' ? null : read.now;
  const since = (marker: Marker) => dateOf(path, marker, judged);
  return { kind: 'patch', path, commit: null, ...stated(reading, path, since, judged) };
}

function carriedCommit(commit: Commit, judged: Case): Carried | null {
  const duty = dutyOf(commit, judged);
  if (duty !== 'unknown' && !duty.has) return null;
  const reading = readCommit(commit, judged)?.reading ?? null;
  const path = commit.paths?.[0] ?? null;
  const shown = { sha: commit.sha, subject: subjectOf(commit) };
  const since = commit.authoredOn ?? null;
  // A commit is as old as it is, whatever it says.
  const age = { since, days: daysSince(since, judged) };
  return { kind: 'commit', path: null, commit: shown, ...stated(reading, path, () => since, judged), ...age };
}

function carriedSubmodules(judged: Case): Carried[] {
  const silent = { commit: null, line: null, raw: null, since: null, days: null } as const;
  return pinnedSubmodules(judged).map((pinned) => {
    const { kind, text } = verifyPinned(pinned, judged);
    const advice = kind === 'wrong' ? 'wrong' : null;
    return { kind: 'submodule', path: pinned.path, state: 'pinned', upstream: kind, words: text, advice, ...silent };
  });
}

function stated(
  reading: Reading | null,
  path: string | null,
  sinceOf: (marker: Marker) => string | null,
  judged: Case,
): Omit<Carried, 'kind' | 'path' | 'commit'> {
  const [marker, ...others] = reading?.markers ?? [];
  if (marker === undefined) {
    const silent = { line: null, raw: null, since: null, days: null, upstream: 'nothing', words: [] } as const;
    return { ...silent, state: 'unknown', advice: null };
  }
  const { line, raw } = marker;
  const since = sinceOf(marker);
  const days = daysSince(since, judged);
  const found = verify(marker, path, judged);
  const state = others.every((other) => other.state === marker.state) ? marker.state : 'contradictory';
  const advice = adviceOn(marker, found, days, judged);
  return { line, state, raw, since, days, upstream: found.kind, words: found.text, advice };
}

function adviceOn(marker: Marker, { kind, instead }: Verification, days: number | null, judged: Case): Advice | null {
  const isThere = instead?.state === 'merged' || (marker.state === 'merged' && kind === 'verified');
  // What takes back a change of upstream's is not upstream's.
  if (isThere && marker.modifiers.revert !== true) return 'drop';
  if (instead?.state === 'denied') return 'refused';
  if (kind === 'wrong') return 'wrong';
  const allowed = daysAllowed(marker, judged);
  return allowed !== null && days !== null && days > allowed ? 'stale' : null;
}
