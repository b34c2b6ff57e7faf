// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { exitCode, outcomeIcon, overall } from '../../src/report/outcome.ts';
import type { Outcome } from '../../src/rules/verdict.ts';
import { judged, report, verdict } from './sample.ts';

type Mode = 'enforce' | 'warn';

function judgement([outcome, mode]: readonly [Outcome, Mode]) {
  return judged({ ...verdict([]), outcome }, mode);
}

describe('what several judgements amount to', () => {
  test.each<[string, [Outcome, Mode][], Outcome, number]>([
    ['nothing was judged', [], 'not-applicable', 0],
    [
      'all pass',
      [
        ['pass', 'enforce'],
        ['pass', 'warn'],
      ],
      'pass',
      0,
    ],
    ['nothing applies', [['not-applicable', 'enforce']], 'not-applicable', 0],
    [
      'one applies and passes',
      [
        ['not-applicable', 'enforce'],
        ['pass', 'enforce'],
      ],
      'pass',
      0,
    ],
    [
      'one fails',
      [
        ['pass', 'enforce'],
        ['fail', 'enforce'],
      ],
      'fail',
      1,
    ],
    ['one fails that only warns', [['fail', 'warn']], 'pass', 0],
    [
      'one could not be judged',
      [
        ['incomplete', 'enforce'],
        ['pass', 'enforce'],
      ],
      'incomplete',
      2,
    ],
    ['one that only warns could not be judged', [['incomplete', 'warn']], 'incomplete', 2],
    [
      'one fails and one could not be judged',
      [
        ['fail', 'enforce'],
        ['incomplete', 'enforce'],
      ],
      'incomplete',
      2,
    ],
  ])('%s', (_, judgements, outcome, code) => {
    expect(overall(judgements.map(judgement))).toBe(outcome);
    expect(exitCode({ ...report, judgements: judgements.map(judgement) })).toBe(code);
  });

  test.each<[Outcome, Mode, string]>([
    ['pass', 'enforce', '✅'],
    ['not-applicable', 'enforce', '✅'],
    ['fail', 'enforce', '❌'],
    ['fail', 'warn', '⚠️'],
    ['incomplete', 'warn', '❓'],
  ])('%s in mode %s looks like %s', (outcome, mode, icon) => {
    expect(outcomeIcon(judgement([outcome, mode]))).toBe(icon);
  });
});
