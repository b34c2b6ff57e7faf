// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createHmac } from 'node:crypto';
import { type createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { createReceiver } from '../../src/app.ts';
import type { Inbox, Subject } from '../../src/inbox/inbox.ts';
import { createAppServer } from '../../src/server/server.ts';
import { bodyLimit } from '../../src/server/webhook.ts';

const secret = 'a secret of the test';
const former = 'the secret before it';
const opened = JSON.stringify({
  action: 'opened',
  installation: { id: 7 },
  repository: { name: 'hello', owner: { login: 'octo' } },
  pull_request: { number: 5, updated_at: '2026-01-01T00:00:00Z' },
});
const counted: { event: string | null; status: number; seconds: number }[] = [];
const lines: Record<string, unknown>[] = [];
const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
const put: { subject: Subject; deliveryId: string | null }[] = [];
let storing: () => Promise<void> = async () => {};
let ready = true;
let server: ReturnType<typeof createServer>;

beforeAll(async () => {
  const inbox = {
    receive: async (subjects: readonly Subject[], { deliveryId }: { deliveryId: string }) => {
      await storing();
      put.push(...subjects.map((subject) => ({ subject, deliveryId })));
      return subjects.length;
    },
  } as unknown as Inbox;
  server = createAppServer({
    receive: createReceiver(inbox, pino({ level: 'silent' })),
    secrets: [secret, former],
    log,
    webhookPath: '/api/github/webhooks',
    stopping: () => !ready,
    ready: async () => ready,
    observer: { webhook: (answered) => void counted.push(answered) },
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  lines.length = 0;
  counted.length = 0;
  put.length = 0;
  storing = async () => {};
  ready = true;
});

const sign = (body: string, by = secret) => `sha256=${createHmac('sha256', by).update(body).digest('hex')}`;
const url = (path = '/api/github/webhooks') => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;

function deliver(body: string, headers: Record<string, string | undefined> = {}, path?: string) {
  const all = {
    'content-type': 'application/json',
    'x-github-delivery': 'delivery-1',
    'x-github-event': 'pull_request',
    'x-hub-signature-256': sign(body),
    ...headers,
  };
  const set = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return fetch(url(path), { method: 'POST', body, headers: Object.fromEntries(set) });
}

describe('A webhook', () => {
  test('is stored, then answered', async () => {
    const response = await deliver(opened);
    expect(response.status).toBe(200);
    expect(put).toEqual([
      {
        subject: { kind: 'pull-request', repository: { installationId: 7, owner: 'octo', name: 'hello' }, number: 5 },
        deliveryId: 'delivery-1',
      },
    ]);
  });

  test('is taken at the root too, where Probot’s set-up flow points the App', async () => {
    expect((await deliver(opened, {}, '/')).status).toBe(200);
    expect(put).toHaveLength(1);
  });

  test('that cannot be stored gets a 500, so that GitHub lists it as failed', async () => {
    storing = async () => {
      throw new Error('disk full');
    };
    const response = await deliver(opened);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('disk');
  });

  test('of a kind that we do not know is answered and forgotten', async () => {
    expect((await deliver('{"zen":"x"}', { 'x-github-event': 'ping' })).status).toBe(200);
    expect((await deliver('{"action":"new"}', { 'x-github-event': 'not_invented_yet' })).status).toBe(200);
    expect(put).toEqual([]);
  });

  test.each([
    ['without a signature', undefined],
    ['with a wrong signature', `sha256=${'0'.repeat(64)}`],
    ['with the signature of another body', sign('{}')],
    ['signed with an empty secret', sign(opened, '')],
    ['with an old SHA-1 signature', 'sha1=abc'],
    ['with rubbish for a signature', '\u00ff\u00fe'],
  ])('%s is refused with 401, logged once, and no detail leaks', async (_, signature) => {
    const response = await deliver(opened, { 'x-hub-signature-256': signature });
    expect(response.status).toBe(401);
    expect(await response.text()).toBe('No valid signature.\n');
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toContain(secret);
    expect(JSON.stringify(lines)).not.toContain('octo');
    expect(put).toEqual([]);
  });

  test('signed with the former secret is taken while the secret is being changed', async () => {
    expect((await deliver(opened, { 'x-hub-signature-256': sign(opened, former) })).status).toBe(200);
    expect(put).toHaveLength(1);
  });

  test.each([
    ['is not JSON', 'rubbish', {}, 400],
    ['is no object', '[1]', {}, 400],
    ['is a form', opened, { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['names no event', opened, { 'x-github-event': undefined }, 400],
    ['names no delivery', opened, { 'x-github-delivery': undefined }, 400],
  ])('that %s is refused in words', async (_, body, headers, status) => {
    const response = await deliver(body, headers);
    expect(response.status).toBe(status);
    expect((await response.text()).length).toBeGreaterThan(10);
    expect(put).toEqual([]);
  });

  test('with a body announced over the limit is refused before a byte of it is read', async () => {
    const { status, sent } = await stream({ ...wellFormed, 'content-length': String(bodyLimit + 1) }, 0);
    expect({ status, sent }).toEqual({ status: 413, sent: 0 });
  });

  test('with a body over the limit that was not announced is cut off there', async () => {
    const { status } = await stream({ ...wellFormed, 'transfer-encoding': 'chunked' }, bodyLimit * 2);
    expect(status).toBe(413);
  });

  test('without a well-formed signature is refused before a byte of it is read', async () => {
    const { status, sent } = await stream({ 'content-length': String(bodyLimit) }, 0);
    expect({ status, sent }).toEqual({ status: 401, sent: 0 });
  });

  test('of the usual size is taken while large bodies that never end hold the memory', async () => {
    const large = Array.from({ length: 4 }, () =>
      stream({ ...wellFormed, 'content-length': String(bodyLimit) }, bodyLimit - 1),
    );
    expect(await Promise.race(large)).toMatchObject({ status: 503 });
    expect((await deliver(opened)).status).toBe(200);
    server.closeAllConnections();
  });

  test.each<[string, string | undefined, string | null, number]>([
    ['counted under its event once it is stored', sign(opened), 'pull_request', 200],
    ['counted under no event where nothing proves that it is GitHub’s', sign('{}'), null, 401],
  ])('is %s', async (_, signature, event, status) => {
    await deliver(opened, { 'x-hub-signature-256': signature });
    expect(counted).toEqual([{ event, status, seconds: expect.any(Number) }]);
  });

  test('gets a 503 while the App shuts down', async () => {
    ready = false;
    expect((await deliver(opened)).status).toBe(503);
    expect((await fetch(url('/readyz'))).status).toBe(503);
    expect((await fetch(url('/healthz'))).status).toBe(200);
  });
});

test('A connection that cannot be taken is logged, and does not end the process', () => {
  for (let times = 0; times < 2; times += 1)
    server.emit('error', Object.assign(new Error('accept'), { code: 'EMFILE' }));
  expect(lines.map(({ msg }) => msg)).toEqual(Array(2).fill('a connection could not be taken'));
});

describe('Beside webhooks,', () => {
  test.each([
    ['GET', '/healthz', 200],
    ['GET', '/readyz', 200],
    ['HEAD', '/readyz', 200],
    ['GET', '/', 200],
    ['GET', '/api/github/webhooks', 404],
    ['GET', '/nope', 404],
    ['DELETE', '/', 405],
    ['POST', '/nope', 405],
    ['GET', '//', 200],
    ['GET', '/healthz/', 200],
  ])('%s %s is answered with %i', async (method, path, status) => {
    expect((await fetch(url(path), { method })).status).toBe(status);
  });
});

/** A signature that could be one: such a body is read. */
const wellFormed = { 'x-hub-signature-256': sign('something else') };

/** Sends up to `bytes` of zeros, and tells how the server took it. */
function stream(headers: Record<string, string>, bytes: number): Promise<{ status: number; sent: number }> {
  return new Promise((resolve) => {
    let sent = 0;
    const chunk = Buffer.alloc(64 * 1024);
    const request = httpRequest(url(), { method: 'POST', headers });
    const finish = (response: IncomingMessage) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, sent });
    };
    const write = () => {
      while (sent < bytes && !request.destroyed) {
        sent += chunk.length;
        if (!request.write(chunk)) {
          request.once('drain', write);
          return;
        }
      }
    };
    request.on('response', finish);
    // The server closes while we still send; the answer has arrived by then.
    request.on('error', () => {});
    request.flushHeaders();
    write();
  });
}
