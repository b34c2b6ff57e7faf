// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { expect, test } from '@jest/globals';
import { hourOf, isDue, untilNextHour } from '../../src/weekly/hours.ts';

const repositories = Array.from({ length: 500 }, (_, index) => ({ owner: 'octo', name: `widget-${index}` }));
const week = Array.from({ length: 168 }, (_, index) => 490_000 + index);

test('Each repository has one hour of the week, and the same one every week', () => {
  for (const one of repositories) {
    const turns = week.filter((hour) => isDue(one, hour, hour));
    expect(turns).toHaveLength(1);
    const [turn = 0] = turns;
    expect(isDue(one, turn + 168, turn + 168)).toBe(true);
  }
});

test('Repositories spread over the week', () => {
  const busy = week.filter((hour) => repositories.some((one) => isDue(one, hour, hour)));
  expect(busy.length).toBeGreaterThan(120);
});

test('No hour of a longer time is left out', () => {
  expect(repositories.every((one) => isDue(one, 490_000, 490_167))).toBe(true);
  expect(repositories.every((one) => isDue(one, 490_001, 490_167))).toBe(false);
});

test('The case of a name makes no difference', () => {
  const [first = { owner: '', name: '' }] = repositories;
  const turn = week.find((hour) => isDue(first, hour, hour)) ?? 0;
  expect(isDue({ owner: 'OCTO', name: first.name.toUpperCase() }, turn, turn)).toBe(true);
});

test('An hour begins when the one before ends', () => {
  const time = Date.parse('2026-11-22T05:59:59.000Z');
  expect(untilNextHour(time)).toBe(1000);
  expect(hourOf(time + untilNextHour(time))).toBe(hourOf(time) + 1);
});
