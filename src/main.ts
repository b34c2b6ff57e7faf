// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { parseArgs } from 'node:util';
import type { Logger } from 'pino';

import { readConfiguration } from './configuration.ts';
import { createLog } from './log.ts';
import { startWorkerThread } from './roles/in-thread.ts';
import { type Service, startService } from './service.ts';
import { type StopTracing, startTracing } from './tracing/start.ts';

const usage = `Usage: npm start [-- [--role ROLE] [--record DIR]]

Starts the Countersign GitHub App. Settings come from the environment, or from a file .env in this directory;
docs/operations.md lists them. Without APP_ID and PRIVATE_KEY, a page opens that creates the App on GitHub.

  --role ROLE    web: only take webhooks; worker: only look at pull requests; all (the default): both.
                 web and worker need DATABASE_URL
  --record DIR   keep every contribution that is judged, for countersign evaluate
  --help         show this`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { role: { type: 'string' }, record: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  loadEnvFile();
  const env = {
    ...process.env,
    ...(values.role !== undefined && { COUNTERSIGN_ROLE: values.role }),
    ...(values.record !== undefined && { COUNTERSIGN_RECORD: values.record }),
  };
  const configuration = readConfiguration(env, process.stdout.isTTY === true);
  const log = createLog(configuration.log);
  if (configuration.credentials === null) {
    // Only for whoever has no App yet.
    const { startSetup } = await import('./setup.ts');
    await startSetup(configuration, log);
    return;
  }
  const stopTracing = await startTracing(env);
  const { credentials } = configuration;
  const starting = startService({ configuration, credentials, log, startWorker: startWorkerThread });
  // Heard from the first moment: what is told to stop while it starts has taken webhooks already.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'stopping');
      void end(starting, stopTracing, log);
    });
  }
  await starting;
}

/** What the log holds is written already: it is written as it is said. A second signal ends the process at once. */
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

/** Variables that are set already win over the file's. */
function loadEnvFile(): void {
  try {
    process.loadEnvFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

try {
  await main();
} catch (error) {
  const { code, name, message } = error as NodeJS.ErrnoException;
  const expected =
    name === 'ConfigurationError' || name === 'StorageError' || /^(?:E[A-Z]+$|ERR_PARSE_ARGS)/.test(code ?? '');
  const misused = code?.startsWith('ERR_PARSE_ARGS') === true;
  // What a person can mend gets a sentence; anything else is a mistake of ours and gets its trace.
  if (expected === true) console.error(`countersign: ${message}${misused ? `\n\n${usage}` : ''}`);
  else console.error(error);
  process.exit(misused || name === 'ConfigurationError' ? 2 : 1);
}
