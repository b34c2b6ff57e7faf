// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createPrivateKey } from 'node:crypto';
import { existsSync } from 'node:fs';
import { getPrivateKey } from '@probot/get-private-key';
import { z } from 'zod';

/** A mistake in the environment, told to whoever starts the App. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

export interface Credentials {
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
}

export interface Configuration {
  /** null: the App has not been created yet. */
  readonly credentials: Credentials | null;
  /** Host of web pages and no-reply addresses. */
  readonly host: string;
  readonly apiUrl: string;
  readonly listen: { readonly host: string; readonly port: number };
  readonly webhookPath: string;
  readonly defaultPolicy: string;
  readonly record: string | null;
  /** Directory of the ledger. */
  readonly data: string;
  readonly log: { readonly level: string; readonly pretty: boolean };
  readonly production: boolean;
  /** Pull requests looked at in parallel. */
  readonly concurrency: number;
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
  GHE_HOST: z
    .string()
    .trim()
    .regex(/^[a-z\d.-]+(?::\d+)?$/i, { error: 'has to be a host name alone, such as github.example.com' })
    .optional(),
  GHE_PROTOCOL: oneOf(['http', 'https']).default('https'),
  HOST: text,
  PORT: whole(0, 65535, 'has to be a port number, 0 to 65535').default(3000),
  WEBHOOK_PATH: z
    .string()
    .startsWith('/', { error: 'has to start with /' })
    .transform((path) => path.replace(/\/+$/, '') || '/')
    .default('/api/github/webhooks'),
  LOG_LEVEL: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  LOG_FORMAT: oneOf(['json', 'pretty']).optional(),
  NODE_ENV: text,
  COUNTERSIGN_DEFAULT_POLICY: z.string().trim().min(1).default('default'),
  COUNTERSIGN_RECORD: text,
  COUNTERSIGN_DATA: z.string().trim().min(1).default('countersign-data'),
  COUNTERSIGN_CONCURRENCY: whole(1, 100, 'has to be a number from 1 to 100').default(20),
});

type Environment = Readonly<Record<string, string | undefined>>;

/** Probot's default, which everybody can read in its source. */
const wellKnownSecrets = new Set(['development']);

/** Reads the environment. Throws ConfigurationError that names the variable and the way out. */
export function readConfiguration(env: Environment, terminal: boolean): Configuration {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(set);
  if (!parsed.success) {
    const issues = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigurationError(issues.join('\n'));
  }
  const variables = parsed.data;
  const production = variables.NODE_ENV === 'production';
  const host = variables.GHE_HOST ?? 'github.com';
  return {
    credentials: readCredentials(variables, set, production),
    host,
    apiUrl:
      variables.GHE_HOST === undefined
        ? 'https://api.github.com'
        : `${variables.GHE_PROTOCOL}://${variables.GHE_HOST}/api/v3`,
    listen: { host: variables.HOST ?? (production ? '0.0.0.0' : 'localhost'), port: variables.PORT },
    webhookPath: variables.WEBHOOK_PATH,
    defaultPolicy: variables.COUNTERSIGN_DEFAULT_POLICY,
    record: variables.COUNTERSIGN_RECORD ?? null,
    data: variables.COUNTERSIGN_DATA,
    log: {
      level: variables.LOG_LEVEL,
      pretty: variables.LOG_FORMAT === undefined ? terminal && !production : variables.LOG_FORMAT === 'pretty',
    },
    production,
    concurrency: variables.COUNTERSIGN_CONCURRENCY,
  };
}

function readCredentials(
  variables: z.output<typeof environment>,
  env: Environment,
  production: boolean,
): Credentials | null {
  const privateKey = readPrivateKey(env);
  const { APP_ID: appId, WEBHOOK_SECRET: webhookSecret } = variables;
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
  if (webhookSecret === undefined) {
    throw new ConfigurationError(
      "WEBHOOK_SECRET: not set. Without it anybody could send webhooks; set the secret of the App's webhook.",
    );
  }
  if (production && wellKnownSecrets.has(webhookSecret)) {
    throw new ConfigurationError(
      'WEBHOOK_SECRET: a well-known default. Choose a random one and set it in the App too.',
    );
  }
  return { appId, privateKey, webhookSecret };
}

function readPrivateKey(env: Environment): string | null {
  const path = env.PRIVATE_KEY_PATH;
  if (path !== undefined && !existsSync(path))
    throw new ConfigurationError(`PRIVATE_KEY_PATH: there is no file ${path}.`);
  const name = env.PRIVATE_KEY === undefined && path !== undefined ? 'PRIVATE_KEY_PATH' : 'PRIVATE_KEY';
  try {
    const key = getPrivateKey({ env: { ...env } });
    if (key !== null && !isRsaKey(key)) {
      throw new Error("this is no private key as GitHub gives it, a .pem file. Generate one in the App's settings.");
    }
    return key;
  } catch (error) {
    throw new ConfigurationError(`${name}: ${(error as Error).message}`);
  }
}

/** A key that signs nothing would show only when the first webhook is worked on. */
function isRsaKey(key: string): boolean {
  try {
    return createPrivateKey(key).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}
