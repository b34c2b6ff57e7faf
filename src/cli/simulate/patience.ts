// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { setTimeout as sleep } from 'node:timers/promises';
import { classify } from '../../github/errors.ts';
import { UserError } from '../user-error.ts';

/** Waits before another try after a fault that may pass, in milliseconds. */
const waits = [1_000, 2_000, 4_000];

/**
 * Does something that asks GitHub, and waits where GitHub's limits want it, however long: `tell` is told until when. A fault
 * that may pass is tried again a few times. Throws what remains.
 */
export async function patiently<Result>(work: () => Promise<Result>, tell: (line: string) => void): Promise<Result> {
  const left = [...waits];
  for (;;) {
    try {
      return await work();
    } catch (thrown) {
      const limit = limitIn(thrown);
      if (limit !== null) tell(`GitHub's limits are reached (${limit.why}): waiting until ${timeIn(limit.after)}.`);
      const wait = limit?.after ?? left.shift();
      if (wait === undefined) throw thrown;
      await sleep(wait);
    }
  }
}

/** How long GitHub wants to be left alone; null for a fault that may pass. Throws what no waiting mends. */
function limitIn(thrown: unknown): { readonly after: number; readonly why: string } | null {
  const failure = classify(thrown, Date.now());
  if (failure.kind !== 'retry') throw thrown;
  const { after, why, refreshToken } = failure;
  if (refreshToken === true) {
    throw new UserError('GitHub does not take the token in GH_TOKEN or GITHUB_TOKEN. Set it to a valid one.');
  }
  return after === null ? null : { after, why };
}

/** The time of day, here, in so many milliseconds. */
function timeIn(milliseconds: number): string {
  return new Date(Date.now() + milliseconds).toTimeString().slice(0, 8);
}

/** What no patience helped against, as the user's to mend; a mistake of ours as it is. `what` GitHub does not show. */
export function unanswered(thrown: unknown, what: string): Error {
  const { kind, why } = classify(thrown, Date.now());
  if (kind === 'unexpected') return thrown as Error;
  return new UserError(`GitHub does not show ${what}: ${why}`);
}
