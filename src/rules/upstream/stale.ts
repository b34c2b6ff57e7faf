// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say } from '../text.ts';
import type { Finding, Place } from '../verdict.ts';
import type { Case } from './case.ts';
import type { Marker } from './model.ts';
import { finding } from './section.ts';

const day = 24 * 60 * 60 * 1000;

/** The most days that a state may last by the policy; null: any number. */
export function daysAllowed({ state }: Marker, { settings }: Case): number | null {
  const allowed =
    state === 'pending' ? settings.stale.pending : state === 'submitted' ? settings.stale.submitted : null;
  return allowed === null ? null : Number.parseInt(allowed, 10);
}

/** Days from a day (`YYYY-MM-DD`) to the one of the judgement; null where one of the two is not known. */
export function daysSince(since: string | null, { facts: { judgedOn } }: Case): number | null {
  if (since === null || judgedOn === null) return null;
  return Math.floor((Date.parse(`${judgedOn}T00:00:00Z`) - Date.parse(`${since}T00:00:00Z`)) / day);
}

/** The day on which a marker's line came into the file, where a source told. */
export function dateOf(path: string, { line }: Marker, { upstream }: Case): string | null {
  return upstream.dates.find((one) => one.path === path && one.line === line)?.date ?? null;
}

/**
 * A change that has waited since a day (null: nobody knows which) for longer than the policy wants. It never blocks:
 * nobody may have done anything wrong.
 */
export function staleness(marker: Marker, since: string | null, at: Place, judged: Case): Finding[] {
  const allowed = daysAllowed(marker, judged);
  const days = daysSince(since, judged);
  if (allowed === null || days === null || days <= allowed) return [];
  const text = say`${marker.raw} has stood here since ${[since ?? '']}, ${days} days. The policy points it out after ${allowed}: ask upstream what became of it, and write that.`;
  return [finding('stale', 'warning', at, text)];
}
