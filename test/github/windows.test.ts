// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { publishedLimits } from '../../src/github/limits.ts';
import { sharedCounters } from '../../src/github/shared-windows.ts';
import { createWindows } from '../../src/github/windows.ts';
import { type Database, migrate } from '../../src/storage/postgres.ts';
import { createTestDatabase, type TestDatabase } from '../helpers/postgres.ts';

let database: TestDatabase;
const connections: Database[] = [];
const connect = () => {
  const connection = database.connect();
  connections.push(connection);
  return connection;
};
beforeAll(async () => {
  database = await createTestDatabase();
  await migrate(connect());
});
afterAll(async () => {
  for (const connection of connections) await connection.close();
  await database.drop();
});

const query = { api: 'graphql', points: 1, content: 'none' } as const;
const read = { api: 'rest', points: 1, content: 'none' } as const;
const limits = { ...publishedLimits, graphqlPerMinute: 3 };

describe('Processes that share a PostgreSQL', () => {
  test('fill the same windows, each installation its own', async () => {
    const [one, other] = [
      createWindows(limits, sharedCounters(connect())),
      createWindows(limits, sharedCounters(connect())),
    ];
    expect([await one.take('7', query, 1), await other.take('7', query, 1), await one.take('7', query, 1)]).toEqual([
      null,
      null,
      null,
    ]);
    expect(await other.take('7', query, 1)).toEqual({ limit: 'points', wait: expect.any(Number) });
    expect(await other.take('7', read, 1)).toBeNull();
    expect(await other.take('8', query, 1)).toBeNull();
  });

  test('leave an installation alone together where GitHub asked one of them to', async () => {
    const [one, other] = [
      createWindows(limits, sharedCounters(connect())),
      createWindows(limits, sharedCounters(connect())),
    ];
    const reserved = await one.reserve('9', 2, 1);
    await one.hold('9', 90_000);
    if ('giveBack' in reserved) await reserved.giveBack();
    const held = { limit: 'held', wait: expect.any(Number) };
    expect(await other.take('9', query, 1)).toEqual(held);
    expect(await other.reserve('9', 2, 1)).toEqual(held);
    const refusal = await other.take('9', read, 0.5);
    expect(refusal).toEqual(held);
    expect(refusal?.wait).toBeGreaterThan(60_000);
    expect(await other.take('10', query, 1)).toBeNull();
    await one.hold('9', 1);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await other.take('9', query, 1)).toBeNull();
  });

  test('are not held up for as long as a clock of one of them was wrong', async () => {
    const windows = createWindows(limits, sharedCounters(connect()));
    const wrong = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 86_400_000);
    for (let times = 0; times < 4; times += 1) await windows.take('11', query, 1);
    await windows.hold('12', 90_000);
    wrong.mockRestore();
    expect(await windows.take('11', query, 1)).toBeNull();
    expect(await windows.take('12', query, 1)).toBeNull();
  });

  test('count each for itself while it does not answer', async () => {
    const away = {
      query: async () => {
        throw new Error('the database is away');
      },
    };
    const windows = createWindows(limits, sharedCounters(away));
    const taken = [];
    for (let times = 0; times < 4; times += 1) taken.push(await windows.take('7', query, 1));
    expect(taken).toEqual([null, null, null, { limit: 'points', wait: expect.any(Number) }]);
  });
});
