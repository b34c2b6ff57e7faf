// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import type { Probot } from 'probot';
import { readBody } from './body.ts';

/** GitHub sends at most 25 MB ("Webhook events and payloads"). */
export const bodyLimit = 25 * 1024 * 1024;

export interface Answer {
  readonly status: number;
  readonly text: string;
}

type Webhooks = Pick<Probot['webhooks'], 'verify' | 'receive'>;

/**
 * Answers one webhook: 200 once every subject that it names is stored, 4xx for what GitHub would not send, 500 where it
 * could not be stored, so that GitHub lists the delivery as failed and it can be sent again. Never says what was wrong
 * with a signature. Throws TooLargeError.
 */
export async function receiveWebhook(webhooks: Webhooks, request: IncomingMessage, log: Logger): Promise<Answer> {
  const id = header(request, 'x-github-delivery');
  const event = header(request, 'x-github-event');
  const signature = header(request, 'x-hub-signature-256');
  const from = { delivery: id, event, remote: request.socket.remoteAddress };
  const body = await readBody(request, bodyLimit);
  if (signature === null || !(await isSigned(webhooks, body, signature))) {
    log.warn({ ...from, signed: signature !== null }, 'webhook refused: no valid signature');
    return { status: 401, text: 'No valid signature.' };
  }
  if (id === null || event === null) return refuse(log, from, 400, 'x-github-delivery and x-github-event are needed.');
  if (!/^application\/json\b/.test(header(request, 'content-type') ?? '')) {
    return refuse(log, from, 415, "Set the webhook's content type to application/json.");
  }
  const payload = parse(body);
  if (payload === null) return refuse(log, from, 400, 'The body is not a JSON object.');
  try {
    await webhooks.receive({ id, name: event, payload } as Parameters<Webhooks['receive']>[0]);
  } catch (error) {
    log.error({ ...from, err: error }, 'webhook could not be stored');
    return { status: 500, text: 'Not stored. Send it again.' };
  }
  log.debug(from, 'webhook answered');
  return { status: 200, text: 'Stored.' };
}

function refuse(log: Logger, from: object, status: number, text: string): Answer {
  log.warn(from, `webhook refused: ${text}`);
  return { status, text };
}

/** A signature that cannot be compared (another algorithm, another length) is one that does not match. */
async function isSigned(webhooks: Webhooks, body: string, signature: string): Promise<boolean> {
  try {
    return await webhooks.verify(body, signature);
  } catch {
    return false;
  }
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
