// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, jest, test } from '@jest/globals';
import type { PgBoss } from 'pg-boss';
import { startWorker, type Worker } from '../../src/inbox/postgres-work.ts';
import { until } from './contract.ts';

let worker: Worker | null = null;

afterEach(async () => {
  jest.restoreAllMocks();
  await worker?.stop(0);
});

test('A worker asks again after a failure, be the clock set back by an hour meanwhile', async () => {
  const { now } = Date;
  let ahead = 60 * 60_000;
  jest.spyOn(Date, 'now').mockImplementation(() => now() + ahead);
  const failures: string[] = [];
  let asked = 0;
  worker = startWorker({
    boss: { touch: async () => 0 } as unknown as PgBoss,
    take: async () => {
      asked += 1;
      if (asked === 1) throw new Error('no database');
      return [];
    },
    settle: async () => {},
    handler: async () => ({ done: true }),
    concurrency: 1,
    onError: () => {},
    onFailure: ({ message }) => failures.push(message),
  });
  await until(() => failures.length > 0);
  ahead = 0;
  await sleep(1_000);
  expect(failures).toEqual(['no database']);
  expect(asked).toBeGreaterThan(1);
});
