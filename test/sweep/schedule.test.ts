// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { pino } from 'pino';
import { createMemoryLeases, type Lease, type Leases } from '../../src/lease/lease.ts';
import { type Schedule, startSweeping } from '../../src/sweep/schedule.ts';
import type { SweepReport } from '../../src/sweep/sweep-report.ts';

const interval = 300_000;
const report: SweepReport = { redeliveries: [], redelivered: 0, deliveriesFailed: null, installations: [] };
const lines: { msg: string }[] = [];
const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) });
const schedules: Schedule[] = [];

beforeEach(() => {
  jest.useFakeTimers();
  lines.splice(0);
});
afterEach(async () => {
  for (const schedule of schedules.splice(0)) await schedule.stop();
  jest.useRealTimers();
});

type Sweep = (signal: AbortSignal) => Promise<SweepReport>;

/** A process that sweeps; `sweeps` has the signal of each. */
function start(leases: Leases = createMemoryLeases(), sweep: Sweep = async () => report) {
  const sweeps: AbortSignal[] = [];
  const sweeper = {
    sweep: (signal: AbortSignal) => {
      sweeps.push(signal);
      return sweep(signal);
    },
  };
  const schedule = startSweeping({ sweeper, leases, log, interval });
  schedules.push(schedule);
  return { sweeps, schedule };
}

const pass = (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds);

/** A sweep that goes on until it is told to stop. */
const untilStopped: Sweep = (signal) =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(report), { once: true }));

describe('A process sweeps', () => {
  test('at once, and again after every interval', async () => {
    const { sweeps } = start();
    await pass(0);
    expect(sweeps).toHaveLength(1);
    await pass(2.5 * interval);
    expect(sweeps).toHaveLength(3);
  });

  test('on, though a sweep fails', async () => {
    const { sweeps } = start(createMemoryLeases(), async () => {
      throw new Error('a mistake of ours');
    });
    await pass(1.5 * interval);
    expect(sweeps).toHaveLength(2);
    expect(lines[0]).toMatchObject({ err: { message: 'a mistake of ours' } });
  });

  test('no more once it is told to stop, and not before the sweep that runs has ended', async () => {
    const { sweeps, schedule } = start(createMemoryLeases(), untilStopped);
    await pass(0);
    await schedule.stop();
    expect(sweeps[0]?.aborted).toBe(true);
    await pass(3 * interval);
    expect(sweeps).toHaveLength(1);
  });
});

describe('A stop waits no longer than ten seconds', () => {
  const never = new Promise<never>(() => {});
  const lease: Lease = { idle: Number.POSITIVE_INFINITY, renew: async () => true, release: async () => {} };

  test.each<[string, Lease, Sweep]>([
    ['for a sweep that does not end', lease, () => never],
    ['for a database that does not take the lease back', { ...lease, release: () => never }, async () => report],
    ['for either', { ...lease, release: () => never }, () => never],
  ])('%s', async (_, held, sweep) => {
    const { schedule } = start({ hold: async () => held }, sweep);
    // What never ends is not stopped once more after the test.
    schedules.pop();
    await pass(0);
    const stopping = schedule.stop();
    await pass(10_000);
    await stopping;
  });
});

describe('Of two processes', () => {
  test('one sweeps, and the other when that one has stopped', async () => {
    const leases = createMemoryLeases();
    const [first, second] = [start(leases), start(leases)];
    await pass(2.5 * interval);
    expect([first.sweeps.length, second.sweeps.length]).toEqual([3, 0]);
    await first.schedule.stop();
    await pass(1.5 * interval);
    expect(second.sweeps.length).toBeGreaterThan(0);
  });

  test('the one that loses the lease stops in mid-sweep', async () => {
    const lease: Lease = { idle: Number.POSITIVE_INFINITY, renew: async () => false, release: async () => {} };
    const { sweeps } = start({ hold: async () => lease }, untilStopped);
    await pass(60_000);
    expect(sweeps[0]?.aborted).toBe(true);
  });

  test('the one that cannot ask for its lease goes on until its time is over', async () => {
    const renew = async () => {
      throw new Error('the database is away');
    };
    const lease: Lease = { idle: Number.POSITIVE_INFINITY, renew, release: async () => {} };
    const { sweeps } = start({ hold: async () => lease }, untilStopped);
    await pass(20_000);
    expect(sweeps[0]?.aborted).toBe(false);
    await pass(20_000);
    expect(sweeps[0]?.aborted).toBe(true);
  });
});
