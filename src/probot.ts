// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Logger } from 'pino';
import { Probot } from 'probot';
import type { Configuration, Credentials } from './configuration.ts';
import { octokitWith } from './github/client.ts';
import type { Limiter } from './github/limiter.ts';

/** How long one request to GitHub may take, in milliseconds; GitHub itself ends a query after ten seconds. */
const requestTimeout = 30_000;

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
    request: { fetch: fetchWithTimeout },
    log: log.child({ name: 'probot' }),
  } as ConstructorParameters<typeof Probot>[0]);
  await probot.ready();
  return probot;
}

/** Without a limit of its own a request could hang for minutes while its entry waits. */
function fetchWithTimeout(url: string | URL, options: RequestInit = {}): Promise<Response> {
  const timeout = AbortSignal.timeout(requestTimeout);
  const signal = options.signal == null ? timeout : AbortSignal.any([options.signal, timeout]);
  return fetch(url, { ...options, signal });
}
