// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Logger } from 'pino';
import { run } from 'probot';
import type { Configuration } from './configuration.ts';

/**
 * Probot's set-up flow: a page that creates the App on GitHub from `app.yml` and stores its credentials in `.env`. It
 * would ask smee.io for a public address by itself; we talk to nobody but GitHub, so that this has to be asked for with
 * WEBHOOK_PROXY_URL.
 */
export async function startSetup(configuration: Configuration, log: Logger): Promise<void> {
  const { host, port } = configuration.listen;
  process.env.NO_SMEE_SETUP ??= 'true';
  await run(() => {}, {
    env: { ...process.env, HOST: host, PORT: String(port), LOG_LEVEL: 'error' },
  });
  log.info(
    `No credentials yet. Open http://${host}:${port}/probot to create the GitHub App${configuration.host === 'github.com' ? '' : ` on ${configuration.host}`}, then start again.`,
  );
}
