// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createHistogram } from 'node:perf_hooks';

/** In milliseconds. */
export interface Percentiles {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Of durations in milliseconds, one at least. */
export function percentiles(durations: readonly number[]): Percentiles {
  // It takes whole numbers from 1 on: microseconds.
  const histogram = createHistogram({ figures: 3 });
  for (const duration of durations) histogram.record(Math.max(1, Math.round(duration * 1000)));
  return { p50: histogram.percentile(50) / 1000, p99: histogram.percentile(99) / 1000, max: histogram.max / 1000 };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
