// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { collectDefaultMetrics, Registry } from 'prom-client';
import type { InboxStats } from '../inbox/inbox.ts';
import { gitHubMetrics } from './github.ts';
import { inboxMetrics } from './inbox.ts';
import { lookMetrics } from './looks.ts';
import type { ServiceObserver, WorkerSideObserver } from './observer.ts';
import { sweepMetrics } from './sweeps.ts';
import { webhookMetrics } from './webhooks.ts';

/** Figures as Prometheus reads them: of the process, of webhooks and of the inbox. */
export interface ServiceFigures {
  readonly observer: ServiceObserver;
  /** Of `text`. */
  readonly contentType: string;
  /** The figures as they are now, with those of the inbox, and with what `workers` says in the same form. */
  text(stats: () => Promise<InboxStats>, workers: () => Promise<string>): Promise<string>;
}

/** The same of looks, of sweeps and of requests to GitHub, perhaps in another thread. */
export interface WorkerFigures {
  readonly observer: WorkerSideObserver;
  text(): Promise<string>;
}

/** In a registry of their own, so that two Apps in one process don't mix their figures. */
export function createServiceFigures(): ServiceFigures {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const refreshInbox = inboxMetrics(registry);
  return {
    observer: webhookMetrics(registry),
    contentType: registry.contentType,
    text: async (stats, workers) => {
      // What cannot be had must not take every other figure with it.
      const [others] = await Promise.all([workers().catch(() => ''), refreshInbox(stats)]);
      return `${await registry.metrics()}${others}`;
    },
  };
}

/** No figure of theirs has the name of one of the service's. */
export function createWorkerFigures(): WorkerFigures {
  const registry = new Registry();
  return {
    observer: { ...lookMetrics(registry), ...gitHubMetrics(registry), ...sweepMetrics(registry) },
    text: () => registry.metrics(),
  };
}
