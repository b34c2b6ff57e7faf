// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Row, Stored } from './store.ts';
import { deadLetterOf } from './waiting.ts';

/**
 * How long an entry that was being handled when the process ended is left alone, in milliseconds: a request of that
 * process may still be on its way through GitHub, and would come on top of what the next look writes. Doubled each time.
 */
export const interruptionWait = 5_000;
/** Whatever is being handled each time that the process ends may be what ends it. */
const mostInterruptions = 8;
/** A clock that was wrong must not leave an entry waiting for years. */
const longestWait = 60 * 60_000;

/** What becomes of an entry that an earlier process has left. `now` in milliseconds since 1970. */
export function restored(row: Row, now: number): Exclude<Stored, null> {
  if (!row.running) return { row: { ...row, dueAt: Math.min(row.dueAt, now + longestWait) } };
  const interruptions = row.interruptions + 1;
  if (interruptions >= mostInterruptions) {
    const why = `Countersign ended ${interruptions} times while it looked at this`;
    return { deadLetter: deadLetterOf(row, why, now) };
  }
  const dueAt = now + interruptionWait * 2 ** row.interruptions;
  return { row: { ...row, running: false, interruptions, dueAt } };
}
