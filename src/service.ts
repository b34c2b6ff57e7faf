// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Probot } from 'probot';
import { countersign } from './app.ts';
import { type Configuration, ConfigurationError, type Credentials } from './configuration.ts';
import { handles } from './events.ts';
import { createClients } from './github/clients.ts';
import { classify } from './github/errors.ts';
import { createExtendedReader, type ExtendedReader, findInstallation } from './github/extended.ts';
import { createLimiter } from './github/limiter.ts';
import type { Limits } from './github/limits.ts';
import { openMetrics } from './metrics/open.ts';
import { createPolicyResolver, type PolicyResolver } from './policy/cache.ts';
import { loadPresets } from './policy/presets.ts';
import { createProbot } from './probot.ts';
import { createAppServer } from './server/server.ts';
import { openStorage } from './storage/storage.ts';
import { startSweeping } from './sweep/schedule.ts';
import type { Extent } from './sweep/sweep.ts';
import type { SweepReport } from './sweep/sweep-report.ts';
import { createAppSweeper } from './sweep/sweeper-of-app.ts';
import { startWeekly, type Weekly } from './weekly/weekly.ts';
import { createPolicies } from './worker/policies.ts';
import { createRecorder } from './worker/record.ts';
import { createWorker } from './worker/worker.ts';

/** How long the requests that run may go on after a stop was asked for. */
const stopDeadline = 20_000;

export interface Service {
  /** Where webhooks go. */
  readonly url: string;
  /** Subjects that wait to be looked at or are being looked at. */
  pending(): Promise<number>;
  /** Policy files parsed since the start; unchanged ones are not parsed again. */
  policiesParsed(): number;
  /** The weekly report on what repositories carry, where their policies ask for it; null where another process makes it. */
  readonly weekly: Weekly | null;
  /** One sweep, whoever else sweeps. */
  sweep(extent: Extent): Promise<SweepReport>;
  /** Takes no more webhooks and resolves when what runs has ended. */
  stop(): Promise<void>;
}

/** Starts server, inbox and workers. Resolves once webhooks are taken. */
export async function startService(
  configuration: Configuration,
  credentials: Credentials,
  log: Logger,
  limits?: Limits,
): Promise<Service> {
  const resolver = resolverWith(configuration.defaultPolicy);
  const metrics = await openMetrics(configuration.metrics, log);
  const storage = await openStorage(configuration.storage, {
    onError: (error, { subject, deliveryId }) =>
      log.error(
        { err: error, delivery: deliveryId, subject },
        'the worker failed, given up: see countersign inbox list',
      ),
    onFailure: ({ message }) =>
      log.error({ why: message }, 'the storage fails; it goes on by itself when it can be used again'),
  });
  const limiter = createLimiter(limits, metrics.observer, storage.counterFor);
  const probot = await createProbot(configuration, credentials, limiter, log);
  const { inbox } = storage;
  const { role } = configuration;
  countersign(probot, inbox);
  const policies = createPolicies(resolver, extendedReader(probot));
  const look = createWorker({
    inbox,
    leases: storage.leases,
    ledger: storage.ledger,
    log,
    host: configuration.host,
    appId: credentials.appId,
    policies,
    record: configuration.record === null ? null : createRecorder(configuration.record, log),
    clientFor: createClients((installationId) => probot.auth(installationId)),
    observer: metrics.observer,
  });
  if (role !== 'web') inbox.work(look, configuration.concurrency);

  const reporting = {
    log,
    host: configuration.host,
    appId: credentials.appId,
    policies,
    clientFor: (installationId?: number) => probot.auth(installationId),
    leases: storage.leases,
  };
  const weekly = role === 'web' ? null : startWeekly(reporting);

  let stopping = false;
  const ready = async () => !stopping && (await inbox.writable());
  await metrics.listen(() => inbox.stats(), ready);
  const server = createAppServer({
    receive: (webhook) => probot.webhooks.receive(webhook as Parameters<typeof probot.webhooks.receive>[0]),
    secrets: credentials.webhookSecrets,
    log,
    webhookPath: role === 'worker' ? null : configuration.webhookPath,
    stopping: () => stopping,
    ready,
    observer: metrics.observer,
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(configuration.listen, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://${configuration.listen.host}:${port}${configuration.webhookPath}`;
  const { apiUrl, defaultPolicy } = configuration;
  const readyFor = role === 'worker' ? 'ready to look at pull requests' : 'ready for webhooks';
  log.info({ url, role, github: apiUrl, defaultPolicy, storage: storage.where }, readyFor);
  void greet(probot, log);
  const sweeper = createAppSweeper({
    appId: credentials.appId,
    auth: (installationId) => probot.auth(installationId),
    inbox,
    notebook: storage.notebook,
    log,
    handles,
    settings: configuration.sweep,
  });
  const { interval } = configuration.sweep;
  const sweeps = interval > 0 && role !== 'web';
  const sweeping = sweeps ? startSweeping({ sweeper, leases: storage.leases, log, interval }) : null;

  return {
    url,
    pending: async () => (await inbox.stats()).depth,
    policiesParsed: () => resolver.parses,
    weekly,
    sweep: (extent) => sweeper.sweep(new AbortController().signal, extent),
    stop: async () => {
      stopping = true;
      weekly?.stop();
      server.close();
      server.closeIdleConnections();
      try {
        // A sweep that GitHub does not answer takes nothing from the time of those who wait.
        const swept = Promise.race([sweeping?.stop(), sleep(stopDeadline, undefined, { ref: false })]);
        await Promise.all([inbox.stop(stopDeadline), swept]);
      } finally {
        limiter.close();
        server.closeAllConnections();
        metrics.close();
        await storage.close();
      }
    },
  };
}

/** Files of other accounts are read through the App's own installations there. */
function extendedReader(probot: Probot): ExtendedReader {
  return createExtendedReader(async (repository) => {
    const installationId = await findInstallation(await probot.auth(), repository);
    return installationId === null ? null : probot.auth(installationId);
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
