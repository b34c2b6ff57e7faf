// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ApiParts, handleApi } from './handle-api.ts';

export interface ServerParts extends ApiParts {
  /** Answers what is not an API request: the pages to look at. */
  page(request: IncomingMessage, response: ServerResponse, path: string): Promise<void>;
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
