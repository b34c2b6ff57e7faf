// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { trace } from '@opentelemetry/api';
import { inSpan } from '../../src/tracing/span.ts';
import { startTracing } from '../../src/tracing/start.ts';

const span = <Result>(name: string, run: () => Promise<Result>) => inSpan(name, 'INTERNAL', () => ({}), run);

test.each<[string, Record<string, string>]>([
  ['without an address', {}],
  ['with an empty one', { OTEL_EXPORTER_OTLP_ENDPOINT: '' }],
  ['where it is switched off', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:1', OTEL_SDK_DISABLED: 'true' }],
])('%s no traces are kept, and what would be traced runs', async (_, env) => {
  const stop = await startTracing(env);
  expect(await span('work', async () => trace.getActiveSpan()?.isRecording() ?? false)).toBe(false);
  await stop();
});

test('spans are sent to the address given, one within the other, with what went wrong', async () => {
  const sent: Buffer[] = [];
  const paths: (string | undefined)[] = [];
  const collector = createServer((request, response) => {
    paths.push(request.url);
    request.on('data', (chunk: Buffer) => sent.push(chunk));
    request.on('end', () => response.writeHead(200).end());
  });
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  try {
    const stop = await startTracing(process.env);
    const outer = span('outer', async () => {
      const id = trace.getActiveSpan()?.spanContext().traceId;
      await span('inner', async () => {
        expect(trace.getActiveSpan()?.spanContext().traceId).toBe(id);
        throw new Error('what went wrong');
      });
    });
    await expect(outer).rejects.toThrow('what went wrong');
    await stop();
  } finally {
    delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
    collector.close();
  }
  expect(paths).toEqual(['/v1/traces']);
  const text = Buffer.concat(sent).toString('latin1');
  for (const word of ['outer', 'inner', 'what went wrong', 'countersign']) expect(text).toContain(word);
});
