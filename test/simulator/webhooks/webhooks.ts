// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { payloadProblems } from '../contracts/webhooks.ts';
import { seededRandom } from '../random.ts';
import type { Happening } from '../state/events.ts';
import type { Installation } from '../state/model.ts';
import { appOf, type World } from '../state/world.ts';
import type { Violations } from '../violations.ts';
import { type Payload, payloadOf, repositoryOf } from './payloads.ts';
import type { Mishap, Plan } from './plan.ts';
import { recipientOf } from './recipient.ts';
import { deliveryHeaders, type Sent, send } from './send.ts';

/** One attempt at a delivery, as GitHub's list of deliveries has it. */
export interface Delivery {
  /** Larger than a number can hold exactly, as GitHub's are since 2026. */
  readonly id: bigint;
  /** `x-github-delivery`; the same for every attempt. */
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly installation: number | null;
  readonly repository: number | null;
  readonly deliveredAt: Date;
  readonly redelivery: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Payload;
  readonly answer: Sent;
}

export type Order = 'first to last' | 'last to first' | 'shuffled';

export interface Webhooks {
  /** Oldest first. */
  readonly deliveries: readonly Delivery[];
  /** Sends a webhook of an event that nothing in the simulator brings about; its payload is taken as it is. */
  sendRaw(event: string, payload: Payload): Promise<void>;
  /** Sends a recorded delivery once more, with the same delivery id. */
  redeliver(delivery: Delivery): Promise<void>;
  /** Keeps deliveries back until what is returned is called, which sends them in the given order, one by one. */
  hold(): (order?: Order) => Promise<void>;
  /** Resolves when nothing is being delivered any more. */
  idle(): Promise<void>;
}

interface Pending {
  readonly guid: string;
  readonly event: string;
  readonly installation: Installation | null;
  readonly repository: number | null;
  readonly payload: Payload;
  readonly body: string;
}

export interface WebhookOptions {
  readonly seed: number;
  readonly validate: boolean;
}

function actionOf(payload: Payload): string | null {
  return typeof payload.action === 'string' ? payload.action : null;
}

function inOrder(pending: readonly Pending[], order: Order, random: () => number): Pending[] {
  if (order === 'first to last') return [...pending];
  if (order === 'last to first') return pending.toReversed();
  return pending
    .map((one) => ({ one, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ one }) => one);
}

const firstId = 3_804_000_000_000_000_000n;

/** Turns what happens in the world into signed deliveries to the App. */
export function createWebhooks(world: World, violations: Violations, plan: Plan, options: WebhookOptions): Webhooks {
  const deliveries: Delivery[] = [];
  const underWay = new Set<Promise<void>>();
  const random = seededRandom(options.seed);
  let held: Pending[] | null = null;

  function record(pending: Pending, answer: Sent, headers: Record<string, string>, redelivery: boolean): void {
    deliveries.push({
      id: firstId + BigInt(world.identify('D').id),
      guid: pending.guid,
      event: pending.event,
      action: actionOf(pending.payload),
      installation: pending.installation?.id ?? null,
      repository: pending.repository,
      deliveredAt: world.now(),
      redelivery,
      headers,
      payload: pending.payload,
      answer,
    });
  }

  async function attempt(pending: Pending, secret: string, redelivery: boolean): Promise<void> {
    const app = appOf(world);
    const headers = deliveryHeaders(app, pending, secret);
    record(pending, await send(app.webhookUrl, headers, pending.body), headers, redelivery);
  }

  async function deliver(pending: Pending, mishaps: readonly Mishap[]): Promise<void> {
    const find = <Kind extends Mishap['kind']>(kind: Kind) =>
      mishaps.find((one): one is Extract<Mishap, { kind: Kind }> => one.kind === kind);
    const app = appOf(world);
    const secret = find('bad-signature') ? 'not the secret' : app.webhookSecret;
    const dropped = find('drop');
    if (dropped) {
      if (dropped.recorded !== false) record(pending, await send(null, {}, ''), deliveryHeaders(app, pending), false);
      return;
    }
    const delay = find('delay');
    if (delay) await sleep(delay.milliseconds);
    for (let time = 0; time < (find('repeat')?.times ?? 1); time += 1) await attempt(pending, secret, false);
  }

  function track(work: Promise<void>): void {
    underWay.add(work);
    work.finally(() => underWay.delete(work));
  }

  function dispatch(pending: Pending): void {
    if (held) held.push(pending);
    else track(deliver(pending, plan.draw({ event: pending.event, action: actionOf(pending.payload) })));
  }

  function check(event: string, payload: Payload): void {
    if (!options.validate) return;
    for (const problem of payloadProblems(event, payload)) {
      violations.report('simulator', `webhook ${event}.${actionOf(payload) ?? ''}`, problem);
    }
  }

  async function listen(happening: Happening): Promise<void> {
    const recipient = recipientOf(world, happening);
    if (!recipient) return;
    const installation = recipient === 'app' ? null : recipient;
    const payload = await payloadOf(world, happening, installation);
    const { event } = happening;
    check(event, payload);
    const repository = repositoryOf(happening)?.id ?? null;
    dispatch({ guid: randomUUID(), event, installation, repository, payload, body: JSON.stringify(payload) });
  }

  world.onHappening(listen);

  return {
    deliveries,
    async sendRaw(event, payload) {
      const guid = randomUUID();
      dispatch({ guid, event, installation: null, repository: null, payload, body: JSON.stringify(payload) });
    },
    async redeliver({ guid, event, installation, repository, payload }) {
      const account = world.installations.find((one) => one.id === installation) ?? null;
      const pending = { guid, event, installation: account, repository, payload, body: JSON.stringify(payload) };
      const work = attempt(pending, appOf(world).webhookSecret, true);
      track(work);
      await work;
    },
    hold() {
      held ??= [];
      return async (order = 'first to last') => {
        const waiting = inOrder(held ?? [], order, random);
        held = null;
        for (const one of waiting) await deliver(one, []);
      };
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
