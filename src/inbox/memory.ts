// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { FifoMap } from 'toad-cache';
import { type DeadLetter, isReadable } from './inbox.ts';
import { deliveryLifetime } from './news.ts';
import { createScheduler, type OwnInbox, type SchedulerEvents } from './scheduler.ts';
import type { Store } from './store.ts';

/** Ids of deliveries kept, some 10 MB; what is repeated after so many others is looked at once more. */
const mostDeliveries = 100_000;

/**
 * An inbox in this process's memory, for tests: what it holds is lost when the process ends, whatever was answered to the
 * webhook.
 */
export function createMemoryInbox(onError: SchedulerEvents['onError']): OwnInbox {
  return createScheduler(createMemoryStore(), [], { onError, onFailure: () => {} });
}

function createMemoryStore(): Store {
  const deliveries = new FifoMap<true>(mostDeliveries, deliveryLifetime);
  const dead = new Map<string, DeadLetter>();
  const asked = new Set<string>();
  return {
    write: async (changes) => {
      for (const [key, stored] of changes.keys) {
        dead.delete(key);
        asked.delete(key);
        if (stored !== null && 'deadLetter' in stored) dead.set(key, stored.deadLetter);
      }
      for (const delivery of changes.deliveries) deliveries.set(delivery, true);
    },
    isKnown: (delivery) => deliveries.get(delivery) === true,
    deadLetter: (key) => dead.get(key) ?? null,
    deadLetterCount: () => dead.size,
    revived: () => [...asked].flatMap((key) => dead.get(key) ?? []).filter(isReadable),
    deadLetters: {
      list: async () => [...dead.values()].reverse(),
      retry: async (keys) => {
        const there = keys.filter((key) => dead.has(key));
        for (const key of there) asked.add(key);
        return there.length;
      },
      drop: async (keys) => keys.filter((key) => dead.delete(key)).length,
    },
  };
}
