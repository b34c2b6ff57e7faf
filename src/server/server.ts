// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Probot } from 'probot';
import { type Answer, receiveWebhook } from './webhook.ts';

export interface ServerOptions {
  readonly webhooks: Pick<Probot['webhooks'], 'verify' | 'receive'>;
  readonly log: Logger;
  /** null where another process takes them. */
  readonly webhookPath: string | null;
  /** Whether webhooks can be taken at this moment. */
  readonly ready: () => boolean;
}

/** The App's HTTP side: webhooks in, and what a load balancer asks. */
export function createAppServer(options: ServerOptions): Server {
  const server = createServer((request, response) => {
    void respond(options, request, response);
  });
  // A peer that sends slowly must not hold a connection for ever.
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  // Once it listens, an error is one connection that could not be taken (no file descriptor left, say). Nobody hearing
  // of it would end the process, and with it whatever the inbox holds.
  server.once('listening', () => {
    server.on('error', (error) => options.log.error({ err: error }, 'a connection could not be taken'));
  });
  return server;
}

async function respond(options: ServerOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const remote = request.socket.remoteAddress;
  try {
    const answer = await route(options, request);
    send(response, answer);
  } catch (error) {
    if ((error as Error).name === 'TooLargeError') {
      options.log.warn({ remote }, 'request refused: the body is over the limit');
      // The rest of the body is not waited for.
      response.setHeader('connection', 'close');
      send(response, { status: 413, text: 'The body is too large.' });
      response.once('finish', () => request.destroy());
      return;
    }
    // The peer went away while it was sending; there is nobody to answer.
    if (request.destroyed && !request.complete) return;
    options.log.error({ err: error }, 'request failed');
    send(response, { status: 500, text: 'Something went wrong.' });
  }
}

async function route(options: ServerOptions, request: IncomingMessage): Promise<Answer> {
  const path = withoutTrailingSlashes((request.url ?? '/').split('?', 1)[0] ?? '') || '/';
  // Probot's set-up flow registers the App with the root as its webhook address.
  const isWebhookPath = options.webhookPath !== null && (path === options.webhookPath || path === '/');
  if (request.method === 'POST' && isWebhookPath) {
    if (!options.ready()) return { status: 503, text: 'Shutting down.' };
    return receiveWebhook(options.webhooks, request, options.log);
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return { status: 405, text: 'Method not allowed.' };
  switch (path) {
    case '/healthz':
      return { status: 200, text: 'alive' };
    case '/readyz':
      return options.ready() ? { status: 200, text: 'ready' } : { status: 503, text: 'not ready' };
    case '/':
      return {
        status: 200,
        text: `Countersign is running. Webhooks go to ${options.webhookPath ?? 'another process'}.`,
      };
    default:
      return { status: 404, text: 'Not found.' };
  }
}

/** By hand, since `/\/+$/` takes a third of a second for the longest path of slashes that does not end in one. */
function withoutTrailingSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}

function send(response: ServerResponse, { status, text }: Answer): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' });
  response.end(`${text}\n`);
}
