// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import { type BodyMemory, withBody } from './body.ts';
import type { SayRefused } from './refusals.ts';
import { isSigned, mayBeSignature } from './signature.ts';

/** GitHub sends at most 25 MB ("Webhook events and payloads"). */
export const bodyLimit = 25 * 1024 * 1024;

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** What takes webhooks whose signature is right. */
export interface Receiving {
  /** Resolves once every subject that the webhook names is stored. */
  readonly receive: (webhook: {
    readonly id: string;
    readonly name: string;
    readonly payload: object;
  }) => Promise<void>;
  /** The webhook's secret, and while it is being changed the former one too. */
  readonly secrets: readonly string[];
  readonly memory: BodyMemory;
  readonly sayRefused: SayRefused;
  readonly log: Logger;
}

/**
 * Answers one webhook: 200 once every subject that it names is stored, 4xx for what GitHub would not send, 500 where it
 * could not be stored, so that GitHub lists the delivery as failed and it can be sent again. Never says what was wrong
 * with a signature. Throws TooLargeError and BusyError.
 */
export async function receiveWebhook(receiving: Receiving, request: IncomingMessage): Promise<Answer> {
  const signature = header(request, 'x-hub-signature-256');
  if (!mayBeSignature(signature)) return refuseUnsigned(receiving.sayRefused, request);
  return withBody(request, bodyLimit, receiving.memory, async (body) => {
    if (!(await isSigned(receiving.secrets, body, signature))) return refuseUnsigned(receiving.sayRefused, request);
    return store(receiving, request, body);
  });
}

async function store({ receive, log }: Receiving, request: IncomingMessage, body: string): Promise<Answer> {
  const from = origin(request);
  const { delivery: id, event } = from;
  if (id === null || event === null) return refuse(log, from, 400, 'x-github-delivery and x-github-event are needed.');
  if (!/^application\/json\b/.test(header(request, 'content-type') ?? '')) {
    return refuse(log, from, 415, "Set the webhook's content type to application/json.");
  }
  const payload = parse(body);
  if (payload === null) return refuse(log, from, 400, 'The body is not a JSON object.');
  try {
    await receive({ id, name: event, payload });
  } catch (error) {
    log.error({ ...from, err: error }, 'webhook could not be stored');
    return { status: 500, text: 'Not stored. Send it again.' };
  }
  log.debug(from, 'webhook answered');
  return { status: 200, text: 'Stored.' };
}

function origin(request: IncomingMessage) {
  return {
    delivery: header(request, 'x-github-delivery'),
    event: header(request, 'x-github-event'),
    remote: request.socket.remoteAddress,
  };
}

function refuseUnsigned(sayRefused: SayRefused, request: IncomingMessage): Answer {
  const signed = header(request, 'x-hub-signature-256') !== null;
  sayRefused({ ...origin(request), signed }, 'webhook refused: no valid signature');
  return { status: 401, text: 'No valid signature.' };
}

function refuse(log: Logger, from: object, status: number, text: string): Answer {
  log.warn(from, `webhook refused: ${text}`);
  return { status, text };
}

function parse(body: string): object | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function header(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value.slice(0, 200) : null;
}
