// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Client } from '../github/client.ts';
import { type FailedDelivery, readFailedDeliveries, redeliver } from '../github/deliveries.ts';
import { classify } from '../github/errors.ts';
import { planRedeliveries, type Redelivery, type RedeliveryOptions } from './redelivery.ts';

/** Ten thousand attempts; after a longer outage everything is looked at instead. */
const mostPages = 100;
/** GitHub takes 500 requests an hour that create something; a sweep every five minutes stays below. */
const mostRequests = 40;
/** GitHub asks for a second between requests that change something ("Best practices for using the REST API"). */
const pause = 1_000;

/** What is known of deliveries from one sweep to the next, in this process's memory. */
export interface Deliveries {
  /** By guid, the attempt after which it was asked for, or left to a look, and when. */
  readonly seenTo: Map<string, { readonly id: string; readonly at: number }>;
}

interface DeliveriesContext extends Pick<RedeliveryOptions, 'handles' | 'underWay' | 'reachable' | 'isActive'> {
  /** Speaks as the App. */
  readonly app: Client;
  /** Failures up to then are settled; milliseconds since 1970. */
  readonly settledUntil: number;
  readonly now: () => number;
}

interface PlannedRedeliveries {
  readonly plan: readonly Redelivery[];
  /** false where more deliveries failed than can be listed: everything is looked at in their place. */
  readonly complete: boolean;
  /** When GitHub listed them, by its own clock. */
  readonly asOf: number;
}

export async function planFor({ seenTo }: Deliveries, context: DeliveriesContext): Promise<PlannedRedeliveries> {
  const { app, settledUntil, now } = context;
  const { failed, complete, asOf } = await readFailedDeliveries(app, settledUntil, mostPages);
  if (!complete) return { plan: [], complete, asOf };
  forget(seenTo, failed);
  const options = { ...context, now: now(), seenTo, most: mostRequests };
  return { plan: planRedeliveries(failed, options), complete, asOf };
}

function forget(seenTo: Deliveries['seenTo'], failed: readonly FailedDelivery[]): void {
  const listed = new Set(failed.map(({ guid }) => guid));
  for (const guid of seenTo.keys()) if (!listed.has(guid)) seenTo.delete(guid);
}

interface AskingContext extends Pick<DeliveriesContext, 'app' | 'now'> {
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly signal: AbortSignal;
  /** Hears of each delivery that GitHub is making again. */
  readonly onAsked: () => void;
}

/**
 * Asks GitHub for each delivery that the plan requests, one a second. What GitHub no longer has is left; throws whatever
 * else Octokit throws, and what is left of the plan is for the next sweep.
 */
export async function carryOut(
  { seenTo }: Deliveries,
  plan: readonly Redelivery[],
  { app, now, wait, signal, onAsked }: AskingContext,
): Promise<void> {
  for (const { kind, delivery } of plan) {
    if (signal.aborted) return;
    if (kind === 'look') seenTo.set(delivery.guid, { id: delivery.id, at: now() });
    if (kind !== 'request') continue;
    try {
      await redeliver(app, delivery);
      onAsked();
    } catch (thrown) {
      if (classify(thrown, now()).kind !== 'gone') throw thrown;
    }
    seenTo.set(delivery.guid, { id: delivery.id, at: now() });
    await wait(pause);
  }
}

/** Up to when every failed delivery is seen to, if the plan was carried out at `now`; milliseconds since 1970. */
export function settledUntil(
  plan: readonly Redelivery[],
  isPending: (one: Redelivery) => boolean,
  now: number,
): number {
  const open = plan.filter((one) => one.kind !== 'leave' || isPending(one)).map(({ firstAt }) => firstAt - 1);
  return Math.min(now, ...open);
}
