// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import { readPrivateKey } from './private-key.ts';
import type { SweepSettings } from './sweep/sweeper-of-app.ts';

/** A mistake in the environment, told to whoever starts the App. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

export interface Credentials {
  readonly appId: number;
  readonly privateKey: string;
  /** The webhook's secret; then the former one, which webhooks may be signed with while the secret is being changed. */
  readonly webhookSecrets: readonly [string, ...string[]];
}

/** A database in a folder, for one process, or a PostgreSQL server for any number of them. */
export type StorageSettings =
  | { readonly kind: 'sqlite'; readonly folder: string }
  | { readonly kind: 'postgres'; readonly url: string };

/** Takes webhooks, works on what they name, or both. */
export type Role = (typeof roles)[number];
const roles = ['all', 'web', 'worker'] as const;

export interface Configuration {
  /** null: the App has not been created yet. */
  readonly credentials: Credentials | null;
  /** Host of web pages and no-reply addresses. */
  readonly host: string;
  readonly apiUrl: string;
  readonly listen: { readonly host: string; readonly port: number };
  readonly webhookPath: string;
  /** Where GitHub is to send webhooks, for the App that the set-up flow creates; null: where its page was opened. */
  readonly webhookUrl: string | null;
  /** Where figures are read; null: nowhere. */
  readonly metrics: { readonly host: string; readonly port: number } | null;
  readonly defaultPolicy: string;
  readonly record: string | null;
  readonly storage: StorageSettings;
  readonly role: Role;
  readonly log: { readonly level: string; readonly pretty: boolean };
  readonly production: boolean;
  /** Pull requests looked at in parallel. */
  readonly concurrency: number;
  readonly sweep: SweepSettings;
}

const text = z.string().trim().min(1).optional();

/** A whole number within bounds; `error` ends the sentence that starts with the variable's name. */
function whole(least: number, most: number, error: string) {
  return z.coerce.number({ error }).int({ error }).min(least, { error }).max(most, { error });
}

function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, { error: `has to be one of ${words.join(', ')}` });
}

const environment = z.object({
  APP_ID: whole(1, Number.MAX_SAFE_INTEGER, 'has to be the number that GitHub shows as the App ID').optional(),
  WEBHOOK_SECRET: text,
  WEBHOOK_SECRET_PREVIOUS: text,
  GHE_HOST: z
    .string()
    .trim()
    .regex(/^[a-z\d.-]+(?::\d+)?$/i, { error: 'has to be a host name alone, such as github.example.com' })
    .optional(),
  GHE_PROTOCOL: oneOf(['http', 'https']).default('https'),
  HOST: text,
  PORT: whole(0, 65535, 'has to be a port number, 0 to 65535').default(3000),
  // Not localhost: which of its two addresses that is, each machine decides, and Prometheus is told one of them.
  METRICS_HOST: z.string().trim().min(1).default('127.0.0.1'),
  METRICS_PORT: whole(0, 65535, 'has to be a port number, 0 to 65535').optional(),
  WEBHOOK_PATH: z
    .string()
    .startsWith('/', { error: 'has to start with /' })
    .transform((path) => path.replace(/\/+$/, '') || '/')
    .default('/api/github/webhooks'),
  WEBHOOK_URL: z
    .url({
      protocol: /^https?$/,
      error: 'has to be an address such as https://countersign.example.org/api/github/webhooks',
    })
    .optional(),
  LOG_LEVEL: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  LOG_FORMAT: oneOf(['json', 'pretty']).optional(),
  NODE_ENV: text,
  COUNTERSIGN_DEFAULT_POLICY: z.string().trim().min(1).default('default'),
  COUNTERSIGN_RECORD: text,
  COUNTERSIGN_DATA: z.string().trim().min(1).default('countersign-data'),
  COUNTERSIGN_ROLE: oneOf(roles).default('all'),
  DATABASE_URL: z
    .string()
    .trim()
    .regex(/^postgres(?:ql)?:\/\/./, { error: 'has to start with postgres:// or postgresql://' })
    .optional(),
  COUNTERSIGN_CONCURRENCY: whole(1, 100, 'has to be a number from 1 to 100').default(40),
  COUNTERSIGN_SWEEP_INTERVAL: whole(0, 86_400, 'has to be a number of seconds up to a day, 0 for never').default(300),
  COUNTERSIGN_SWEEP_SHARE: whole(1, 50, 'has to be a percentage from 1 to 50').default(20),
});

type Environment = Readonly<Record<string, string | undefined>>;
type Variables = z.output<typeof environment>;

/** Probot's default, which everybody can read in its source. */
const wellKnownSecrets = new Set(['development']);

/** Reads the environment. Throws ConfigurationError that names the variable and the way out. */
export function readConfiguration(env: Environment, terminal: boolean): Configuration {
  const set = withoutEmpty(env);
  const variables = parse(environment, set);
  const production = variables.NODE_ENV === 'production';
  return {
    credentials: readCredentials(variables, set, production),
    ...gitHubAt(variables),
    listen: { host: variables.HOST ?? (production ? '0.0.0.0' : 'localhost'), port: variables.PORT },
    webhookPath: variables.WEBHOOK_PATH,
    webhookUrl: variables.WEBHOOK_URL ?? null,
    metrics:
      variables.METRICS_PORT === undefined ? null : { host: variables.METRICS_HOST, port: variables.METRICS_PORT },
    defaultPolicy: variables.COUNTERSIGN_DEFAULT_POLICY,
    record: variables.COUNTERSIGN_RECORD ?? null,
    storage: readStorage(variables),
    role: variables.COUNTERSIGN_ROLE,
    log: {
      level: variables.LOG_LEVEL,
      pretty: variables.LOG_FORMAT === undefined ? terminal && !production : variables.LOG_FORMAT === 'pretty',
    },
    production,
    concurrency: variables.COUNTERSIGN_CONCURRENCY,
    sweep: {
      interval: variables.COUNTERSIGN_SWEEP_INTERVAL * 1000,
      share: variables.COUNTERSIGN_SWEEP_SHARE / 100,
    },
  };
}

/** Where GitHub is, by the same variables for the command as for the App. Throws ConfigurationError. */
export function readGitHub(env: Environment): Pick<Configuration, 'host' | 'apiUrl'> {
  return gitHubAt(parse(environment.pick({ GHE_HOST: true, GHE_PROTOCOL: true }), withoutEmpty(env)));
}

function gitHubAt({ GHE_HOST: host, GHE_PROTOCOL: protocol }: { GHE_HOST?: string | undefined; GHE_PROTOCOL: string }) {
  if (host === undefined || host.toLowerCase() === 'github.com') {
    return { host: 'github.com', apiUrl: 'https://api.github.com' };
  }
  if (isOnGheCom(host)) return { host, apiUrl: `https://api.${host}` };
  return { host, apiUrl: `${protocol}://${host}/api/v3` };
}

/** GitHub Enterprise Cloud with data residency, whose API is where github.com's is and not where a server's is. */
export function isOnGheCom(host: string): boolean {
  return host.toLowerCase().endsWith('.ghe.com');
}

function parse<Schema extends z.ZodType>(schema: Schema, env: Environment): z.output<Schema> {
  const parsed = schema.safeParse(env);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new ConfigurationError(issues.join('\n'));
}

/** What is set to nothing is not set. */
function withoutEmpty(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

/** Where the environment says that the database is. Throws ConfigurationError. */
export function readStorageSettings(env: Environment): StorageSettings {
  return readStorage(parse(environment, withoutEmpty(env)));
}

function readStorage({ DATABASE_URL: url, COUNTERSIGN_DATA: folder, COUNTERSIGN_ROLE: role }: Variables) {
  if (url !== undefined) return { kind: 'postgres', url } as const;
  if (role === 'all') return { kind: 'sqlite', folder } as const;
  throw new ConfigurationError(
    `DATABASE_URL: not set. The role ${role} is for several processes, which share a PostgreSQL database.`,
  );
}

function readCredentials(variables: Variables, env: Environment, production: boolean): Credentials | null {
  const privateKey = orMistake(() => readPrivateKey(env));
  const { APP_ID: appId } = variables;
  const missing = [
    ...(appId === undefined ? ['APP_ID'] : []),
    ...(privateKey === null ? ['PRIVATE_KEY or PRIVATE_KEY_PATH'] : []),
  ];
  if (appId === undefined || privateKey === null) {
    if (production || missing.length === 1) {
      throw new ConfigurationError(
        `${missing.join(' and ')}: not set. docs/operations.md says where to find the value.`,
      );
    }
    return null;
  }
  return { appId, privateKey, webhookSecrets: readWebhookSecrets(variables, production) };
}

function readWebhookSecrets(
  { WEBHOOK_SECRET: secret, WEBHOOK_SECRET_PREVIOUS: previous }: Variables,
  production: boolean,
): Credentials['webhookSecrets'] {
  if (secret === undefined) {
    throw new ConfigurationError(
      "WEBHOOK_SECRET: not set. Without it anybody could send webhooks; set the secret of the App's webhook.",
    );
  }
  for (const [name, value] of Object.entries({ WEBHOOK_SECRET: secret, WEBHOOK_SECRET_PREVIOUS: previous })) {
    if (production && value !== undefined && wellKnownSecrets.has(value)) {
      throw new ConfigurationError(`${name}: a well-known default. Choose a random one and set it in the App too.`);
    }
  }
  return previous === undefined ? [secret] : [secret, previous];
}

function orMistake<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw new ConfigurationError((error as Error).message);
  }
}
