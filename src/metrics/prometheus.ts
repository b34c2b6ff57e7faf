// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { collectDefaultMetrics, Registry } from 'prom-client';
import type { InboxStats } from '../inbox/inbox.ts';
import { gitHubMetrics } from './github.ts';
import { inboxMetrics } from './inbox.ts';
import { lookMetrics } from './looks.ts';
import type { Observer } from './observer.ts';
import { webhookMetrics } from './webhooks.ts';

/** Figures as Prometheus reads them. */
export interface PrometheusMetrics {
  readonly observer: Observer;
  /** Of `text`. */
  readonly contentType: string;
  /** The figures as they are now, with those of the inbox. */
  text(stats: () => Promise<InboxStats>): Promise<string>;
}

/** In a registry of their own, so that two Apps in one process don't mix their figures. */
export function createPrometheusMetrics(): PrometheusMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const refreshInbox = inboxMetrics(registry);
  return {
    observer: { ...webhookMetrics(registry), ...lookMetrics(registry), ...gitHubMetrics(registry) },
    contentType: registry.contentType,
    text: async (stats) => {
      await refreshInbox(stats);
      return registry.metrics();
    },
  };
}
