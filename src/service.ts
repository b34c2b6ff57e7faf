// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { createReceiver } from './app.ts';
import type { Configuration, Credentials } from './configuration.ts';
import { openMetrics } from './metrics/open.ts';
import type { WorkerOptions, WorkerRole } from './roles/worker.ts';
import { addressOf } from './server/address.ts';
import { createAppServer } from './server/server.ts';
import { openStorage, type Storage } from './storage/storage.ts';

/** How long the looks that run may go on after a stop was asked for. */
const stopDeadline = 20_000;

export interface Service<Worker = WorkerRole> {
  /** Where webhooks go. */
  readonly url: string;
  /** null where another process has that role. */
  readonly worker: Worker | null;
  /** Subjects that wait to be looked at or are being looked at. */
  pending(): Promise<number>;
  /** Takes no more webhooks and resolves when what runs has ended. */
  stop(): Promise<void>;
}

/** What a service is started with; what plays the role `worker` is `startWorkerThread` or `startWorkerHere`. */
export interface ServiceOptions<Worker> {
  readonly configuration: Configuration;
  readonly credentials: Credentials;
  readonly log: Logger;
  readonly startWorker: (options: WorkerOptions) => Promise<Worker>;
}

/** Starts the roles of this process. Resolves once webhooks are taken and looked at. */
export async function startService<Worker extends WorkerRole>(
  options: ServiceOptions<Worker>,
): Promise<Service<Worker>> {
  const closing = new AsyncDisposableStack();
  try {
    return await start(options, closing);
  } catch (error) {
    await closing.disposeAsync();
    throw error;
  }
}

/** `closing`: what has to be closed at the end, the last first. */
async function start<Worker extends WorkerRole>(
  { configuration, credentials, log, startWorker }: ServiceOptions<Worker>,
  closing: AsyncDisposableStack,
): Promise<Service<Worker>> {
  const { role } = configuration;
  const storage = await openLoggedStorage(configuration, log);
  closing.defer(() => storage.close());
  const { inbox, ledger } = storage;
  const metrics = await openMetrics(configuration.metrics, log);
  closing.defer(() => metrics.close());

  let stopping = false;
  let worker: Worker | null = null;
  const ready = async () => !stopping && (await inbox.writable());
  await metrics.listen({ stats: () => inbox.stats(), ready, workers: async () => (await worker?.figures()) ?? '' });
  const server = createAppServer({
    receive: createReceiver(inbox, log),
    secrets: credentials.webhookSecrets,
    log,
    webhookPath: role === 'worker' ? null : configuration.webhookPath,
    stopping: () => stopping,
    ready,
    observer: metrics.observer,
  });
  closing.defer(() => {
    server.close();
    server.closeAllConnections();
  });
  // Webhooks are stored while the other role still starts.
  const url = await listen(server, configuration);
  if (role !== 'web') {
    worker = await startWorker({ configuration, credentials, log, inbox, ledger });
    closing.defer(() => worker?.close());
    inbox.work(worker.handle, configuration.concurrency);
  }
  const { apiUrl, defaultPolicy } = configuration;
  const readyFor = role === 'worker' ? 'ready to look at pull requests' : 'ready for webhooks';
  log.info({ url, role, github: apiUrl, defaultPolicy, storage: storage.where }, readyFor);

  return {
    url,
    worker,
    pending: async () => (await inbox.stats()).depth,
    stop: async () => {
      stopping = true;
      server.close();
      server.closeIdleConnections();
      try {
        await Promise.all([inbox.stop(stopDeadline), worker?.stop()]);
      } finally {
        await closing.disposeAsync();
      }
    },
  };
}

function openLoggedStorage({ storage }: Configuration, log: Logger): Promise<Storage> {
  return openStorage(storage, {
    onError: (error, { subject, deliveryId }) =>
      log.error(
        { err: error, delivery: deliveryId, subject },
        'the worker failed, given up: see countersign inbox list',
      ),
    onFailure: ({ message }) =>
      log.error({ why: message }, 'the storage fails; it goes on by itself when it can be used again'),
  });
}

/** Resolves with the address that webhooks go to. */
async function listen(server: Server, { listen: where, webhookPath }: Configuration): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(where, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return addressOf({ host: where.host, port }) + webhookPath;
}
