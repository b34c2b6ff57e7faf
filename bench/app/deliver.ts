// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { secret } from './app-process.ts';
import { now } from './clock.ts';
import { webhookOf } from './webhook.ts';

/** One webhook, by `now()`. */
export interface Delivery {
  readonly index: number;
  /** When it was sent or, in the open loop, when it was to be sent: waiting for one's turn counts. */
  readonly from: number;
  readonly answeredAt: number;
  readonly status: number;
}

export type Loop =
  /** So many senders, each of which waits for the answer before its next webhook. */
  | { readonly kind: 'closed'; readonly senders: number }
  /** So many webhooks a second, whatever becomes of those before. */
  | { readonly kind: 'open'; readonly perSecond: number };

/** Sends the webhooks of these pull requests and resolves when all of them are answered. */
export async function deliver(port: number, indices: readonly number[], loop: Loop): Promise<readonly Delivery[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: loop.kind === 'closed' ? loop.senders : 500 });
  try {
    return loop.kind === 'closed'
      ? await inClosedLoop(port, indices, loop.senders, agent)
      : await inOpenLoop(port, indices, loop.perSecond, agent);
  } finally {
    agent.destroy();
  }
}

async function inClosedLoop(port: number, indices: readonly number[], senders: number, agent: Agent) {
  const waiting = indices.values();
  const deliveries: Delivery[] = [];
  const sender = async () => {
    for (const index of waiting) deliveries.push(await send(port, index, now(), agent));
  };
  await Promise.all(Array.from({ length: senders }, sender));
  return deliveries;
}

async function inOpenLoop(port: number, indices: readonly number[], perSecond: number, agent: Agent) {
  const start = now();
  const running: Promise<Delivery>[] = [];
  for (const [at, index] of indices.entries()) {
    const due = start + (at * 1000) / perSecond;
    const early = due - now();
    if (early > 0) await sleep(early);
    running.push(send(port, index, due, agent));
  }
  return Promise.all(running);
}

function send(port: number, index: number, from: number, agent: Agent): Promise<Delivery> {
  const { body, headers } = webhookOf(index, secret);
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path: '/api/github/webhooks', method: 'POST', headers, agent };
    const outgoing = request(options, (response) => {
      response.resume();
      response.once('end', () => resolve({ index, from, answeredAt: now(), status: response.statusCode ?? 0 }));
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}
