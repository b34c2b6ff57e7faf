// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { AsyncLocalStorage } from 'node:async_hooks';
import type { Urgency } from '../inbox/inbox.ts';
import type { Reservation } from './windows.ts';

/** What the requests to GitHub are made for, and what they have cost so far. */
export interface Errand {
  readonly urgency: Urgency;
  /** Points of a minute's GraphQL without which it is not begun, since it could not be ended. */
  readonly reserve?: number;
  /** What came of that, once it was begun. */
  reservation?: Promise<Reservation>;
  /** Requests sent. */
  requests: number;
  /** Points of the hour's budget that GitHub charged for them. */
  points: number;
}

const storage = new AsyncLocalStorage<Errand>();

/**
 * Runs something that asks GitHub. Every request that is sent meanwhile knows whom it is for and is counted in the
 * errand, also those of a library that knows nothing of errands.
 */
export async function onErrand<Result>(errand: Errand, run: () => Promise<Result>): Promise<Result> {
  try {
    return await storage.run(errand, run);
  } finally {
    // What cannot be given back is there again in the next minute.
    await errand.reservation?.then((reservation) => reservation.giveBack()).catch(() => {});
  }
}

export function newErrand(urgency: Urgency, reserve = 0): Errand {
  return { urgency, requests: 0, points: 0, ...(reserve > 0 && { reserve }) };
}

/** What the present request is made for. Outside of an errand, as at the start, somebody waits. */
export function currentErrand(): Errand {
  return storage.getStore() ?? newErrand('person');
}
