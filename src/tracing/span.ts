// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type Attributes, type Span, type SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

/**
 * Runs something as a span of a trace: within the span that runs already, if any. Costs next to nothing where no traces
 * are kept. What is thrown is noted and thrown on.
 */
export function inSpan<Result>(
  name: string,
  kind: SpanKind,
  attributes: Attributes,
  run: (span: Span) => Promise<Result>,
): Promise<Result> {
  return trace.getTracer('countersign').startActiveSpan(name, { kind, attributes }, async (span) => {
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
