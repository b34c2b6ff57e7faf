// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { handles } from '../../src/events.ts';
import type { FailedDelivery } from '../../src/github/deliveries.ts';
import { settledUntil } from '../../src/sweep/deliveries.ts';
import { mostAttempts, planRedeliveries, type RedeliveryOptions } from '../../src/sweep/redelivery.ts';

const minute = 60_000;
const now = 1_800_000_000_000;

/** An attempt that failed so many minutes ago. */
function failed(minutesAgo: number, more: Partial<FailedDelivery> = {}): FailedDelivery {
  return {
    id: String(1_000_000 - minutesAgo),
    guid: 'one',
    event: 'pull_request',
    action: 'opened',
    at: now - minutesAgo * minute,
    statusCode: 502,
    status: 'failed to connect to host',
    installationId: 1,
    repositoryId: 2,
    ...more,
  };
}

const plan = (attempts: readonly FailedDelivery[], more: Partial<RedeliveryOptions> = {}) =>
  planRedeliveries(attempts, {
    now,
    seenTo: new Map(),
    handles,
    underWay: minute,
    most: 40,
    reachable: true,
    isActive: (id) => id === 1,
    ...more,
  });
const kinds = (...given: Parameters<typeof plan>) => plan(...given).map(({ kind }) => kind);

describe('A webhook that failed', () => {
  test('once is asked for at once', () => {
    expect(kinds([failed(0)])).toEqual(['request']);
  });

  test('several times is asked for once, by its newest attempt', () => {
    const [only, ...others] = plan([failed(10), failed(20), failed(30)]);
    expect(only).toMatchObject({ kind: 'request', failures: 3, delivery: failed(10), firstAt: now - 30 * minute });
    expect(others).toEqual([]);
  });

  test.each([
    [2, 0, 'wait'],
    [2, 1, 'request'],
    [3, 1, 'wait'],
    [3, 2, 'request'],
    [7, 31, 'wait'],
    [7, 32, 'request'],
  ])('%i times, the last %i minutes ago: %s', (failures, minutesAgo, expected) => {
    const attempts = Array.from({ length: failures }, (_, index) => failed(minutesAgo + index * 100));
    expect(kinds(attempts)).toEqual([expected]);
  });

  test('is made up for by a look where nobody takes webhooks', () => {
    expect(kinds([failed(10)], { reachable: false })).toEqual(['look']);
  });

  test('too often is left to a look at its repository', () => {
    const attempts = Array.from({ length: mostAttempts }, (_, index) => failed(200 + index));
    expect(kinds(attempts)).toEqual(['look']);
  });

  test.each([
    ['for an event that the App does nothing about', { event: 'check_run', action: 'created' }, 'no check hangs on it'],
    ['for an event of that name without the action', { event: 'pull_request', action: null }, 'no check hangs on it'],
    ['since it was too large', { statusCode: 413 }, 'it was too large'],
    ['for a suspended installation', { installationId: 2 }, 'its installation is suspended or gone'],
    ['since it could not be read', { statusCode: 400 }, 'the App could not read it'],
  ])('%s is left alone', (_, more, why) => {
    expect(plan([failed(10, more)])).toMatchObject([{ kind: 'leave', why }]);
  });

  test.each([
    ['for a wrong secret, which somebody may have mended', { statusCode: 401 }],
    ['for a wrong path, which somebody may have mended', { statusCode: 404 }],
    ['since the disk was full', { statusCode: 500 }],
    ['since nobody answered in time', { statusCode: 504 }],
    ['with an event that has no actions', { event: 'push', action: null }],
  ])('%s is asked for', (_, more) => {
    expect(kinds([failed(10, more)])).toEqual(['request']);
  });
});

describe('A webhook that was asked for', () => {
  const asked = (minutesAgo: number) => new Map([['one', { id: failed(30).id, at: now - minutesAgo * minute }]]);

  test('a moment ago is waited for', () => {
    expect(kinds([failed(30)], { seenTo: asked(0) })).toEqual(['wait']);
  });

  test('and has not failed since has arrived', () => {
    expect(kinds([failed(30)], { seenTo: asked(5) })).toEqual(['leave']);
  });

  test('and failed again is asked for again', () => {
    expect(kinds([failed(4), failed(30)], { seenTo: asked(5) })).toEqual(['request']);
  });
});

test('Of more than can be asked for, the oldest are left to a look', () => {
  const attempts = [1, 2, 3].map((minutesAgo) => failed(minutesAgo, { guid: `${minutesAgo}` }));
  expect(kinds(attempts, { most: 2 })).toEqual(['request', 'request', 'look']);
});

describe('Failures are settled', () => {
  const never = () => false;

  test('up to now where nothing is left to do', () => {
    expect(settledUntil(plan([failed(10, { statusCode: 413 })]), never, now)).toBe(now);
  });

  test('up to the first attempt of what was asked for, until it has arrived', () => {
    expect(settledUntil(plan([failed(10), failed(90)]), never, now)).toBe(now - 90 * minute - 1);
  });

  test('up to what was left to a look, until that was had', () => {
    const seenTo = new Map([['one', { id: failed(30).id, at: now - 10 * minute }]]);
    expect(settledUntil(plan([failed(30)], { seenTo }), () => true, now)).toBe(now - 30 * minute - 1);
    expect(settledUntil(plan([failed(30)], { seenTo }), never, now)).toBe(now);
  });
});
