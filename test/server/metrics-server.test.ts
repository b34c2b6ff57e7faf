// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { createMetricsServer } from '../../src/server/metrics-server.ts';

const lines: { readonly msg: string }[] = [];
let server: Server;

beforeAll(async () => {
  server = createMetricsServer({
    contentType: 'text/plain',
    text: async () => 'up 1\n',
    ready: async () => true,
    log: pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) }),
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test('A connection to the figures that cannot be taken is logged, and does not end the process', async () => {
  for (let times = 0; times < 2; times += 1) {
    server.emit('error', Object.assign(new Error('accept'), { code: 'EMFILE' }));
  }
  expect(lines.map(({ msg }) => msg)).toEqual(Array(2).fill('a connection could not be taken'));
  const { port } = server.address() as AddressInfo;
  expect(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()).toBe('up 1\n');
});
