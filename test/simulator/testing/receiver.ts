// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** `event` or `event.action`. */
  readonly name: string;
}

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** `event.action` of everything received, in order. */
  names(): string[];
  /** The status to answer with from now on. */
  answer(status: number): void;
  close(): Promise<void>;
}

/** Listens where the App would, and keeps what it is sent. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let status = 202;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const { action } = JSON.parse(text) as { action?: string };
    const event = String(request.headers['x-github-event']);
    received.push({ headers: request.headers, text, name: action ? `${event}.${action}` : event });
    response.writeHead(status).end('taken');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    received,
    names: () => received.map(({ name }) => name),
    answer(next) {
      status = next;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
