// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { createAllowance } from '../../src/sweep/allowance.ts';
import { createAsked } from '../../src/sweep/asked.ts';

const minute = 60_000;
const hour = 60 * minute;

describe('Of an installation’s hour the sweep spends', () => {
  const budget = { limit: 5000, remaining: 5000, cost: 0, resetAt: hour };

  test('its share, and what it has read counts', () => {
    const allowance = createAllowance(0.2, () => 0);
    allowance.hear({ ...budget, cost: 400 });
    allowance.spend(500);
    expect([allowance.may(100), allowance.may(101)]).toEqual([true, false]);
  });

  test('its share again in the next hour', () => {
    let now = 0;
    const allowance = createAllowance(0.2, () => now);
    allowance.hear(budget);
    allowance.spend(1000);
    expect(allowance.may(1)).toBe(false);
    now = hour;
    expect(allowance.may(1)).toBe(true);
    allowance.hear({ ...budget, resetAt: 2 * hour });
    expect(allowance.may(1000)).toBe(true);
  });

  test('what it wants where GitHub sets no limits, or has not said yet which', () => {
    const allowance = createAllowance(0.01, () => 0);
    expect(allowance.may(1_000_000)).toBe(true);
    allowance.hear(null);
    expect(allowance.may(1_000_000)).toBe(true);
  });
});

describe('What a look did not mend is asked for again', () => {
  test('after five minutes, ten, twenty, and at last once a day', () => {
    const asked = createAsked();
    const times: number[] = [];
    for (let now = 0; now < 72 * hour; now += minute) {
      if (!asked.due('one', 'head', now)) continue;
      asked.note('one', 'head', now);
      times.push(now / minute);
    }
    const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 1280, 1440]);
  });

  test('at once where its head is another one', () => {
    const asked = createAsked();
    asked.note('one', 'head', 0);
    expect([asked.due('one', 'head', 0), asked.due('one', 'other', 0), asked.due('two', 'head', 0)]).toEqual([
      false,
      true,
      true,
    ]);
  });
});
