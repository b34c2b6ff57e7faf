// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { beyondLimits, goals } from '../../bench/app/goals.ts';
import { percentiles } from '../../bench/app/percentiles.ts';
import type { Result } from '../../bench/app/run.ts';

const one = percentiles([1]);
const result: Result = {
  pullRequests: 400,
  answeredIn: 1000,
  checkedIn: 61_000,
  answer: one,
  check: one,
  cpu: 3,
  peakMemory: 150e6,
  requests: { 'query PullRequest': 400, 'query Contents': 400, 'mutation CheckRuns': 400 },
};

describe('The goals', () => {
  test('that nothing was measured for are neither met nor missed', () => {
    const empty = goals({ results: {}, coldStarts: null });
    expect(empty.map(({ measured, met }) => [measured, met])).toEqual(empty.map(() => [null, null]));
  });

  test('are held against what was measured', () => {
    const measured = goals({
      results: { 'closed loop, 50 senders, 50 ms': { ...result, checkedIn: 1000, peakMemory: 250e6 } },
      coldStarts: [{ listening: 300, checked: 450 }],
    });
    expect(measured.flatMap(({ what, measured, met }) => (met === null ? [] : [[what, measured, met]]))).toEqual([
      ['Pull requests a second, GitHub at 50 ms, no limits', '400', true],
      ['Processor time a webhook', '3.0 ms', true],
      ['Most memory', '250 MB', false],
      ['Cold start to the first check run', '450 ms', true],
    ]);
  });

  // 400 pull requests cost 2,800 points: the limit of 2,000 a minute lets the last of them through after one minute.
  test('count only the time beyond what GitHub’s limit asks for', () => {
    expect(beyondLimits(result)).toBeCloseTo((61_000 / 60_000 - 1) * 100);
    expect(beyondLimits({ ...result, requests: { 'query PullRequest': 400 } })).toBeNull();
  });
});

test('Percentiles are in milliseconds', () => {
  const durations = Array.from({ length: 1000 }, (_, index) => index + 1);
  const { p50, p99, max } = percentiles(durations);
  expect([p50, p99, max].map((value, at) => value / ([500, 990, 1000][at] ?? 1))).toEqual([
    expect.closeTo(1, 2),
    expect.closeTo(1, 2),
    expect.closeTo(1, 2),
  ]);
});
