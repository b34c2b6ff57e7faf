// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { setTimeout as sleep } from 'node:timers/promises';
import { traceWith } from './span.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** In milliseconds. */
const longestFlush = 3_000;

/** Resolves once what was noted is sent, or cannot be. */
export type StopTracing = () => Promise<void>;

/**
 * Sends traces to where OpenTelemetry's own variables say: `OTEL_EXPORTER_OTLP_ENDPOINT`, or the same for traces alone.
 * Without them nothing of it is loaded. The exporter reads its other variables itself.
 */
export async function startTracing(env: Environment): Promise<StopTracing> {
  const endpoint = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || env.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (!endpoint || env.OTEL_SDK_DISABLED?.toLowerCase() === 'true') return async () => {};
  const [api, { BatchSpanProcessor, TracerProvider }, { OTLPTraceExporter }, hooks, resources] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-proto'),
    import('@opentelemetry/context-async-hooks'),
    import('@opentelemetry/resources'),
  ]);
  const named = resources.resourceFromAttributes({ 'service.name': 'countersign' });
  const detected = resources.detectResources({ detectors: [resources.envDetector] });
  const provider = new TracerProvider({
    resource: resources.defaultResource().merge(named).merge(detected),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  const { context, trace } = api;
  context.setGlobalContextManager(new hooks.AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  traceWith(api);
  return async () => {
    // Traces that nobody takes must not keep the App from ending, nor from ending well.
    await Promise.race([provider.shutdown().catch(() => {}), sleep(longestFlush, undefined, { ref: false })]);
  };
}
