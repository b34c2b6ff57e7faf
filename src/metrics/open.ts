// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Server } from 'node:http';
import type { Logger } from 'pino';
import type { InboxStats } from '../inbox/inbox.ts';
import { createMetricsServer } from '../server/metrics-server.ts';
import { type Observer, unobserved } from './observer.ts';

/** Figures, and the address at which they are read. */
export interface Metrics {
  readonly observer: Observer;
  /** Starts to answer; `stats` and `ready` are asked anew each time. */
  listen(stats: () => Promise<InboxStats>, ready: () => Promise<boolean>): Promise<void>;
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
  const { createPrometheusMetrics } = await import('./prometheus.ts');
  const { observer, contentType, text } = createPrometheusMetrics();
  let server: Server | null = null;
  return {
    observer,
    listen: async (stats, ready) => {
      const listening = createMetricsServer({ contentType, text: () => text(stats), ready, log });
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
