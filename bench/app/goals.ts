// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { ColdStart } from './cold-start.ts';
import { median } from './percentiles.ts';
import type { Result } from './run.ts';
import type { ScenarioName } from './scenarios.ts';

/** What was measured; whatever was left out is not there. */
export interface Measured {
  readonly results: Readonly<Partial<Record<ScenarioName, Result>>>;
  readonly coldStarts: readonly ColdStart[] | null;
}

export interface Goal {
  readonly what: string;
  readonly wanted: string;
  /** null where it was not measured, or cannot be on this system. */
  readonly measured: string | null;
  readonly met: boolean | null;
}

/** The goals that the project set itself for one process with all three rules on, beside what was measured. */
export function goals({ results, coldStarts }: Measured): readonly Goal[] {
  const closed = results['closed loop, 50 senders, 50 ms'];
  const burst = results['open loop, 500 a second, 50 ms'];
  const limited = results['GitHub’s limits, 50 ms'];
  const peaks = Object.values(results).map(({ peakMemory }) => peakMemory ?? Number.NaN);
  const start = coldStarts === null ? null : median(coldStarts.map(({ checked }) => checked));
  return [
    atLeast('Pull requests a second, GitHub at 50 ms, no limits', 200, closed && perSecond(closed), ''),
    atMost('Processor time a webhook', 4, closed?.cpu, ' ms'),
    atMost('Most memory', 200, peaks.length === 0 ? null : Math.max(...peaks) / 1e6, ' MB'),
    atMost('Cold start to the first check run', 500, start, ' ms'),
    atMost('Answer to a webhook, 500 a second, p99', 20, burst?.answer.p99, ' ms'),
    atMost('Time beside GitHub’s limits', 5, limited && beyondLimits(limited), ' %'),
  ];
}

/** Pull requests judged a second, until the last of them has its check runs. */
export function perSecond({ pullRequests, checkedIn }: Result): number {
  return (pullRequests * 1000) / checkedIn;
}

/** GitHub's own: points of GraphQL a minute for one installation, a query counting 1 and a mutation 5. */
const pointsPerMinute = 2000;

/**
 * Percent of time taken beyond the whole minutes that GitHub's limit asks for what was asked and written; null for what
 * fits into one.
 */
export function beyondLimits({ requests, checkedIn }: Result): number | null {
  const leastMinutes = Math.floor((pointsOf(requests) - 1) / pointsPerMinute);
  return leastMinutes === 0 ? null : (checkedIn / (leastMinutes * 60_000) - 1) * 100;
}

export function pointsOf(requests: Result['requests']): number {
  const points = Object.entries(requests).map(([operation, count]) => {
    if (operation.startsWith('mutation ')) return count * 5;
    return operation.startsWith('query ') ? count : 0;
  });
  return points.reduce((sum, one) => sum + one, 0);
}

type Value = number | null | undefined;

function atLeast(what: string, wanted: number, value: Value, unit: string): Goal {
  return { what, wanted: `at least ${wanted}${unit}`, ...measured(value, unit, (one) => one >= wanted) };
}

function atMost(what: string, wanted: number, value: Value, unit: string): Goal {
  return { what, wanted: `under ${wanted}${unit}`, ...measured(value, unit, (one) => one < wanted) };
}

function measured(value: Value, unit: string, isMet: (value: number) => boolean): Pick<Goal, 'measured' | 'met'> {
  if (value === null || value === undefined || Number.isNaN(value)) return { measured: null, met: null };
  return { measured: `${value.toFixed(value < 10 ? 1 : 0)}${unit}`, met: isMet(value) };
}
