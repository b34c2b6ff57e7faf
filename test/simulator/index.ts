// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createFaults, type Faults } from './faults.ts';
import type { Quirks } from './graphql/define.ts';
import { type RepositoryHandle, repositoryHandle } from './handles/repository.ts';
import { servePage } from './page/pages.ts';
import { createRateLimiter, gitHubLimits, type Limits, type RateLimiter } from './rate-limit.ts';
import { createRequestLog, type RequestLog } from './request-log.ts';
import { listen, type ServerParts } from './server/server.ts';
import { account, ensureAccount, type NewAccount } from './state/accounts.ts';
import { type AppOptions, createApp, install, select, suspend, uninstall, unsuspend } from './state/app.ts';
import type { Account, App, Installation } from './state/model.ts';
import { createRepository, type NewRepository } from './state/repositories.ts';
import { createWorld, type World } from './state/world.ts';
import { createTokens, type Tokens } from './tokens.ts';
import { createViolations, type Violations } from './violations.ts';
import { createPlan, type Plan } from './webhooks/plan.ts';
import { createWebhooks, type Webhooks } from './webhooks/webhooks.ts';

export interface SimulatorOptions {
  /** 0, any free port, unless given. */
  readonly port?: number;
  readonly app?: AppOptions;
  /** Seconds that an installation token lives; an hour unless given. */
  readonly tokenLifetime?: number;
  readonly limits?: Partial<Limits>;
  /** Whether the simulator's own answers and webhooks are checked against GitHub's schemas; off for benchmarks. */
  readonly validate?: boolean;
  /** For faults with a probability. */
  readonly seed?: number;
  /** The simulated GitHub's clock. */
  readonly now?: () => Date;
}

export interface InstallationHandle {
  readonly state: Installation;
  suspend(): Promise<void>;
  unsuspend(): Promise<void>;
  uninstall(): Promise<void>;
  select(action: 'added' | 'removed', repositories: readonly RepositoryHandle[]): Promise<void>;
}

export interface Simulator {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  readonly app: App;
  readonly world: World;
  readonly violations: Violations;
  readonly requests: RequestLog;
  readonly faults: Faults;
  readonly webhooks: Webhooks & { readonly plan: Plan };
  readonly tokens: Tokens;
  readonly limiter: RateLimiter;
  readonly quirks: Quirks;
  /** The environment that points Probot at this simulator. */
  environment(): Record<'GHE_HOST' | 'GHE_PROTOCOL' | 'APP_ID' | 'PRIVATE_KEY' | 'WEBHOOK_SECRET', string>;
  /** Where webhooks go from now on; null: nobody listens. */
  sendWebhooksTo(url: string | null): void;
  user(login: string, more?: Omit<NewAccount, 'members'>): Account;
  bot(login: string): Account;
  organization(login: string, more?: NewAccount): Account;
  /** Makes `owner/name`; the owner becomes an organisation where it isn't there yet. */
  repository(path: string, options?: NewRepository): RepositoryHandle;
  install(login: string, repositories?: 'all' | readonly RepositoryHandle[]): Promise<InstallationHandle>;
  ping(): Promise<void>;
  /** Ends everything and removes every file. */
  close(): Promise<void>;
}

function installationHandle(world: World, state: Installation): InstallationHandle {
  return {
    state,
    suspend: () => suspend(world, state, state.account),
    unsuspend: () => unsuspend(world, state, state.account),
    uninstall: () => uninstall(world, state, state.account),
    select: (action, repositories) =>
      select(
        world,
        state,
        action,
        repositories.map((one) => one.state),
      ),
  };
}

/** What a test says of the world, as `Simulator` offers it. */
function builders(world: World, app: App): Pick<Simulator, 'user' | 'bot' | 'organization' | 'repository' | 'install'> {
  return {
    user: (login, more) => ensureAccount(world, 'User', login, more),
    bot: (login) => ensureAccount(world, 'Bot', login),
    organization: (login, more) => ensureAccount(world, 'Organization', login, more),
    repository: (path, more) => repositoryHandle(world, createRepository(world, path, more)),
    async install(login, repositories = 'all') {
      const selected = repositories === 'all' ? 'all' : repositories.map((one) => one.state);
      return installationHandle(world, await install(world, app, account(world, login), selected));
    },
  };
}

function environmentOf(app: App, origin: string): ReturnType<Simulator['environment']> {
  return {
    GHE_HOST: new URL(origin).host,
    GHE_PROTOCOL: 'http',
    APP_ID: String(app.id),
    PRIVATE_KEY: app.privateKey,
    WEBHOOK_SECRET: app.webhookSecret,
  };
}

async function startIn(world: World, options: SimulatorOptions): Promise<Simulator> {
  const { seed = 1, validate = true } = options;
  const app = createApp(world, options.app ?? {});
  const violations = createViolations();
  const quirks: Quirks = {
    commitLimit: Number.POSITIVE_INFINITY,
    fileLimit: Number.POSITIVE_INFINITY,
    treeLimit: 100_000,
    botsAreNoCreators: false,
  };
  const limiter = createRateLimiter(world, { ...gitHubLimits, ...options.limits });
  const tokens = createTokens(world, () => options.tokenLifetime ?? 3600);
  const plan = createPlan(seed);
  const webhooks = createWebhooks(world, violations, plan, { seed, validate });
  const faults = createFaults(seed);
  const requests = createRequestLog();
  const services = { world, tokens, violations, webhooks, limiter, quirks };
  const page: ServerParts['page'] = (request, response, path) => servePage(world, request, response, path);
  const parts: ServerParts = { ...services, faults, log: requests, validateAnswers: validate, page };
  const { server, origin } = await listen(parts, options.port ?? 0);
  world.origin = origin;

  return {
    ...services,
    url: origin,
    app,
    requests,
    faults,
    webhooks: { ...webhooks, plan },
    ...builders(world, app),
    environment: () => environmentOf(app, origin),
    sendWebhooksTo(url) {
      app.webhookUrl = url;
    },
    ping: () => world.emit({ event: 'ping', sender: app.owner }),
    async close() {
      await webhooks.idle();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      world.close();
    },
  };
}

/** Starts a GitHub on loopback. Nothing outlives `close`; rejects where the manifest or the port is not to be had. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const world = createWorld(options.now ?? (() => new Date()));
  try {
    return await startIn(world, options);
  } catch (error) {
    world.close();
    throw error;
  }
}
