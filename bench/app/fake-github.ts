// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

// A GitHub that knows a handful of questions and answers them quickly, in a process of its own. It checks next to
// nothing; test/simulator does that, and takes the time for it. Started by process.ts: fake-github.ts LATENCY

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, answerTo, type Posted } from './answers.ts';
import { now } from './clock.ts';

/** Milliseconds between a request and its answer. */
const latency = Number(process.argv[2] ?? 0);
/** Milliseconds that news for the parent may wait, since a message of its own for each costs more than the answer. */
const newsEvery = 5;

/** A look that ended: when its check runs were there for everybody to see, by `now()`. */
export interface News extends Posted {
  readonly at: number;
}

export type Message =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'posted'; readonly news: readonly News[] }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'counts'; readonly requests: Readonly<Record<string, number>> };

const requests = new Map<string, number>();
let news: News[] = [];

function tell(message: Message): void {
  process.send?.(message);
}

const server = createServer((request, response) => {
  respond(request, response).catch((error: Error) => {
    tell({ kind: 'failed', why: error.message });
    response.writeHead(500).end();
  });
});

async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request);
  const web = `http://${request.headers.host}`;
  const answer = answerTo(request.method ?? '', request.url ?? '', body, web);
  requests.set(answer.operation, (requests.get(answer.operation) ?? 0) + 1);
  if (latency > 0) await sleep(latency);
  response.writeHead(answer.status, { 'content-type': 'application/json; charset=utf-8', ...budget });
  response.end(JSON.stringify(answer.body));
  note(answer);
}

/** An hourly budget that is never used up: what is measured here is the limit by the minute. */
const budget = {
  'x-ratelimit-limit': '1000000000',
  'x-ratelimit-remaining': '999999999',
  'x-ratelimit-used': '1',
  'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 3600),
};

function note({ posted }: Answer): void {
  if (posted === undefined) return;
  if (news.length === 0) setTimeout(tellNews, newsEvery);
  news.push({ ...posted, at: now() });
}

function tellNews(): void {
  tell({ kind: 'posted', news });
  news = [];
}

process.on('message', () => tell({ kind: 'counts', requests: Object.fromEntries(requests) }));
process.on('disconnect', () => process.exit());
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => tell({ kind: 'listening', port: (server.address() as AddressInfo).port }));
