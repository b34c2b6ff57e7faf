// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { setTimeout as sleep } from 'node:timers/promises';
import { MovedError } from '../github/errors.ts';
import { keepLease } from '../lease/keep.ts';
import type { Lease, Leases } from '../lease/lease.ts';

/** One's turn. */
export interface Turn {
  /** Whether another one ended after one had begun to read, so that what was read may be older than what that one wrote. */
  readonly overtaken: boolean;
  /** Throws MovedError where the turn is over, or nearly: a storage that was away for long lets somebody else have it. */
  assertHeld(): void;
}

/**
 * Runs `work` when everything before it with the same key has ended. What it acts upon was read from `since` on, by
 * `performance.now()`.
 */
export type Turns = <Result>(key: string, since: number, work: (turn: Turn) => Promise<Result>) => Promise<Result>;

/** How long others wait for a process that died in its turn, in milliseconds. */
const timeToLive = 30_000;
/** What is written once the turn was found to be held takes so long at most, in milliseconds. */
const enoughToWrite = 5_000;
/** How often a process asks whether another's turn has ended, in milliseconds. */
const askInterval = 200;
/** How soon a storage that was away is asked again to give a turn back, in milliseconds. */
const giveBackInterval = 1_000;

/** One after the other for equal keys, among all processes that share the leases; at once for different ones. */
export function createTurns(leases: Leases): Turns {
  const last = new Map<string, Promise<unknown>>();
  return async (key, since, work) => {
    const before = last.get(key);
    const mine = (async () => {
      await before?.catch(() => {});
      return underLease(leases, key, since, work);
    })();
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}

async function underLease<Result>(
  leases: Leases,
  key: string,
  since: number,
  work: (turn: Turn) => Promise<Result>,
): Promise<Result> {
  const { lease, heldFrom } = await takeLease(leases, `turn ${key}`);
  const { heldUntil, stop } = keepLease(lease, timeToLive, heldFrom);
  try {
    return await work({
      overtaken: lease.idle <= performance.now() - since,
      assertHeld: () => {
        if (performance.now() + enoughToWrite > heldUntil())
          throw new MovedError('another look may have its turn by now');
      },
    });
  } finally {
    stop();
    await giveBack(lease, heldUntil());
  }
}

async function takeLease(leases: Leases, name: string) {
  for (;;) {
    const heldFrom = performance.now();
    const lease = await leases.hold(name, timeToLive);
    if (lease !== null) return { lease, heldFrom };
    await sleep(askInterval);
  }
}

/** A storage that is away gives it back by itself, later, and whoever is next would wait in their place for as long. */
async function giveBack(lease: Lease, heldUntil: number): Promise<void> {
  try {
    await lease.release();
  } catch {
    if (performance.now() < heldUntil) setTimeout(() => void giveBack(lease, heldUntil), giveBackInterval).unref();
  }
}
