// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createServer, type Server } from 'node:http';
import type { Logger } from 'pino';
import { answerHealth } from './health.ts';
import { outliveErrors } from './outlive-errors.ts';

export interface MetricsServerOptions {
  readonly contentType: string;
  /** The figures as they are now. */
  readonly text: () => Promise<string>;
  readonly ready: () => Promise<boolean>;
  readonly log: Logger;
}

/**
 * Figures, and what an orchestrator asks, on an address of their own: they tell which installations there are and how
 * busy each is, which is nobody's business on the address that webhooks come to.
 */
export function createMetricsServer({ contentType, text, ready, log }: MetricsServerOptions): Server {
  const server = createServer(async ({ url = '/' }, response) => {
    const path = url.split('?', 1)[0] ?? '';
    try {
      if (path === '/metrics') {
        const body = await text();
        response.writeHead(200, { 'content-type': contentType }).end(body);
        return;
      }
      const answer = (await answerHealth(ready, path)) ?? { status: 404, text: 'Not found.' };
      response.writeHead(answer.status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${answer.text}\n`);
    } catch (error) {
      log.error({ err: error }, 'the figures could not be read');
      response.writeHead(500).end('Something went wrong.\n');
    }
  });
  outliveErrors(server, log);
  return server;
}
