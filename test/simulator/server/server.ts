// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, Faults } from '../faults.ts';
import type { RequestLog } from '../request-log.ts';
import type { Incoming } from '../rest/answer.ts';
import type { RestAnswer, Services } from '../rest/route.ts';
import { type Answered, answerCall, type Call, callOf, secondaryPoints } from './api.ts';
import { faultAnswer, type RawAnswer, secondaryRateLimit } from './fault-answers.ts';

export interface ServerParts extends Services {
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly validateAnswers: boolean;
  /** Answers what is not an API request: the pages to look at. */
  page(request: IncomingMessage, response: ServerResponse, path: string): Promise<void>;
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, answer: RestAnswer | RawAnswer): void {
  if ('reset' in answer && answer.reset) {
    response.socket?.resetAndDestroy();
    return;
  }
  const text = 'text' in answer ? answer.text : answer.body === undefined ? '' : JSON.stringify(answer.body);
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'x-github-request-id': randomUUID(),
    'x-github-media-type': 'github.v3; format=json',
    'x-github-enterprise-version': '3.17.0',
    ...answer.headers,
  };
  response.writeHead(answer.status, headers).end(text);
}

/** Faults without `after` hit before anything is done; the others once it is. */
function hitsBefore(fault: Fault | null): fault is Fault {
  return fault !== null && !('after' in fault && fault.after);
}

async function handleApi(
  parts: ServerParts,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const started = performance.now();
  const incoming: Incoming = {
    method: request.method ?? 'GET',
    path: url.pathname.replace(/^\/api\/v3/, '') || '/',
    query: Object.fromEntries(url.searchParams),
    body: await readBody(request),
    url: `${parts.world.origin}${url.pathname}`,
  };
  const call = callOf(incoming, url.pathname);
  const { latency, fault } = parts.faults.draw(faultyRequest(call, request, parts));
  const crowded = parts.limiter.enter();
  try {
    if (latency > 0) await sleep(latency);
    const answered = crowded
      ? { installation: null, answer: secondaryRateLimit(403, 60) }
      : await answerOrFail(parts, call, request, fault);
    parts.log.add({
      method: incoming.method,
      path: incoming.path + url.search,
      operation: call.operation,
      installation: answered.installation,
      status: answered.answer.status,
      points: secondaryPoints(call),
      milliseconds: performance.now() - started,
      fault: fault?.kind ?? null,
    });
    send(response, answered.answer);
  } finally {
    parts.limiter.leave();
  }
}

function installationOf(request: IncomingMessage, { tokens }: Services): number | null {
  const value = (request.headers.authorization ?? '').split(' ')[1];
  return tokens.issued.find((token) => token.value === value)?.installation.id ?? null;
}

function faultyRequest(call: Call, request: IncomingMessage, parts: ServerParts) {
  const { method, path } = call.incoming;
  const { operation, isMutation } = call;
  return { method, path, operation, isMutation, installation: installationOf(request, parts) };
}

async function answerOrFail(
  parts: ServerParts,
  call: Call,
  request: IncomingMessage,
  fault: Fault | null,
): Promise<Answered> {
  const now = parts.world.now().getTime();
  const installation = installationOf(request, parts);
  if (hitsBefore(fault)) return { installation, answer: faultAnswer(fault, installation, now) };
  const answered = await answerCall(call, request, parts, parts.validateAnswers);
  return fault ? { installation, answer: faultAnswer(fault, installation, now) } : answered;
}

async function handle(parts: ServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', parts.world.origin);
  if (url.pathname.startsWith('/api/')) await handleApi(parts, request, response, url);
  else await parts.page(request, response, url.pathname);
}

/** Starts to listen on loopback; resolves with the server and its origin. */
export async function listen(parts: ServerParts, port: number): Promise<{ server: Server; origin: string }> {
  const server = createServer((request, response) => {
    handle(parts, request, response).catch((error: Error) => {
      // Anything else than one of GitHub's errors is a bug here, and must not look like GitHub's.
      parts.violations.report('simulator', `${request.method} ${request.url}`, error.stack ?? error.message);
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end('The simulator failed; see its violations.');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
