// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { existsSync } from 'node:fs';
import type { Logger } from 'pino';
import { run } from 'probot';
import { type Configuration, ConfigurationError } from './configuration.ts';

/**
 * Probot's set-up flow: a page that creates the App on GitHub from `app.yml` and stores its credentials in `.env`. It
 * would ask smee.io for a public address by itself; we talk to nobody but GitHub, so that this has to be asked for with
 * WEBHOOK_PROXY_URL. Throws ConfigurationError.
 */
export async function startSetup(configuration: Configuration, log: Logger): Promise<void> {
  const { host, port } = configuration.listen;
  // Without the manifest Probot would create a public App that may do nothing.
  if (!existsSync('app.yml')) {
    throw new ConfigurationError('APP_ID and PRIVATE_KEY: not set. To create an App, start where app.yml is.');
  }
  process.env.NO_SMEE_SETUP = 'true';
  // Probot writes the private key into .env, readable for everybody unless we say otherwise.
  process.umask(0o077);
  await run(() => {}, {
    env: { ...process.env, HOST: host, PORT: String(port), LOG_LEVEL: 'error' },
  });
  log.info(
    `No credentials yet. Open http://${host}:${port}/probot to create the GitHub App${configuration.host === 'github.com' ? '' : ` on ${configuration.host}`}, then start again.`,
  );
}
