// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AnsweringFault, Faults } from '../faults.ts';
import { rateLimitHeaders } from '../rate-limit.ts';
import type { RequestLog } from '../request-log.ts';
import type { Incoming } from '../rest/answer.ts';
import type { RestAnswer, Services } from '../rest/route.ts';
import type { Installation } from '../state/model.ts';
import { toJson } from '../to-json.ts';
import { type Answered, answerCall, type Call, callOf, secondaryPoints } from './api.ts';
import { faultAnswer, type RawAnswer, secondaryRateLimit } from './fault-answers.ts';

export interface ApiParts extends Services {
  readonly faults: Faults;
  readonly log: RequestLog;
  /** Whether answers are checked against GitHub's contract as well as requests. */
  readonly validateAnswers: boolean;
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
  const text = 'text' in answer ? answer.text : answer.body === undefined ? '' : toJson(answer.body);
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
function hitsBefore(fault: AnsweringFault | null): fault is AnsweringFault {
  return fault !== null && !('after' in fault && fault.after);
}

/** Answers a request to one of the APIs, or fails it as the faults say, and logs it. */
export async function handleApi(
  parts: ApiParts,
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
  const { latency, meanwhile, fault } = parts.faults.draw(faultyRequest(call, request, parts));
  const crowded = parts.limiter.enter();
  try {
    // Who has gone away meanwhile must not keep a test from ending.
    if (latency > 0) await sleep(latency, undefined, { ref: false });
    for (const act of meanwhile) await act();
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

function installationOf(request: IncomingMessage, { tokens }: Services): Installation | null {
  const value = (request.headers.authorization ?? '').split(' ')[1];
  return tokens.issued.find((token) => token.value === value)?.installation ?? null;
}

function faultyRequest(call: Call, request: IncomingMessage, parts: ApiParts) {
  const { method, path } = call.incoming;
  const { operation, isMutation } = call;
  const installation = installationOf(request, parts)?.id ?? null;
  return { method, path, operation, isMutation, installation };
}

/** The fault's answer, with the rate-limit headers that every answer of the API has. */
function failed(parts: ApiParts, call: Call, request: IncomingMessage, fault: AnsweringFault): Answered {
  const installation = installationOf(request, parts);
  const id = installation?.id ?? null;
  const answer = faultAnswer(fault, id, parts.world.now().getTime());
  const headers = rateLimitHeaders(parts.limiter.budget(installation, call.resource), call.resource);
  return { installation: id, answer: { ...answer, headers: { ...headers, ...answer.headers } } };
}

async function answerOrFail(
  parts: ApiParts,
  call: Call,
  request: IncomingMessage,
  fault: AnsweringFault | null,
): Promise<Answered> {
  if (hitsBefore(fault)) return failed(parts, call, request, fault);
  const answered = await answerCall(call, request, parts, parts.validateAnswers);
  return fault ? failed(parts, call, request, fault) : answered;
}
