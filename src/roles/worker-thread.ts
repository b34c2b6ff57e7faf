// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type MessagePort, parentPort } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import { createLog } from '../log.ts';
import { type StopTracing, startTracing } from '../tracing/start.ts';
import { giveWay } from './give-way.ts';
import { channelOver, type InMain, type InThread } from './thread-calls.ts';
import { startWorkerHere, type WorkerRole } from './worker.ts';

/** Runs in a thread of its own, see in-thread.ts: the role `worker`, with inbox and ledger over there. */
const port = parentPort as MessagePort;
let worker: WorkerRole | null = null;
let stopTracing: StopTracing = async () => {};
giveWay();

const main = createBirpc<InMain, InThread>(
  {
    start: async (settings) => {
      const log = createLog(settings.configuration.log);
      stopTracing = await startTracing(process.env);
      worker = await startWorkerHere({
        ...settings,
        log,
        inbox: { put: (subject, hint) => main.put(subject, hint) },
        ledger: { record: (account) => main.record(account) },
      });
    },
    handle: (entry) => started().handle(entry),
    figures: () => started().figures(),
    ping: async () => {},
    stop: () => started().stop(),
    close: async () => {
      await started().close();
      await stopTracing();
    },
  },
  channelOver(port),
);

function started(): WorkerRole {
  if (worker === null) throw new Error('the thread has not been started');
  return worker;
}
