// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { inSpan } from '../tracing/span.ts';
import { createBodyMemory, discardRest } from './body.ts';
import { answerHealth } from './health.ts';
import { outliveErrors } from './outlive-errors.ts';
import { createRefusalLog } from './refusals.ts';
import { type Answer, type Receiving, receiveWebhook } from './webhook.ts';

export interface ServerOptions {
  readonly receive: Receiving['receive'];
  readonly secrets: Receiving['secrets'];
  readonly log: Logger;
  /** null where another process takes them. */
  readonly webhookPath: string | null;
  /** Whether no more webhooks are taken. */
  readonly stopping: () => boolean;
  /** Whether webhooks can be taken at this moment. */
  readonly ready: () => Promise<boolean>;
  readonly observer: WebhookObserver;
}

export interface WebhookObserver {
  /** `event` as the request names it, null where nothing proves that it comes from GitHub; `seconds` to the answer. */
  webhook(answered: { readonly event: string | null; readonly status: number; readonly seconds: number }): void;
}

/** Bytes that large bodies may hold together: more than twice the largest webhook's. */
const bodyMemory = 64 * 1024 * 1024;
/** Further connections are closed at once. GitHub keeps far fewer open; each costs memory before it has sent a thing. */
const mostConnections = 1000;

/** The App's HTTP side: webhooks in, and what a load balancer asks. */
export function createAppServer(options: ServerOptions): Server {
  const serving = {
    ...options,
    memory: createBodyMemory(bodyMemory),
    sayRefused: createRefusalLog(options.log),
  };
  const server = createServer((request, response) => {
    void respond(serving, request, response);
  });
  server.maxConnections = mostConnections;
  server.on('drop', (dropped) => {
    serving.sayRefused({ remote: dropped?.remoteAddress }, 'connection refused: too many are open');
  });
  // A peer that sends slowly must not hold a connection for ever.
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  outliveErrors(server, options.log);
  return server;
}

type Serving = ServerOptions & Receiving;

async function respond(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = await route(serving, request).catch((error) =>
    // Of a peer that went away while it was sending there is nobody to answer.
    request.destroyed && !request.complete ? null : answerTo(error, serving, request.socket.remoteAddress),
  );
  if (answer !== null) send(response, answer, request);
}

function answerTo(error: unknown, { log, sayRefused }: Serving, remote: string | undefined): Answer {
  switch ((error as Error).name) {
    case 'TooLargeError':
      sayRefused({ remote }, 'request refused: the body is over the limit');
      return { status: 413, text: 'The body is too large.' };
    case 'BusyError':
      sayRefused({ remote }, 'request refused: too many bodies are arriving at once');
      return { status: 503, text: 'Too much is arriving at once. Send it again.' };
    default:
      log.error({ err: error }, 'request failed');
      return { status: 500, text: 'Something went wrong.' };
  }
}

async function route(serving: Serving, request: IncomingMessage): Promise<Answer> {
  const path = withoutTrailingSlashes((request.url ?? '/').split('?', 1)[0] ?? '') || '/';
  // Probot's set-up flow registers the App with the root as its webhook address.
  const isWebhookPath = serving.webhookPath !== null && (path === serving.webhookPath || path === '/');
  if (request.method === 'POST' && isWebhookPath) return takeWebhook(serving, request);
  if (request.method !== 'GET' && request.method !== 'HEAD') return { status: 405, text: 'Method not allowed.' };
  if (path === '/') {
    return { status: 200, text: `Countersign is running. Webhooks go to ${serving.webhookPath ?? 'another process'}.` };
  }
  return (await answerHealth(serving.ready, path)) ?? { status: 404, text: 'Not found.' };
}

/** These are answered before the signature is found right, so that what they say of themselves proves nothing. */
const unproven = new Set([401, 413, 503]);

async function takeWebhook(serving: Serving, request: IncomingMessage): Promise<Answer> {
  const start = performance.now();
  const delivery = String(request.headers['x-github-delivery'] ?? '').slice(0, 200);
  const answer = await inSpan(
    'webhook',
    'SERVER',
    () => ({ 'countersign.delivery': delivery }),
    async (span) => {
      const given = await receiveOrRefuse(serving, request);
      span?.setAttribute('http.response.status_code', given.status);
      return given;
    },
  );
  const event = unproven.has(answer.status) ? null : String(request.headers['x-github-event'] ?? '');
  serving.observer.webhook({ event, status: answer.status, seconds: (performance.now() - start) / 1000 });
  return answer;
}

async function receiveOrRefuse(serving: Serving, request: IncomingMessage): Promise<Answer> {
  if (serving.stopping()) return { status: 503, text: 'Shutting down.' };
  try {
    return await receiveWebhook(serving, request);
  } catch (error) {
    if (request.destroyed && !request.complete) throw error;
    return answerTo(error, serving, request.socket.remoteAddress);
  }
}

/** By hand, since `/\/+$/` takes a third of a second for the longest path of slashes that does not end in one. */
function withoutTrailingSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}

function send(response: ServerResponse, { status, text }: Answer, request: IncomingMessage): void {
  if (response.headersSent || response.destroyed) return;
  if (!request.complete) {
    response.setHeader('connection', 'close');
    discardRest(request);
  }
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' });
  response.end(`${text}\n`);
}
