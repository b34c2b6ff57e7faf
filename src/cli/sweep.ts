// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Configuration, type Credentials, readConfiguration } from '../configuration.ts';
import { handles } from '../events.ts';
import { classify } from '../github/errors.ts';
import { createLimiter } from '../github/limiter.ts';
import { createLog } from '../log.ts';
import { createProbot } from '../probot.ts';
import { renderSweep } from '../report/sweep.ts';
import { startWorkerHere } from '../roles/worker.ts';
import { startService } from '../service.ts';
import { connectPostgres, type Database, told as toldOfDatabase } from '../storage/postgres.ts';
import { databaseIn, openExisting } from '../storage/sqlite.ts';
import { createMemoryNotebook, type Notebook } from '../sweep/notes.ts';
import { createPostgresNotebook } from '../sweep/postgres-notebook.ts';
import { createSqliteNotebook } from '../sweep/sqlite-notebook.ts';
import type { SweepReport } from '../sweep/sweep-report.ts';
import { createAppSweeper } from '../sweep/sweeper-of-app.ts';
import { UserError } from './user-error.ts';

interface SweepOptions {
  readonly dryRun?: boolean;
  readonly all?: boolean;
  readonly share?: number;
  readonly format: 'text' | 'json';
}

type Settings = Omit<Configuration, 'credentials'> & { readonly credentials: Credentials };

/** `countersign sweep`: 0 where every installation could be swept, 2 where one could not be. */
export async function sweep({ dryRun = false, all = false, share, format }: SweepOptions): Promise<number> {
  const settings = readSettings(share);
  const report = await told(() => (dryRun ? wouldDo(settings, all) : doOnce(settings, all)));
  process.stdout.write(renderSweep(report, format, dryRun));
  const failed = report.deliveriesFailed !== null || report.installations.some(({ outcome }) => outcome === 'failed');
  return failed ? 2 : 0;
}

/** The App's own settings, from the environment or a file .env, but for its regular sweeps and where it listens. */
function readSettings(share: number | undefined): Settings {
  try {
    process.loadEnvFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const { credentials, ...rest } = told(() => readConfiguration(process.env, false));
  if (credentials === null) {
    throw new UserError(
      'APP_ID, and PRIVATE_KEY or PRIVATE_KEY_PATH, are not set. A sweep speaks as the App: give it the same environment.',
    );
  }
  return {
    ...rest,
    credentials,
    role: 'all',
    // The App that runs beside it has that address.
    metrics: null,
    listen: { host: '127.0.0.1', port: 0 },
    sweep: { interval: 0, share: share ?? rest.sweep.share },
  };
}

/** Runs it, and tells in words of the user's what is theirs to mend. */
function told<Result>(run: () => Result): Result {
  try {
    const result = run();
    return result instanceof Promise ? (result.catch(retell) as Result) : result;
  } catch (error) {
    return retell(error);
  }
}

function retell(error: unknown): never {
  const { name, message } = error as Error;
  if (name === 'ConfigurationError' || name === 'StorageError') throw new UserError(message);
  const { kind, why } = classify(error, Date.now());
  throw kind === 'unexpected' ? error : new UserError(`GitHub does not answer for this App: ${why}`);
}

async function wouldDo({ credentials, ...configuration }: Settings, everything: boolean): Promise<SweepReport> {
  const limiter = createLimiter();
  const { notebook, close } = await existingNotebook(configuration);
  try {
    const probot = await createProbot(configuration, credentials, limiter, quiet());
    const sweeper = createAppSweeper({
      appId: credentials.appId,
      auth: (installationId) => probot.auth(installationId),
      inbox: { put: async () => {} },
      notebook,
      log: quiet(),
      handles,
      settings: configuration.sweep,
      dryRun: true,
    });
    return await sweeper.sweep(new AbortController().signal, { everything, reachable: true });
  } finally {
    limiter.close();
    await close();
  }
}

/** What the App's last sweep has noted, so that this one is the next; nothing where the App has never run. */
async function existingNotebook({
  storage,
}: Pick<Configuration, 'storage'>): Promise<{ readonly notebook: Notebook; close(): Promise<void> }> {
  if (storage.kind === 'postgres') {
    const database = connectPostgres(storage.url);
    const close = () => database.close();
    try {
      return {
        notebook: (await hasNotes(database)) ? createPostgresNotebook(database) : createMemoryNotebook(),
        close,
      };
    } catch (error) {
      await close();
      throw error;
    }
  }
  if (!existsSync(databaseIn(storage.folder))) return { notebook: createMemoryNotebook(), close: async () => {} };
  const database = openExisting(storage.folder);
  return { notebook: createSqliteNotebook(database), close: async () => database.close() };
}

/** Whether the App has made its tables. Throws StorageError. */
async function hasNotes(database: Database): Promise<boolean> {
  const question = "SELECT to_regclass('countersign.note') IS NOT NULL AS made";
  const [row] = await toldOfDatabase(() => database.query(question));
  return row?.made === true;
}

/** The App for the time of one sweep, without an address that GitHub knows. */
async function doOnce(settings: Settings, everything: boolean): Promise<SweepReport> {
  const service = await startService({
    configuration: settings,
    credentials: settings.credentials,
    log: quiet(),
    startWorker: (options) => startWorkerHere({ ...options, byHand: true }),
  });
  // The folder was free, so that the App does not run; a database has others that take webhooks and do the work.
  const alone = settings.storage.kind === 'sqlite';
  try {
    const { worker } = service;
    if (worker === null) throw new Error('without the role worker nothing sweeps');
    const report = await worker.sweep({ everything, reachable: !alone });
    while (alone && (await service.pending()) > 0) await sleep(100);
    return report;
  } finally {
    await service.stop();
  }
}

/** Only what is wrong, to standard error, where it does not mix with the result. */
function quiet() {
  return createLog({ level: 'warn', pretty: process.stderr.isTTY === true }, process.stderr);
}
