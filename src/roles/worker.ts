// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Logger } from 'pino';
import type { Probot } from 'probot';
import { type Configuration, ConfigurationError, type Credentials } from '../configuration.ts';
import { createNoter } from '../dependents/dependents.ts';
import { handles } from '../events.ts';
import { createClients } from '../github/clients.ts';
import { classify } from '../github/errors.ts';
import { createExtendedReader, type ExtendedReader, findInstallation } from '../github/extended.ts';
import { createLimiter } from '../github/limiter.ts';
import type { Limits } from '../github/limits.ts';
import type { Handler, Inbox } from '../inbox/inbox.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { openWorkerFigures } from '../metrics/open.ts';
import { createPolicyResolver, type PolicyResolver } from '../policy/cache.ts';
import { loadPresets } from '../policy/presets.ts';
import { createProbot } from '../probot.ts';
import { openWorkerStorage } from '../storage/worker-storage.ts';
import { startSweeping } from '../sweep/schedule.ts';
import type { Extent } from '../sweep/sweep.ts';
import type { SweepReport } from '../sweep/sweep-report.ts';
import { createAppSweeper } from '../sweep/sweeper-of-app.ts';
import { startWeekly, type Weekly } from '../weekly/weekly.ts';
import type { Waits } from '../worker/backoff.ts';
import { createPolicies } from '../worker/policies.ts';
import { createRecorder } from '../worker/record.ts';
import { createWorker } from '../worker/worker.ts';

/** What the role `worker` works with. */
export interface WorkerOptions {
  readonly configuration: Configuration;
  readonly credentials: Credentials;
  readonly log: Logger;
  /** Of the storage that the service has opened. */
  readonly inbox: Pick<Inbox, 'put'>;
  readonly ledger: Pick<Ledger, 'record'>;
  /** GitHub's own unless told otherwise. */
  readonly limits?: Limits;
  /** The usual ones unless told otherwise. */
  readonly waits?: Waits;
  /** Where somebody wants a sweep and no more: nothing is done by the clock. */
  readonly byHand?: boolean;
}

/** Everything that asks GitHub: looks at what the inbox hands out, sweeps, and makes the weekly report. */
export interface WorkerRole {
  /** The inbox's handler. */
  readonly handle: Handler;
  /** As Prometheus reads them; empty where none are kept. */
  figures(): Promise<string>;
  /** Starts nothing new by itself, and resolves when what it had started by itself has stopped, or takes too long to. */
  stop(): Promise<void>;
  /** To be called once nothing is handed to it any more. */
  close(): Promise<void>;
}

/** The role in this thread, which can be asked more. */
export interface WorkerHere extends WorkerRole {
  /** Policy files parsed since the start; unchanged ones are not parsed again. */
  policiesParsed(): number;
  /** null where all is done by hand. */
  readonly weekly: Weekly | null;
  /** One sweep, whoever else sweeps. */
  sweep(extent: Extent): Promise<SweepReport>;
}

/** Starts the role in this thread. Throws ConfigurationError, StorageError. */
export async function startWorkerHere(options: WorkerOptions): Promise<WorkerHere> {
  const { configuration, credentials, log, inbox, ledger, limits, waits, byHand = false } = options;
  const resolver = resolverWith(configuration.defaultPolicy);
  const { observer, text } = await openWorkerFigures(configuration.metrics !== null);
  const storage = await openWorkerStorage(configuration.storage);
  const limiter = createLimiter(limits, observer, storage.counterFor);
  const probot = await createProbot(configuration, credentials, limiter, log);
  const asInstallation = createClients((installationId) => probot.auth(installationId));
  const clientFor = (installationId?: number) =>
    installationId === undefined ? probot.auth() : asInstallation(installationId);
  const common = {
    log,
    host: configuration.host,
    appId: credentials.appId,
    policies: createPolicies(resolver, extendedReader(clientFor), createNoter(storage.dependents)),
    clientFor,
    leases: storage.leases,
    notebook: storage.notebook,
  };
  void greet(probot, log);
  const sweeper = createAppSweeper({
    ...common,
    auth: clientFor,
    inbox,
    handles,
    settings: configuration.sweep,
    observer,
  });
  const { interval } = configuration.sweep;
  const sweeping = interval > 0 && !byHand ? startSweeping({ sweeper, leases: storage.leases, log, interval }) : null;
  const weekly = byHand ? null : startWeekly(common);
  const record = configuration.record === null ? null : createRecorder(configuration.record, log);
  return {
    handle: createWorker({
      ...common,
      dependents: storage.dependents,
      inbox,
      ledger,
      record,
      observer,
      ...(waits !== undefined && { waits }),
    }),
    figures: text,
    policiesParsed: () => resolver.parses,
    weekly,
    sweep: (extent) => sweeper.sweep(new AbortController().signal, extent),
    stop: async () => {
      await Promise.all([weekly?.stop(), sweeping?.stop()]);
    },
    close: async () => {
      limiter.close();
      await storage.close();
    },
  };
}

/** Files of other accounts are read through the App's own installations there. */
function extendedReader(clientFor: (installationId?: number) => ReturnType<Probot['auth']>): ExtendedReader {
  return createExtendedReader(async (repository) => {
    const installationId = await findInstallation(await clientFor(), repository);
    return installationId === null ? null : clientFor(installationId);
  });
}

/** The name of the preset is checked when the presets are there. */
function resolverWith(defaultPolicy: string): PolicyResolver {
  const presets = loadPresets();
  try {
    return createPolicyResolver(presets, defaultPolicy);
  } catch (error) {
    throw new ConfigurationError(`COUNTERSIGN_DEFAULT_POLICY: ${(error as Error).message}`);
  }
}

/** Says as whom the App runs, so that wrong credentials show at once and not with the first webhook. */
async function greet(probot: Probot, log: Logger): Promise<void> {
  try {
    const { data, headers } = await (await probot.auth()).request('GET /app');
    const version = headers['x-github-enterprise-version'];
    log.info(
      { app: data?.slug, ...(version === undefined ? {} : { enterpriseServer: version }) },
      'GitHub knows this App',
    );
  } catch (error) {
    log.error(
      { why: classify(error, Date.now()).why },
      'GitHub does not answer for this App: check APP_ID, PRIVATE_KEY, GHE_HOST and the network. Webhooks are taken and tried again.',
    );
  }
}
