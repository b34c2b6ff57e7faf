// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { expect, test } from '@jest/globals';
import { publishedLimits } from '../../src/github/limits.ts';
import { type CounterFor, createWindows, type Reservation } from '../../src/github/windows.ts';

/** A reservation of seven points in a window that has so many milliseconds left, and what was given back. */
async function reservedFor(msBeforeNext: number) {
  const givenBack: number[] = [];
  const counter = {
    points: 2000,
    duration: 60,
    consume: async (_: string, points: number) => ({ consumedPoints: points, msBeforeNext }),
    reward: async (_: string, points: number) => givenBack.push(points),
  };
  const windows = createWindows(publishedLimits, (() => counter) as unknown as CounterFor);
  return { reservation: (await windows.reserve('1', 7, 1)) as Reservation, givenBack };
}

test('What is reserved is spent until nothing is left, and the rest given back once', async () => {
  const { reservation, givenBack } = await reservedFor(60_000);
  expect([5, 5, 1].map((points) => reservation.spend('1', points))).toEqual([true, false, true]);
  await reservation.giveBack();
  await reservation.giveBack();
  expect(givenBack).toEqual([1]);
  expect(reservation.spend('1', 1)).toBe(false);
});

test('What is reserved is nothing to the next minute', async () => {
  const { reservation, givenBack } = await reservedFor(0);
  expect(reservation.spend('1', 1)).toBe(false);
  await reservation.giveBack();
  expect(givenBack).toEqual([]);
});
