// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { FailedDelivery } from '../github/deliveries.ts';

/** What to do about a webhook whose delivery failed. */
export interface Redelivery {
  /**
   * - `request`: ask GitHub to deliver it again
   * - `wait`: it is under way again, or the last attempt failed a moment ago
   * - `look`: it is no longer asked for, and the pull requests of its repository are looked at in its place
   * - `leave`: nothing is to be done
   */
  readonly kind: 'request' | 'wait' | 'look' | 'leave';
  /** The newest attempt. */
  readonly delivery: FailedDelivery;
  readonly failures: number;
  /** When its first attempt failed, in milliseconds since 1970. */
  readonly firstAt: number;
  /** Why it is as it is, in words that complete a sentence. */
  readonly why: string;
}

export interface RedeliveryOptions {
  readonly now: number;
  /** By guid, the attempt after which it was asked for, or left to a look, and when. */
  readonly seenTo: ReadonlyMap<string, { readonly id: string; readonly at: number }>;
  /** Whether the App does anything about such an event. */
  readonly handles: (event: string) => boolean;
  /** How long GitHub may take to deliver what it was asked for, in milliseconds. */
  readonly underWay: number;
  /** How many may be asked for now. */
  readonly most: number;
  /** Whether anybody takes webhooks now. */
  readonly reachable: boolean;
  /** Whether the installation is there and not suspended. */
  readonly isActive: (installationId: number) => boolean;
}

/** An attempt after the eighth would come more than four hours after the first. */
export const mostAttempts = 8;
/** Between two attempts, in milliseconds: after the second failure, doubled after each further one. */
const firstWait = 60_000;

/**
 * The App refused what was sent, as it would refuse it again: a body that is no JSON object or lacks GitHub's headers
 * (400), or one over the limit (413). Everything else may pass once somebody has mended a setting or a disk.
 */
const refused = new Map([
  [400, 'the App could not read it'],
  [413, 'it was too large'],
]);

/**
 * Decides on each webhook by its newest attempt, the newest webhooks first. `failed` are the attempts that failed,
 * newest first; every attempt of a webhook has the same guid. An attempt that succeeded is not among them, so that a
 * webhook that was asked for and has not failed since has arrived.
 */
export function planRedeliveries(failed: readonly FailedDelivery[], options: RedeliveryOptions): readonly Redelivery[] {
  let left = options.most;
  return [...Map.groupBy(failed, ({ guid }) => guid).values()].map((attempts) => {
    const [newest] = attempts as [FailedDelivery];
    const failures = attempts.length;
    const one = { delivery: newest, failures, firstAt: Math.min(...attempts.map(({ at }) => at)) };
    const decision = decide(newest, failures, options);
    if (decision.kind !== 'request') return { ...one, ...decision };
    left -= 1;
    return left >= 0 ? { ...one, ...decision } : { ...one, kind: 'look', why: 'too many failed at once' };
  });
}

type Decision = Pick<Redelivery, 'kind' | 'why'>;

function decide(newest: FailedDelivery, failures: number, options: RedeliveryOptions): Decision {
  const { now, seenTo, handles, underWay, reachable, isActive } = options;
  const { event, action, guid, id, statusCode, at, installationId } = newest;
  if (!handles(action === null ? event : `${event}.${action}`)) return { kind: 'leave', why: 'no check hangs on it' };
  if (installationId !== null && !isActive(installationId)) {
    return { kind: 'leave', why: 'its installation is suspended or gone' };
  }
  const why = refused.get(statusCode);
  if (why !== undefined) return { kind: 'leave', why };
  const before = seenTo.get(guid);
  if (before?.id === id) {
    return now < before.at + underWay
      ? { kind: 'wait', why: 'it was asked for a moment ago' }
      : { kind: 'leave', why: 'it was seen to' };
  }
  if (!reachable) return { kind: 'look', why: 'nobody takes webhooks now' };
  if (failures >= mostAttempts) return { kind: 'look', why: `it failed ${failures} times` };
  const wait = failures === 1 ? 0 : firstWait * 2 ** (failures - 2);
  if (now < at + wait) return { kind: 'wait', why: 'its last attempt failed a moment ago' };
  return { kind: 'request', why: failures === 1 ? 'it failed' : `it failed ${failures} times` };
}
