// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Logger } from 'pino';
import { Probot } from 'probot';
import type { Configuration, Credentials } from './configuration.ts';
import { octokitWith } from './github/client.ts';
import { leanFetch } from './github/fetch.ts';
import type { Limiter } from './github/limiter.ts';

/** Probot, which speaks to GitHub as the App and as its installations, under our limiter. */
export async function createProbot(
  configuration: Pick<Configuration, 'apiUrl'>,
  credentials: Credentials,
  limiter: Limiter,
  log: Logger,
): Promise<Probot> {
  const probot = new Probot({
    appId: credentials.appId,
    privateKey: credentials.privateKey,
    secret: credentials.webhookSecrets[0],
    baseUrl: configuration.apiUrl,
    Octokit: octokitWith(limiter),
    request: { fetch: leanFetch },
    log: log.child({ name: 'probot' }),
  } as ConstructorParameters<typeof Probot>[0]);
  await probot.ready();
  return probot;
}
