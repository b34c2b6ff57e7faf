// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { Counter, Histogram, type Registry } from 'prom-client';
import { handledEvents } from '../events.ts';
import type { WebhookObserver } from '../server/server.ts';

/** In seconds. GitHub waits for ten. */
const buckets = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5, 10];

const events = new Set([...handledEvents.map((name) => name.split('.', 1)[0]), 'ping']);
const results: Readonly<Record<number, string>> = {
  200: 'stored',
  400: 'malformed',
  401: 'unsigned',
  413: 'too-large',
  415: 'malformed',
  503: 'busy',
};

/** Webhooks, by what became of them. */
export function webhookMetrics(registry: Registry): WebhookObserver {
  const registers = [registry];
  const answered = new Counter({
    name: 'countersign_webhooks_total',
    help: 'Webhooks answered, by event and result.',
    labelNames: ['event', 'result'],
    registers,
  });
  const seconds = new Histogram({
    name: 'countersign_webhook_answer_seconds',
    help: 'From the head of a request with a webhook to its answer, where it was stored.',
    buckets,
    registers,
  });
  // An increase shows only in what was seen before: without a zero, an alert would miss the first that fails.
  for (const event of events) for (const result of ['stored', 'failed']) answered.inc({ event, result }, 0);
  for (const result of ['unsigned', 'malformed', 'too-large', 'busy']) answered.inc({ event: 'other', result }, 0);
  return {
    webhook: (webhook) => {
      answered.inc({ event: eventOf(webhook.event), result: results[webhook.status] ?? 'failed' });
      if (webhook.status === 200) seconds.observe(webhook.seconds);
    },
  };
}

/** Whoever sends a request chooses what it says its event is; a label for each would fill the memory. */
function eventOf(event: string | null): string {
  return event !== null && events.has(event) ? event : 'other';
}
