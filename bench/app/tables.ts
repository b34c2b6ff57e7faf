// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { cpus, release, totalmem, type } from 'node:os';
import type { ColdStart } from './cold-start.ts';
import { type Goal, perSecond } from './goals.ts';
import { median } from './percentiles.ts';
import type { Result } from './run.ts';

/** Where it was measured, for whoever reads a figure later. */
export function machine(): string {
  const memory = `${(totalmem() / 1e9).toFixed(0)} GB`;
  return `${cpus().length} × ${cpus()[0]?.model}, ${memory}, ${type()} ${release()}, Node.js ${process.version}`;
}

/** Markdown, to be pasted into docs/performance.md. */
export function resultsTable(results: Readonly<Record<string, Result>>): string {
  const heads = ['', 'webhooks/s', 'answer p50', 'p99', 'judged/s', 'check p50', 'p99', 'CPU', 'memory', 'requests'];
  const rows = Object.entries(results).map(([name, result]) => [
    name,
    ((result.pullRequests * 1000) / result.answeredIn).toFixed(0),
    milliseconds(result.answer.p50),
    milliseconds(result.answer.p99),
    perSecond(result).toFixed(0),
    milliseconds(result.check.p50),
    milliseconds(result.check.p99),
    result.cpu === null ? 'not measured' : milliseconds(result.cpu),
    result.peakMemory === null ? 'not measured' : `${(result.peakMemory / 1e6).toFixed(0)} MB`,
    (sum(result.requests) / result.pullRequests).toFixed(1),
  ]);
  return table([heads, ...rows]);
}

export function goalsTable(goals: readonly Goal[]): string {
  const rows = goals.map(({ what, wanted, measured, met }) => [
    what,
    wanted,
    measured ?? 'not measured',
    met === null ? '' : met ? 'yes' : 'no',
  ]);
  return table([['goal', 'wanted', 'measured', 'met'], ...rows]);
}

export function coldStartLine(starts: readonly ColdStart[]): string {
  const [ready, checked] = [starts.map((one) => one.listening), starts.map((one) => one.checked)];
  const first = starts[0]?.checked ?? Number.NaN;
  return `Cold start, median of ${starts.length}: ${milliseconds(median(ready))} until webhooks are taken, ${milliseconds(median(checked))} until the first check run is there (${milliseconds(first)} at the very first start, before Node.js has compiled code to keep).`;
}

function milliseconds(value: number): string {
  return value < 10
    ? `${value.toFixed(1)} ms`
    : value < 10_000
      ? `${value.toFixed(0)} ms`
      : `${(value / 1000).toFixed(1)} s`;
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

function table([heads = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}
