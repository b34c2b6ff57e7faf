// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Logger } from 'pino';
import { readConfiguration } from './configuration.ts';
import { createLog } from './log.ts';
import { type PreparedThread, startWorkerThread } from './roles/in-thread.ts';
import { type Service, startService } from './service.ts';
import { onStop } from './stop-signals.ts';
import { type StopTracing, startTracing } from './tracing/start.ts';

/**
 * Starts the App that the environment describes, or the set-up flow where it describes none yet. `thread` is for the role
 * `worker`. Throws ConfigurationError, StorageError, and what `listen` throws.
 */
export async function start(env: NodeJS.ProcessEnv, thread: PreparedThread | null): Promise<void> {
  const configuration = readConfiguration(env, process.stdout.isTTY === true);
  const { credentials } = configuration;
  const log = createLog(configuration.log);
  if (credentials === null) {
    await thread?.discard();
    // Only for whoever has no App yet.
    const { startSetup } = await import('./setup.ts');
    await startSetup(configuration, log);
    return;
  }
  const stopTracing = await startTracing(env);
  const startWorker = thread?.startWorker ?? startWorkerThread;
  const starting = startService({ configuration, credentials, log, startWorker });
  // Heard from the first moment: what is told to stop while it starts has taken webhooks already.
  onStop((signal) => {
    log.info({ signal }, 'stopping');
    void end(starting, stopTracing, log);
  });
  await starting;
}

/** What the log holds is written already: it is written as it is said. */
async function end(starting: Promise<Service>, stopTracing: StopTracing, log: Logger): Promise<never> {
  const stopping = starting.then((service) => service.stop());
  const failure = await stopping.then(
    () => null,
    (error: Error) => error,
  );
  if (failure !== null) log.error({ why: failure.message }, 'stopped before everything was done');
  await stopTracing();
  process.exit(failure === null ? 0 : 1);
}
