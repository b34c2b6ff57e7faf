// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Facts } from '../../contribution/contribution.ts';
import type { Text } from '../text.ts';
import { type Case, caseOf } from './case.ts';
import type { State } from './model.ts';
import { patchesIn, readPatch } from './patches.ts';
import type { UpstreamSettings } from './settings.ts';
import { dateOf, daysBetween } from './stale.ts';
import { type Verification, verify } from './verify.ts';

/** One patch that a tree carries, as a report lists it. */
export interface Carried {
  readonly path: string;
  /** From 1; null: it says nothing. */
  readonly line: number | null;
  /** `unknown`: it does not say where it is upstream, or says it wrongly. `contradictory`: it says several states. */
  readonly state: State | 'unknown' | 'contradictory';
  /** The line that says it; null: none does. */
  readonly raw: string | null;
  /** The day (UTC) on which that line came, and how many days ago; null: nobody knows. */
  readonly since: string | null;
  readonly days: number | null;
  readonly upstream: Verification['kind'];
  /** What upstream's state is, or why nobody knows; empty where nothing could be asked. */
  readonly words: Text;
  /** Whether upstream has it, so that it goes away with the next update. */
  readonly canBeDropped: boolean;
}

/** Every patch of a tree, whose files are those of the facts, in their order. */
export function carriedIn(facts: Facts, settings: UpstreamSettings): Carried[] {
  const judged = caseOf(facts, settings);
  return patchesIn(judged).flatMap(({ path }) => entryOf(path, judged) ?? []);
}

function entryOf(path: string, judged: Case): Carried | null {
  const read = readPatch({ path, former: null, renamed: false }, judged);
  if (read === 'other') return null;
  const silent = { path, line: null, raw: null, since: null, days: null, upstream: 'nothing', words: [] } as const;
  const [marker, ...others] = read === 'unread' ? [] : read.now.markers;
  if (marker === undefined) return { ...silent, state: 'unknown', canBeDropped: false };
  const { line, raw } = marker;
  const since = dateOf(path, marker, judged);
  const today = judged.facts.judgedOn;
  const days = since === null || today === null ? null : daysBetween(since, today);
  const { kind, text, instead } = verify(marker, path, judged);
  const state = others.every((other) => other.state === marker.state) ? marker.state : 'contradictory';
  const isUpstream = instead?.state === 'merged' || (marker.state === 'merged' && kind === 'verified');
  return { path, line, state, raw, since, days, upstream: kind, words: text, canBeDropped: isUpstream };
}
