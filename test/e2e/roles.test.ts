// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { readConfiguration } from '../../src/configuration.ts';
import { startWorkerThread } from '../../src/roles/in-thread.ts';
import { type Service, startService } from '../../src/service.ts';
import { createTestDatabase, type TestDatabase } from '../helpers/postgres.ts';
import { ada, commitOf, conclusions, type Stage, startStage } from './stage.ts';

let database: TestDatabase;
let stages: Stage[] = [];
const services: Service[] = [];

/** Another process, as it were, on the same database. */
async function startAnother(stage: Stage, role: string): Promise<Service> {
  const own = {
    HOST: '127.0.0.1',
    PORT: '0',
    DATABASE_URL: database.url ?? '',
    COUNTERSIGN_ROLE: role,
    LOG_LEVEL: 'silent',
  };
  const configuration = readConfiguration({ ...stage.simulator.environment(), ...own }, false);
  const { credentials } = configuration;
  if (credentials === null) throw new Error('The simulator gives no credentials');
  const log = pino({ level: 'silent' });
  const service = await startService({ configuration, credentials, log, startWorker: startWorkerThread });
  services.push(service);
  return service;
}

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  for (const service of services) await service.stop();
  for (const stage of stages) await stage.close();
  await database.drop();
});

describe('Several processes on one database', () => {
  test('take webhooks in one and look at pull requests in others', async () => {
    // A process cannot reach another one's PGlite.
    if (database.url === null) return;
    const env = { DATABASE_URL: database.url, COUNTERSIGN_ROLE: 'web', COUNTERSIGN_DEFAULT_POLICY: 'dco-only' };
    const stage = await startStage(env);
    stages = [stage];
    const { simulator } = stage;
    simulator.user('ada', { emails: [ada.email] });
    const repository = simulator.repository('octo/hello');
    await simulator.install('octo');
    const opened = [];
    for (const number of [1, 2, 3, 4, 5, 6]) {
      repository.commit(`topic-${number}`, commitOf(ada, `Change ${number}`, { signed: number % 2 === 0 }));
      opened.push(await repository.openPullRequest({ author: 'ada', head: `topic-${number}` }));
    }
    await simulator.webhooks.idle();
    expect(await stage.service.pending()).toBeGreaterThanOrEqual(6);
    expect(opened.map(conclusions)).toEqual(opened.map(() => ({})));

    const worker = await startAnother(stage, 'worker');
    await startAnother(stage, 'worker');
    await stage.settled();
    expect(opened.map((pullRequest) => conclusions(pullRequest).DCO)).toEqual([
      'ACTION_REQUIRED',
      'SUCCESS',
      'ACTION_REQUIRED',
      'SUCCESS',
      'ACTION_REQUIRED',
      'SUCCESS',
    ]);
    expect(simulator.violations.list).toEqual([]);

    const refused = await fetch(worker.url, { method: 'POST', body: '{}' });
    expect(refused.status).toBe(405);
    const health = await fetch(new URL('/readyz', worker.url));
    expect(health.status).toBe(200);
  });
});
