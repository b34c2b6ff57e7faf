// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, expect, jest, test } from '@jest/globals';
import { createMemoryLeases, type Leases } from '../../src/lease/lease.ts';
import { createTurns, type Turn } from '../../src/worker/turns.ts';

afterEach(() => {
  jest.useRealTimers();
});

/** Work that notes its start and waits until the test lets it end. */
function workbench(leases = createMemoryLeases()) {
  const turns = createTurns(leases);
  const started: string[] = [];
  const begin = (key: string, name: string, since = 0) => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const result = turns(key, since, ({ overtaken }) => {
      started.push(overtaken ? `${name} overtaken` : name);
      return promise;
    });
    return { end: () => resolve(name), fail: () => reject(new Error(name)), result };
  };
  return { started, begin };
}

test('Equal keys take turns, and different ones do not wait for each other', async () => {
  const { started, begin } = workbench();
  const [one, two, other] = [begin('a', 'one'), begin('a', 'two'), begin('b', 'other')];
  await turn();
  expect(started).toEqual(['one', 'other']);
  one.end();
  expect(await one.result).toBe('one');
  await turn();
  expect(started).toEqual(['one', 'other', 'two overtaken']);
  two.end();
  other.end();
  await Promise.all([two.result, other.result]);
  begin('a', 'later', Number.POSITIVE_INFINITY).end();
  await turn();
  expect(started.at(-1)).toBe('later');
});

test('Who read before another turn ended is told, even where that turn is over', async () => {
  const leases = createMemoryLeases();
  const [one, other] = [workbench(leases), workbench(leases)];
  const first = one.begin('a', 'one');
  first.end();
  await first.result;
  for (const [bench, name] of [[one, 'here'] as const, [other, 'elsewhere'] as const]) {
    const later = bench.begin('a', name);
    later.end();
    await later.result;
    expect(bench.started.at(-1)).toBe(`${name} overtaken`);
  }
});

test('A failure is told to whoever failed, and the next one has its turn', async () => {
  const { started, begin } = workbench();
  const [one, two] = [begin('a', 'one'), begin('a', 'two')];
  await turn();
  one.fail();
  await expect(one.result).rejects.toThrow('one');
  two.end();
  expect(await two.result).toBe('two');
  expect(started).toEqual(['one', 'two overtaken']);
});

test('Processes that share leases take turns too', async () => {
  const leases = createMemoryLeases();
  const [one, other] = [workbench(leases), workbench(leases)];
  const first = one.begin('a', 'one');
  const elsewhere = other.begin('b', 'elsewhere');
  await turn();
  const second = other.begin('a', 'two');
  await turn();
  expect([one.started, other.started]).toEqual([['one'], ['elsewhere']]);
  first.end();
  elsewhere.end();
  second.end();
  expect(await second.result).toBe('two');
  expect(other.started.at(-1)).toBe('two overtaken');
});

test.each([
  ['is over, so that nothing is written in another one', async () => false, true],
  ['cannot be told to go on, for as long', () => Promise.reject(new Error('the storage is away')), true],
  ['goes on', async () => true, false],
])('A turn that %s', async (_, renew, ends) => {
  jest.useFakeTimers();
  const leases: Leases = { hold: async () => ({ idle: 0, renew, release: async () => {} }) };
  const held = Promise.withResolvers<Turn>();
  const over = Promise.withResolvers<void>();
  const done = createTurns(leases)('a', 0, async (turn) => {
    held.resolve(turn);
    await over.promise;
  });
  const { assertHeld } = await held.promise;
  await jest.advanceTimersByTimeAsync(24_000);
  assertHeld();
  await jest.advanceTimersByTimeAsync(2_000);
  if (ends) expect(assertHeld).toThrow('another look may have its turn by now');
  else assertHeld();
  over.resolve();
  await done;
});

test('A turn that could not be given back at once is given back as soon as the storage is there', async () => {
  const leases = createMemoryLeases();
  let away = true;
  const { started, begin } = workbench({
    hold: async (name, timeToLive) => {
      const lease = await leases.hold(name, timeToLive);
      const release = async () => {
        if (away) throw new Error('no database');
        await lease?.release();
      };
      return lease && { ...lease, release };
    },
  });
  const first = begin('a', 'one');
  first.end();
  expect(await first.result).toBe('one');
  const next = begin('a', 'two');
  away = false;
  next.end();
  const since = performance.now();
  await next.result;
  expect(started).toEqual(['one', 'two overtaken']);
  expect(performance.now() - since).toBeLessThan(10_000);
});
