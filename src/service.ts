// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { Probot } from 'probot';
import { countersign } from './app.ts';
import { type Configuration, ConfigurationError, type Credentials } from './configuration.ts';
import { octokitWith } from './github/client.ts';
import { classify } from './github/errors.ts';
import { createLimiter, type Limits } from './github/limiter.ts';
import { createPolicyResolver, type PolicyResolver } from './policy/cache.ts';
import { loadPresets } from './policy/presets.ts';
import { createAppServer } from './server/server.ts';
import { openStorage } from './storage/storage.ts';
import { createRecorder } from './worker/record.ts';
import { createWorker } from './worker/worker.ts';

/** How long one request to GitHub may take, in milliseconds; GitHub itself ends a query after ten seconds. */
const requestTimeout = 30_000;
/** How long the requests that run may go on after a stop was asked for. */
const stopDeadline = 20_000;

export interface Service {
  /** Where webhooks go. */
  readonly url: string;
  /** Subjects that wait to be looked at or are being looked at. */
  pending(): Promise<number>;
  /** Policy files parsed since the start; unchanged ones are not parsed again. */
  policiesParsed(): number;
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
  const limiter = createLimiter(limits);
  const probot = new Probot({
    appId: credentials.appId,
    privateKey: credentials.privateKey,
    secret: credentials.webhookSecret,
    baseUrl: configuration.apiUrl,
    Octokit: octokitWith(limiter),
    request: { fetch: fetchWithTimeout },
    log: log.child({ name: 'probot' }),
  } as ConstructorParameters<typeof Probot>[0]);
  await probot.ready();
  const storage = await openStorage(configuration.storage, {
    onError: (error, { subject, deliveryId }) =>
      log.error(
        { err: error, delivery: deliveryId, subject },
        'the worker failed, given up: see countersign inbox list',
      ),
    onFailure: ({ message }) =>
      log.error({ why: message }, 'the storage fails; it goes on by itself when it can be used again'),
  });
  const { inbox } = storage;
  const { role } = configuration;
  countersign(probot, inbox);
  const look = createWorker({
    inbox,
    leases: storage.leases,
    ledger: storage.ledger,
    log,
    host: configuration.host,
    appId: credentials.appId,
    resolvePolicy: resolver.resolve,
    record: configuration.record === null ? null : createRecorder(configuration.record, log),
    clientFor: (installationId) => probot.auth(installationId),
  });
  if (role !== 'web') inbox.work(look, configuration.concurrency);

  let stopping = false;
  const server = createAppServer({
    webhooks: probot.webhooks,
    log,
    webhookPath: role === 'worker' ? null : configuration.webhookPath,
    ready: () => !stopping,
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(configuration.listen, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://${configuration.listen.host}:${port}${configuration.webhookPath}`;
  const { apiUrl, defaultPolicy } = configuration;
  const ready = role === 'worker' ? 'ready to look at pull requests' : 'ready for webhooks';
  log.info({ url, role, github: apiUrl, defaultPolicy, storage: storage.where }, ready);
  void greet(probot, log);

  return {
    url,
    pending: async () => (await inbox.stats()).depth,
    policiesParsed: () => resolver.parses,
    stop: async () => {
      stopping = true;
      server.close();
      server.closeIdleConnections();
      try {
        await inbox.stop(stopDeadline);
      } finally {
        limiter.close();
        server.closeAllConnections();
        await storage.close();
      }
    },
  };
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

/** Without a limit of its own a request could hang for minutes while its entry waits. */
function fetchWithTimeout(url: string | URL, options: RequestInit = {}): Promise<Response> {
  const timeout = AbortSignal.timeout(requestTimeout);
  const signal = options.signal == null ? timeout : AbortSignal.any([options.signal, timeout]);
  return fetch(url, { ...options, signal });
}
