// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Failure } from '../github/errors.ts';

/** Waits before another try, in milliseconds: a second at first, doubled each time, ten minutes at most. */
const firstWait = 1_000;
const longestWait = 10 * 60_000;
/** Attempts. Mistakes of ours are not mended by waiting, but what looks like one may be GitHub's. */
export const mostUnexpected = 8;

/** Exponential with full jitter on the upper half, so that what failed together does not come back together. */
export function backoff(attempt: number): number {
  const wait = Math.min(firstWait * 2 ** Math.min(attempt - 1, 20), longestWait);
  return Math.round(wait / 2 + (Math.random() * wait) / 2);
}

/**
 * Attempts. What GitHub says is not there may only not be there yet, for a second or two; or GitHub has an incident, in
 * which it says so of much that is there. So the last try is some minutes later.
 */
export const mostGone = 4;

/** Those that tests shorten, in milliseconds. */
export interface Waits {
  /** Before the last try of what GitHub says is not there. */
  readonly gone: number;
  /** Before another look at what GitHub was asked to write and did not answer. */
  readonly unanswered: number;
}

export const usualWaits: Waits = { gone: 5 * 60_000, unanswered: 60_000 };

/** How long to wait after a failure of that attempt, in milliseconds. */
export function waitAfter(failure: Failure, attempt: number, { gone }: Waits): number {
  if (failure.kind === 'retry' && failure.after !== null) return failure.after;
  return failure.kind === 'gone' && attempt === mostGone - 1 ? gone : backoff(attempt);
}
