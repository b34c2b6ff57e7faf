// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createHash } from 'node:crypto';
import { isFull, type Mark } from '../github/mark.ts';
import type { NewestCheckRuns } from '../github/posted.ts';

/** Why the sweep has something looked at, in words that complete "looked at, since …". */
export const reasons = {
  'no-checks': 'no check run of this App is on its head',
  unfinished: 'a check run is not finished',
  rerequested: 'somebody asked for its checks again',
  'not-counted': 'its checks are those of another pull request with the same head',
  'webhooks-lost': 'webhooks about its repository were lost',
  daily: 'each open pull request is looked at once a day',
} as const;

export type Reason = keyof typeof reasons;

/**
 * What is missing among the check runs on a head, null where nothing is. Whether they say the right thing shows only
 * when it is judged. `number` is the pull request's, null for a merge group.
 */
export function whatIsMissing({ runs, rerequested }: NewestCheckRuns, number: number | null): Reason | null {
  const posted = [...runs.values()];
  if (posted.length === 0) return 'no-checks';
  // A digest is missing while annotations are still to come.
  if (posted.some(({ completed, mark }) => !completed || mark?.digest === null)) return 'unfinished';
  if (rerequested) return 'rerequested';
  const counted = number === null || posted.some(({ mark }) => mark !== null && countsIn(mark, number));
  return counted ? null : 'not-counted';
}

/** A full one is everybody's failure, also of those that it has no room for. */
function countsIn(mark: Mark, number: number): boolean {
  return mark.pullRequests.includes(number) || isFull(mark);
}

const day = 24 * 60 * 60_000;

/**
 * Whether the hour of the day at which this key is looked at lies between two times (milliseconds since 1970). It is
 * made of the key, so that a day's looks are spread evenly over it, whoever sweeps and however often that is restarted.
 */
export function isDue(key: string, since: number, now: number): boolean {
  const offset = createHash('sha256').update(key).digest().readUInt32BE() % day;
  const latest = Math.floor((now - offset) / day) * day + offset;
  return latest > since;
}
