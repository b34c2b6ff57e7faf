// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { openFolder } from '../../src/storage/sqlite.ts';
import { ada, commitOf, conclusions } from '../e2e/stage.ts';
import type { PullRequestHandle } from '../simulator/handles/pull-request.ts';
import { type Simulator, startSimulator } from '../simulator/index.ts';
import { countersign } from './command.ts';

let simulator: Simulator;
let pullRequest: PullRequestHandle;
let data: string;
let taken: string;
const other = createServer();

/** A pull request that nobody told the App of, and an installation that is suspended. */
beforeAll(async () => {
  simulator = await startSimulator();
  simulator.user('ada', { emails: [ada.email] });
  const repository = simulator.repository('octo/hello');
  simulator.repository('asleep/app');
  const asleep = await simulator.install('asleep');
  await asleep.suspend();
  await simulator.install('octo');
  repository.commit('work', commitOf(ada, 'One'));
  pullRequest = await repository.openPullRequest({ author: 'ada', head: 'work' });
  await simulator.webhooks.idle();
  data = mkdtempSync(join(tmpdir(), 'countersign-sweep-'));
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  taken = String((other.address() as AddressInfo).port);
});
afterEach(() => {
  expect(simulator.violations.list).toEqual([]);
  simulator.faults.clear();
});
afterAll(async () => {
  rmSync(data, { recursive: true });
  other.close();
  await simulator.close();
});

/** With the figures' port of an App that runs beside it, as in its environment. */
const run = (...args: string[]) =>
  countersign(['sweep', ...args], {
    env: { ...simulator.environment(), COUNTERSIGN_DATA: data, METRICS_HOST: '127.0.0.1', METRICS_PORT: taken },
  });

describe('countersign sweep', () => {
  test('--dry-run shows what would be asked for and looked at, and changes nothing', async () => {
    const { stdout, stderr, code } = await run('--dry-run');
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    expect(stdout).toMatch(/^2 webhooks that failed would be asked for again:$/m);
    expect(stdout).toMatch(
      /^ {2}pull_request\.opened [-\w]+, installation \d+: it failed \(502 failed to connect to host\)$/m,
    );
    expect(stdout).toMatch(
      /^octo \(installation \d+\): 1 open pull request in 1 repository, 1 would be looked at\n {2}octo\/hello#1: /m,
    );
    expect(stdout).toMatch(/^asleep \(installation \d+\): suspended, left alone$/m);
    expect(stdout).toMatch(/\nThis was a dry run: nothing was changed\.\n$/);
    expect(conclusions(pullRequest)).toEqual({});
    expect(simulator.webhooks.deliveries.filter(({ redelivery }) => redelivery)).toEqual([]);
  });

  test('--format json prints the same for programs', async () => {
    const { stdout } = await run('--dry-run', '--format', 'json');
    const { webhooks, installations, ...rest } = JSON.parse(stdout);
    expect(rest).toEqual({ version: 1, dryRun: true });
    const { deliveries } = webhooks;
    const newest = simulator.webhooks.deliveries.at(-1);
    expect(deliveries[0]).toMatchObject({ id: String(newest?.id), guid: newest?.guid, decision: 'request' });
    expect(installations).toMatchObject([
      { account: 'asleep', outcome: 'suspended', looks: [] },
      { account: 'octo', outcome: 'done', looks: [{ kind: 'pull-request', number: 1 }] },
    ]);
  });

  test('ends with what is to be mended where the App could not start', async () => {
    const env = { ...simulator.environment(), COUNTERSIGN_DATA: data, COUNTERSIGN_DEFAULT_POLICY: 'nonsense' };
    const { stderr, code } = await countersign(['sweep'], { env });
    expect(stderr).toMatch(/^error: COUNTERSIGN_DEFAULT_POLICY: /);
    expect(code).toBe(2);
  });

  test('says what is in the way where the App runs', async () => {
    const { database, release } = openFolder(data);
    const { stderr, code } = await run();
    database.close();
    release();
    expect(stderr).toMatch(/^error: .*belongs to another Countersign that runs/);
    expect(code).toBe(2);
  });

  test('looks at what has no checks, and ends when that is done', async () => {
    const { stdout, stderr, code } = await run();
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    expect(stdout).toContain('octo/hello#1');
    expect(conclusions(pullRequest)).toMatchObject({ DCO: 'SUCCESS' });
    // Nobody takes webhooks meanwhile, so that none is asked for in vain.
    expect(simulator.webhooks.deliveries.filter(({ redelivery }) => redelivery)).toEqual([]);
  });

  test('--dry-run needs nothing of an App that has never run', async () => {
    const env = { ...simulator.environment(), COUNTERSIGN_DATA: join(data, 'never', 'made') };
    const { stderr, code } = await countersign(['sweep', '--dry-run'], { env });
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  });

  test('exits with 2 where an installation cannot be swept', async () => {
    simulator.faults.add(
      { kind: 'status', status: 502 },
      { when: ({ path }) => path === '/installation/repositories' },
    );
    const { stdout, code } = await run('--dry-run');
    expect(stdout).toMatch(/^octo \(installation \d+\): failed: /m);
    expect(code).toBe(2);
  });

  test('says so where GitHub does not answer at all', async () => {
    simulator.faults.add({ kind: 'reset' });
    const { stderr, code } = await run('--dry-run');
    expect(stderr).toMatch(/^error: GitHub does not answer for this App: .+\n$/);
    expect(code).toBe(2);
  });

  test.each([
    ['no credentials', {}, [], /^error: APP_ID, and PRIVATE_KEY or PRIVATE_KEY_PATH, are not set\./],
    ['half of the credentials', { APP_ID: '1' }, [], /^error: PRIVATE_KEY or PRIVATE_KEY_PATH: not set\./],
    ['a share of nothing', {}, ['--share', '0'], /^error: .*It has to be a percentage from 1 to 50:/],
  ])('says what is wrong with %s', async (_, env, args, said) => {
    const { stderr, code } = await countersign(['sweep', '--dry-run', ...args], { env });
    expect(stderr).toMatch(said);
    expect(code).toBe(2);
  });
});
