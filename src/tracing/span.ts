// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Attributes, Span, SpanKind } from '@opentelemetry/api';

type Api = typeof import('@opentelemetry/api');

/** OpenTelemetry, once traces are kept. Half a hundred files, which a start without it does not read. */
let api: Api | null = null;

/** Has what runs from now on noted in traces. */
export function traceWith(loaded: Api | null): void {
  api = loaded;
}

/**
 * Runs something as a span of a trace: within the span that runs already, if any. Costs nothing where no traces are
 * kept, and there is no span then. What is thrown is noted and thrown on.
 */
export async function inSpan<Result>(
  name: string,
  kind: keyof typeof SpanKind,
  attributes: () => Attributes,
  run: (span: Span | null) => Promise<Result>,
): Promise<Result> {
  if (api === null) return run(null);
  const { SpanKind: kinds, SpanStatusCode, trace } = api;
  const options = { kind: kinds[kind], attributes: attributes() };
  return trace.getTracer('countersign').startActiveSpan(name, options, async (span) => {
    try {
      return await run(span);
    } catch (thrown) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: (thrown as Error).message });
      throw thrown;
    } finally {
      span.end();
    }
  });
}
