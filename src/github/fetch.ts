// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import http from 'node:http';
import https from 'node:https';
import { urlToHttpOptions } from 'node:url';
import { promisify } from 'node:util';
import { gunzip, gunzipSync } from 'node:zlib';
import { LruMap } from 'toad-cache';

/** How long one request to GitHub may take, in milliseconds; GitHub itself ends a query after ten seconds. */
const longest = 30_000;

/** What Octokit gives to `fetch`. */
interface Options {
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly redirect?: string | undefined;
  readonly signal?: AbortSignal | null | undefined;
}

/** What Octokit asks of an answer. */
export interface Fetched {
  readonly status: number;
  readonly statusText: string;
  readonly url: string;
  readonly headers: ReadonlyMap<string, string>;
  text(): Promise<string>;
  /** Without a promise, which would hold on to a text of a hundred kilobytes for longer than it is read. */
  textNow(): string;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/**
 * As much of `fetch` as Octokit uses, by `node:http`, which takes a third of the processor time. Connections are kept,
 * and proxies and certificate authorities are those that Node.js is started with, since its own agents are used. The
 * whole answer is there when the promise resolves; it rejects where that takes longer than 30 seconds.
 */
export async function leanFetch(url: string, options: Options = {}, timeout = longest): Promise<Fetched | Response> {
  const [message, body] = await exchange(url, options, timeout);
  // Nothing was done yet, and there are rules for what may go with a request to another place.
  if (isRedirect(message) && options.redirect !== 'manual') return followed(url, options, timeout);
  const textNow = () => body.toString('utf8');
  return {
    status: message.statusCode ?? 0,
    statusText: message.statusMessage ?? '',
    url,
    headers: new Map(Object.entries(message.headers).map(([name, value]) => [name, String(value)])),
    text: async () => textNow(),
    textNow,
    arrayBuffer: async () => new Uint8Array(body).buffer,
  };
}

const gunzipElsewhere = promisify(gunzip);
/** Bytes that are unpacked in less time than it takes to have another thread do it. */
const small = 64 * 1024;

async function unzipped(body: Buffer): Promise<Buffer> {
  // An answer without a body, such as a 304, may name an encoding as well.
  if (body.length === 0) return body;
  return body.length <= small ? gunzipSync(body) : gunzipElsewhere(body);
}

const addresses = new LruMap<ReturnType<typeof urlToHttpOptions>>(20);

/** Most requests go to the one address of GraphQL. */
function addressOf(url: string) {
  const known = addresses.get(url);
  if (known !== undefined) return known;
  const { protocol, hostname, port, path } = urlToHttpOptions(new URL(url));
  const address = { protocol, hostname, port, path };
  addresses.set(url, address);
  return address;
}

/** Sends a request; the head of its answer and the whole body. */
async function exchange(url: string, options: Options, timeout: number): Promise<[http.IncomingMessage, Buffer]> {
  let deadline: NodeJS.Timeout | undefined;
  try {
    const [message, body] = await new Promise<[http.IncomingMessage, Buffer]>((resolve, reject) => {
      const { method = 'GET', headers = {}, body, signal } = options;
      const address = addressOf(url);
      const { request: send } = address.protocol === 'https:' ? https : http;
      const request = send({
        ...address,
        method,
        headers: {
          ...headers,
          'accept-encoding': 'gzip',
          // Node.js itself says it for some methods only; unsaid, the body would be read as the next request.
          ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
        },
        ...(signal != null && { signal }),
      });
      deadline = setTimeout(() => {
        reject(new DOMException(`no answer from GitHub within ${timeout / 1000} seconds`, 'TimeoutError'));
        request.destroy();
      }, timeout);
      request.on('error', reject);
      request.on('response', (message) => gather(message, resolve, reject));
      request.end(body);
    });
    return [message, message.headers['content-encoding'] === 'gzip' ? await unzipped(body) : body];
  } finally {
    clearTimeout(deadline);
  }
}

function gather(
  message: http.IncomingMessage,
  resolve: (answer: [http.IncomingMessage, Buffer]) => void,
  reject: (error: Error) => void,
): void {
  const chunks: Buffer[] = [];
  message.on('data', (chunk: Buffer) => chunks.push(chunk));
  message.on('error', reject);
  message.on('end', () => resolve([message, chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)]));
}

function isRedirect({ statusCode = 0, headers }: http.IncomingMessage): boolean {
  return [301, 302, 303, 307, 308].includes(statusCode) && headers.location !== undefined;
}

/** Asked for once more, by the platform's own `fetch`: a repository that was renamed is a rare thing. */
function followed(url: string, { signal, ...options }: Options, timeout: number): Promise<Response> {
  const deadline = AbortSignal.timeout(timeout);
  return fetch(url, {
    ...(options as RequestInit),
    signal: signal == null ? deadline : AbortSignal.any([signal, deadline]),
  });
}
