// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { existsSync } from 'node:fs';
import type { Logger } from 'pino';
import { run } from 'probot';
import { type Configuration, ConfigurationError, isOnGheCom } from './configuration.ts';
import { addressOf } from './server/address.ts';

/**
 * Probot's set-up flow: a page that creates the App on GitHub from `app.yml` and stores its credentials in `.env`. It
 * would ask smee.io for a public address by itself; we talk to nobody but GitHub, so that this has to be asked for with
 * WEBHOOK_PROXY_URL. Throws ConfigurationError.
 */
export async function startSetup(configuration: Configuration, log: Logger): Promise<void> {
  refuseWhatItCannotCreate(configuration);
  const { listen, webhookUrl } = configuration;
  const env = { ...process.env, HOST: listen.host, PORT: String(listen.port) };
  process.env.NO_SMEE_SETUP = 'true';
  // The page takes the webhooks' address from this variable; in what `run` is given it would have them fetched there.
  if (webhookUrl !== null) process.env.WEBHOOK_PROXY_URL = webhookUrl;
  // Probot writes the private key into .env, readable for everybody unless we say otherwise.
  process.umask(0o077);
  await run(() => {}, { env: { ...env, LOG_LEVEL: 'error' } });
  log.info(invitation(configuration));
}

function refuseWhatItCannotCreate({ host }: Configuration): void {
  // Without the manifest Probot would create a public App that may do nothing.
  if (!existsSync('app.yml')) {
    throw new ConfigurationError('APP_ID and PRIVATE_KEY: not set. To create an App, start where app.yml is.');
  }
  // Probot would ask for the credentials where only a server has its API.
  if (isOnGheCom(host)) {
    throw new ConfigurationError(
      `APP_ID and PRIVATE_KEY: not set. On ${host} the App has to be created by hand: docs/operations.md says how.`,
    );
  }
}

function invitation({ host, listen, webhookUrl }: Configuration): string {
  const where = host === 'github.com' ? '' : ` on ${host}`;
  const start = `No credentials yet. Open ${addressOf(listen)}/probot to create the GitHub App${where}, then start again.`;
  if (webhookUrl !== null) return `${start} Its webhooks will go to ${webhookUrl}.`;
  return `${start} Its webhooks would go to the address in the browser, and GitHub refuses localhost: set WEBHOOK_URL to where GitHub reaches this App.`;
}
