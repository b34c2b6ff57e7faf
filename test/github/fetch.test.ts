// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { execFile } from 'node:child_process';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from '@jest/globals';
import { octokitWith } from '../../src/github/client.ts';
import { classify } from '../../src/github/errors.ts';
import { leanFetch } from '../../src/github/fetch.ts';
import { createLimiter } from '../../src/github/limiter.ts';

const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** A server on loopback and its address. */
async function serving(listener: RequestListener) {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
const answering = async (listener: RequestListener) => (await serving(listener)).url;

/** What a server is told and tells back. */
async function echo(request: IncomingMessage, response: ServerResponse) {
  const { method, url, headers } = request;
  response.end(JSON.stringify({ method, url, headers, body: await text(request) }));
}

describe('A request', () => {
  test('has its method, headers and body, and asks for a packed answer', async () => {
    const url = await answering(echo);
    const answer = await leanFetch(`${url}/a?b=%20`, { method: 'PATCH', headers: { 'X-A': '1' }, body: 'ä' });
    expect(JSON.parse(await answer.text())).toMatchObject({
      method: 'PATCH',
      url: '/a?b=%20',
      headers: { 'x-a': '1', 'accept-encoding': 'gzip', 'content-length': '2' },
      body: 'ä',
    });
  });

  test('uses the connection of the one before', async () => {
    const { server, url } = await serving((_, response) => response.end());
    let connections = 0;
    server.on('connection', () => {
      connections += 1;
    });
    for (let asked = 0; asked < 3; asked += 1) {
      await leanFetch(url);
      await turn();
    }
    expect(connections).toBe(1);
  });

  test('goes through the proxy that Node.js is told of', async () => {
    const proxy = await answering((request, response) => response.end(`through the proxy to ${request.url}`));
    const module = fileURLToPath(new URL('../../src/github/fetch.ts', import.meta.url));
    const program = `
      const { leanFetch } = await import(${JSON.stringify(module)});
      console.log(await (await leanFetch('http://github.example.com/api')).text());`;
    const env = { ...process.env, NODE_USE_ENV_PROXY: '1', HTTP_PROXY: proxy, http_proxy: proxy, NO_PROXY: '' };
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], { env });
    expect(stdout).toBe('through the proxy to http://github.example.com/api\n');
  });
});

describe('An answer', () => {
  test('has status, headers and body', async () => {
    const url = await answering((_, response) => {
      response.writeHead(403, 'Not you', { 'X-Left': '0', link: ['<a>', '<b>'] }).end('nö');
    });
    const answer = await leanFetch(`${url}/a`);
    expect(answer).toMatchObject({ status: 403, statusText: 'Not you', url: `${url}/a` });
    expect(Object.fromEntries(answer.headers)).toMatchObject({ 'x-left': '0', link: '<a>, <b>' });
    expect(await answer.text()).toBe('nö');
    expect(Buffer.from(await answer.arrayBuffer()).toString()).toBe('nö');
  });

  test.each([
    ['a little', 'a'.repeat(100_000)],
    ['much', Array.from({ length: 100_000 }, (_, at) => Math.sin(at)).join()],
  ])('is unpacked where it holds %s', async (_, body) => {
    const url = await answering((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(body));
    });
    expect(await (await leanFetch(url)).text()).toBe(body);
  });

  test('without a body has none to unpack', async () => {
    const url = await answering((_, response) => response.writeHead(304, { 'content-encoding': 'gzip' }).end());
    expect(await (await leanFetch(url)).text()).toBe('');
  });

  test('that leads elsewhere is followed, with what was asked', async () => {
    const there = await answering(echo);
    const here = await answering((_, response) => response.writeHead(307, { location: `${there}/moved` }).end());
    const answer = await leanFetch(here, { method: 'PUT', headers: { authorization: 'token x' }, body: 'b' });
    expect(answer.url).toBe(`${there}/moved`);
    const asked = JSON.parse(await answer.text());
    expect(asked).toMatchObject({ method: 'PUT', url: '/moved', body: 'b' });
    // A token is for one place.
    expect(asked.headers.authorization).toBeUndefined();
  });

  test('that leads elsewhere is given as it is where that is asked for', async () => {
    const here = await answering((_, response) => response.writeHead(302, { location: '/moved' }).end());
    expect((await leanFetch(here, { redirect: 'manual' })).status).toBe(302);
  });
});

describe('What may pass is told so that it is tried again:', () => {
  test.each<[string, RequestListener]>([
    ['a connection that breaks before the answer', (request) => request.socket.destroy()],
    [
      'a connection that breaks within the answer',
      (request, response) => {
        response.writeHead(200, { 'content-length': 10 }).write('half', () => request.socket.destroy());
      },
    ],
    ['an answer that is no HTTP', (request) => request.socket.end('what?\r\n\r\n')],
    [
      'an answer that is not packed as it says',
      (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('plain'),
    ],
    ['an answer that never comes', () => {}],
    ['an answer that never ends', (_, response) => response.writeHead(200).write('half')],
  ])('%s', async (_, listener) => {
    const url = await answering(listener);
    expect(await failureOf(() => leanFetch(url, {}, 100))).toMatchObject({ kind: 'retry', after: null });
  });

  test('a server that is not there', async () => {
    const { server, url } = await serving(() => {});
    await new Promise((resolve) => server.close(resolve));
    expect(await failureOf(() => leanFetch(url))).toMatchObject({ kind: 'retry', after: null });
  });

  test('a request that was called off', async () => {
    const url = await answering(() => {});
    expect(await failureOf(() => leanFetch(url, { signal: AbortSignal.abort() }))).toMatchObject({ kind: 'retry' });
  });
});

/** What the App makes of a request that fails so, once it has come through Octokit. */
async function failureOf(fetch: () => Promise<unknown>) {
  const limiter = createLimiter();
  const Octokit = octokitWith(limiter);
  const client = new Octokit({ auth: { token: 'x' }, request: { fetch } });
  const [asked] = await Promise.allSettled([client.request('GET /app')]);
  limiter.close();
  return asked.status === 'rejected' ? classify(asked.reason, 0) : 'it did not fail';
}
