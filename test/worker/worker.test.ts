// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import type { Client } from '../../src/github/client.ts';
import { HeldError } from '../../src/github/errors.ts';
import { createExtendedReader } from '../../src/github/extended.ts';
import type { Attempt, Entry, Inbox, Subject } from '../../src/inbox/inbox.ts';
import { createMemoryLeases } from '../../src/lease/lease.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { unobserved } from '../../src/metrics/observer.ts';
import { StorageError } from '../../src/storage/error.ts';
import { backoff } from '../../src/worker/backoff.ts';
import { createWorker } from '../../src/worker/worker.ts';

const http = (status: number, message: string, headers: object = {}) =>
  Object.assign(new Error(message), { name: 'HttpError', status, response: { headers } });
const limited = (seconds: number) => http(429, 'Slow down', { 'retry-after': String(seconds) });
const fault = http(502, 'Bad gateway');

/** A worker whose GitHub fails every request with the errors given, in that order; then nothing is open. */
function workerFailing(...errors: Error[]) {
  const asked: number[] = [];
  const refreshed: unknown[] = [];
  const put: Subject[] = [];
  const nothing = { repository: { pullRequests: { pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] } } };
  const clientFor = async (installationId: number) =>
    ({
      auth: async (options: unknown) => refreshed.push(options),
      graphql: async () => {
        asked.push(installationId);
        const error = errors.shift();
        if (error !== undefined) throw error;
        return nothing;
      },
    }) as unknown as Client;
  const work = createWorker({
    inbox: { put: async (subject: Subject) => void put.push(subject) } as unknown as Inbox,
    leases: createMemoryLeases(),
    log: pino({ level: 'silent' }),
    host: 'github.com',
    appId: 1,
    policies: {
      of: async () => ({ resolution: null, proposed: null }),
      inForce: async () => null,
      buildsOn: async () => false,
      reader: createExtendedReader(async () => null),
    },
    dependents: { on: async () => [] },
    record: null,
    ledger: { record: async () => {} } as unknown as Ledger,
    clientFor,
    observer: unobserved,
  });
  const attempt = (number = 1, installationId = 7): Promise<Attempt> => {
    const repository = { installationId, owner: 'example-org', name: 'widget' };
    const subject: Subject = { kind: 'open-pull-requests', repository, base: null, headSha: null };
    const entry: Entry = { subject, deliveryId: null, updatedAt: null, attempt: number };
    return work(entry);
  };
  return { attempt, asked, refreshed };
}

describe('A failure', () => {
  test('that may pass is tried again, and counts', async () => {
    const { attempt } = workerFailing(fault);
    expect(await attempt()).toEqual({ done: false, retryAfter: expect.any(Number), counts: true });
    expect(await attempt(2)).toEqual({ done: true });
  });

  test.each<[string, Error, number]>([
    ['to find what may only be new is tried four times', http(404, 'Not Found'), 4],
    ['for good is not tried again', http(403, 'Resource not accessible by integration'), 1],
  ])('%s', async (_, error, most) => {
    const { attempt } = workerFailing(error, error);
    expect((await attempt(most)).done).toBe(true);
    if (most > 1) expect((await attempt(most - 1)).done).toBe(false);
  });

  test('to find what is there outlasts some minutes in which GitHub says that it is not', async () => {
    const { attempt } = workerFailing(...Array.from({ length: 3 }, () => http(404, 'Not Found')));
    let waited = 0;
    for (let number = 1; number <= 3; number += 1) {
      const tried = await attempt(number);
      waited += 'retryAfter' in tried ? tried.retryAfter : 0;
    }
    expect(waited).toBeGreaterThanOrEqual(5 * 60_000);
    expect(await attempt(4)).toEqual({ done: true });
  });

  test('that may be a mistake of ours is tried eight times, and then given up with its reason', async () => {
    const mistake = new TypeError('x is not a function');
    const { attempt } = workerFailing(mistake, mistake);
    expect(await attempt(7)).toMatchObject({ done: false, retryAfter: expect.any(Number) });
    expect(await attempt(8)).toEqual({ done: false, dead: true, why: 'x is not a function' });
  });

  test('of our own storage is tried again for as long as it lasts', async () => {
    const { attempt } = workerFailing(new StorageError('the disk is full'));
    expect(await attempt(100)).toMatchObject({ done: false, retryAfter: expect.any(Number) });
  });

  test('of a token has a new one made', async () => {
    const { attempt, refreshed } = workerFailing(http(401, 'Bad credentials'));
    expect((await attempt()).done).toBe(false);
    expect(refreshed).toEqual([{ type: 'installation', installationId: 7, refresh: true }]);
  });
});

describe('A rate limit', () => {
  test('is no failure: it does not count', async () => {
    const { attempt } = workerFailing(limited(90));
    expect(await attempt()).toEqual({ done: false, retryAfter: 90_000, counts: false });
  });

  test('that only sweeps have to keep to does not hold whoever waits', async () => {
    const { attempt, asked } = workerFailing(new HeldError(90_000, 'left to others', true));
    expect(await attempt()).toEqual({ done: false, retryAfter: 90_000, counts: false });
    expect(await attempt()).toEqual({ done: true });
    expect(asked).toEqual([7, 7]);
  });

  test('holds the whole installation, and no other', async () => {
    const { attempt, asked } = workerFailing(limited(90));
    await attempt();
    expect(await attempt()).toMatchObject({ done: false, counts: false });
    expect(asked).toEqual([7]);
    expect(await attempt(1, 8)).toEqual({ done: true });
  });

  test('is not shortened by a request that ran at the same time', async () => {
    const { attempt } = workerFailing(limited(3_000), limited(1));
    await Promise.all([attempt(), attempt()]);
    const held = await attempt();
    expect('retryAfter' in held ? held.retryAfter : 0).toBeGreaterThan(2_000_000);
  });
});

test.each([
  [1, 500, 1_000],
  [2, 1_000, 2_000],
  [5, 8_000, 16_000],
  [11, 300_000, 600_000],
  [1_000, 300_000, 600_000],
])('After try %i a failure waits for %i to %i ms', (attempt, least, most) => {
  for (let times = 0; times < 50; times += 1) {
    expect(backoff(attempt)).toBeGreaterThanOrEqual(least);
    expect(backoff(attempt)).toBeLessThanOrEqual(most);
  }
});
