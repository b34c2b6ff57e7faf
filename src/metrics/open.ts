// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Server } from 'node:http';
import type { Logger } from 'pino';
import type { InboxStats } from '../inbox/inbox.ts';
import { createMetricsServer } from '../server/metrics-server.ts';
import { type ServiceObserver, unobserved } from './observer.ts';
import type { WorkerFigures } from './prometheus.ts';

/** What is asked anew each time that figures are read. */
export interface Sources {
  readonly stats: () => Promise<InboxStats>;
  readonly ready: () => Promise<boolean>;
  /** Figures of those who look at pull requests. */
  readonly workers: () => Promise<string>;
}

/** Figures, and the address at which they are read. */
export interface Metrics {
  readonly observer: ServiceObserver;
  /** Starts to answer. */
  listen(sources: Sources): Promise<void>;
  close(): void;
}

/**
 * Without an address no figures are kept, and what would count them isn't even loaded. Throws what `listen` throws
 * where the address is taken.
 */
export async function openMetrics(
  address: { readonly host: string; readonly port: number } | null,
  log: Logger,
): Promise<Metrics> {
  if (address === null) return { observer: unobserved, listen: async () => {}, close: () => {} };
  const { createServiceFigures } = await import('./prometheus.ts');
  const { observer, contentType, text } = createServiceFigures();
  let server: Server | null = null;
  return {
    observer,
    listen: async ({ stats, ready, workers }) => {
      const listening = createMetricsServer({ contentType, text: () => text(stats, workers), ready, log });
      server = listening;
      await new Promise<void>((resolve, reject) => {
        listening.once('error', reject);
        listening.listen(address, resolve);
      });
      log.info({ metrics: listening.address() }, 'figures can be read');
    },
    close: () => {
      server?.close();
      server?.closeAllConnections();
    },
  };
}

/** The figures of those who look at pull requests; empty where nobody reads them. */
export async function openWorkerFigures(wanted: boolean): Promise<WorkerFigures> {
  if (!wanted) return { observer: unobserved, text: async () => '' };
  const { createWorkerFigures } = await import('./prometheus.ts');
  return createWorkerFigures();
}
