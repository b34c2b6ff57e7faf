// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { RequestObserver } from '../github/limiter.ts';
import type { WebhookObserver } from '../server/server.ts';
import type { SweepObserver } from '../sweep/sweeper-of-app.ts';
import type { WorkerObserver } from '../worker/worker.ts';

/** Whoever counts: told of everything that is worth a figure, says nothing back. */
export type ServiceObserver = WebhookObserver;
export interface WorkerSideObserver extends WorkerObserver, RequestObserver, SweepObserver {}

/** Where nobody reads figures, none are kept. */
export const unobserved: ServiceObserver & WorkerSideObserver = {
  webhook: () => {},
  attempted: () => {},
  answered: () => {},
  budget: () => {},
  held: () => {},
  swept: () => {},
};
