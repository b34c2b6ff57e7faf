// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

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
