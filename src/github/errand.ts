// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { AsyncLocalStorage } from 'node:async_hooks';
import type { Urgency } from '../inbox/inbox.ts';

/** What the requests to GitHub are made for, and what they have cost so far. */
export interface Errand {
  readonly urgency: Urgency;
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
export function onErrand<Result>(errand: Errand, run: () => Promise<Result>): Promise<Result> {
  return storage.run(errand, run);
}

export function newErrand(urgency: Urgency): Errand {
  return { urgency, requests: 0, points: 0 };
}

/** What the present request is made for. Outside of an errand, as at the start, somebody waits. */
export function currentErrand(): Errand {
  return storage.getStore() ?? newErrand('person');
}
