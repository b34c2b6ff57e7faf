// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

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

const environment = z.object({
  APP_ID: z.coerce
    .number({ error: 'has to be the number that GitHub shows as the App ID' })
    .int()
    .positive()
    .optional(),
  WEBHOOK_SECRET: text,
  GHE_HOST: text,
  GHE_PROTOCOL: z.enum(['http', 'https']).default('https'),
  HOST: text,
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  WEBHOOK_PATH: z.string().startsWith('/').default('/api/github/webhooks'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  LOG_FORMAT: z.enum(['json', 'pretty']).optional(),
  NODE_ENV: text,
  COUNTERSIGN_DEFAULT_POLICY: z.string().trim().min(1).default('default'),
  COUNTERSIGN_RECORD: text,
  COUNTERSIGN_DATA: z.string().trim().min(1).default('data'),
  COUNTERSIGN_CONCURRENCY: z.coerce.number().int().min(1).max(100).default(20),
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
  try {
    return getPrivateKey({ env: { ...env } });
  } catch (error) {
    throw new ConfigurationError(`PRIVATE_KEY: ${(error as Error).message}`);
  }
}
