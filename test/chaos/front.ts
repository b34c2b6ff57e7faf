// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What stands before several processes at one address and hands each webhook to one that runs, as a reverse proxy does. */
export interface Front {
  readonly url: string;
  /** Where the processes are that take webhooks now. */
  readonly targets: Set<string>;
  close(): Promise<void>;
}

export async function startFront(): Promise<Front> {
  const targets = new Set<string>();
  const server = createServer(async (request, response) => {
    const status = await forward(targets, request);
    response.writeHead(status).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/api/github/webhooks`,
    targets,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The status that the process answered; 502 where it died meanwhile, 503 where none runs. */
async function forward(targets: Set<string>, request: IncomingMessage): Promise<number> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const [target] = targets;
  if (target === undefined) return 503;
  // The next one goes to another.
  targets.delete(target);
  targets.add(target);
  const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers;
  try {
    const answer = await fetch(target, {
      method: 'POST',
      headers: headers as Record<string, string>,
      body: Buffer.concat(chunks),
    });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 502;
  }
}
