// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Lease } from './lease.ts';

/** A lease that is renewed for as long as it is used. */
export interface KeptLease {
  /** Until when it is held at least, by `performance.now()`. */
  heldUntil(): number;
  /** Renews it no more. */
  stop(): void;
}

/**
 * Renews a lease four times within its time to live of `ttlMs` milliseconds. It was asked for at `heldFrom`, by
 * `performance.now()`. `onLost` is called when somebody else may have it.
 */
export function keepLease(lease: Lease, ttlMs: number, heldFrom: number, onLost: () => void = () => {}): KeptLease {
  let until = heldFrom + ttlMs;
  const renewal = setInterval(async () => {
    const asked = performance.now();
    const state = await renew(lease);
    if (state === 'renewed') until = asked + ttlMs;
    // Where the storage does not answer, the lease is ours until its time is over: it may be back before.
    if (state === 'lost' || performance.now() >= until) {
      clearInterval(renewal);
      onLost();
    }
  }, ttlMs / 4);
  renewal.unref();
  return { heldUntil: () => until, stop: () => clearInterval(renewal) };
}

async function renew(lease: Lease): Promise<'renewed' | 'lost' | 'unknown'> {
  try {
    return (await lease.renew()) ? 'renewed' : 'lost';
  } catch {
    return 'unknown';
  }
}
