// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { InboxStats } from '../../src/inbox/inbox.ts';
import { createServiceFigures, createWorkerFigures } from '../../src/metrics/prometheus.ts';

/** Everything that the App counts, of both its roles. */
export function createFigures() {
  const service = createServiceFigures();
  const worker = createWorkerFigures();
  return {
    observer: { ...service.observer, ...worker.observer },
    text: (stats: () => Promise<InboxStats>) => service.text(stats, worker.text),
  };
}
