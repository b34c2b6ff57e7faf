// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { setTimeout as sleep } from 'node:timers/promises';
import type { Lease, Leases } from '../lease/lease.ts';

/**
 * Runs `work` when everything before it with the same key has ended; `overtaken` tells whether any of that ended after
 * `since` (by `performance.now()`), so that what was read from then on may be older than what it wrote.
 */
export type Turns = <Result>(
  key: string,
  since: number,
  work: (overtaken: boolean) => Promise<Result>,
) => Promise<Result>;

/** How long others wait for a process that died in its turn, in milliseconds; renewed three times as often. */
const timeToLive = 30_000;
/** How often a process asks whether another's turn has ended, in milliseconds. */
const askInterval = 200;

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
  work: (overtaken: boolean) => Promise<Result>,
): Promise<Result> {
  const name = `turn ${key}`;
  let lease = await leases.hold(name, timeToLive);
  while (lease === null) {
    await sleep(askInterval);
    lease = await leases.hold(name, timeToLive);
  }
  const renewal = setInterval(() => void renew(lease), timeToLive / 3);
  try {
    return await work(lease.idle <= performance.now() - since);
  } finally {
    clearInterval(renewal);
    // A storage that is away gives it back by itself, later.
    await lease.release().catch(() => {});
  }
}

/** A storage that is away now may be back before the time is up. */
async function renew(lease: Lease): Promise<void> {
  await lease.renew().catch(() => {});
}
