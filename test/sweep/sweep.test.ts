// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import type { Client } from '../../src/github/client.ts';
import { writeMark } from '../../src/github/mark.ts';
import { createMemoryNotebook } from '../../src/sweep/notes.ts';
import { createSweeper, type SweeperOptions } from '../../src/sweep/sweep.ts';
import { sweepNotes } from '../../src/sweep/sweep-notes.ts';
import type { Look } from '../../src/sweep/sweep-report.ts';
import { shaOf } from '../helpers/contribution.ts';
import { expectingGitHub } from '../helpers/github.ts';

const github = expectingGitHub();
const start = Date.parse('2026-01-02T00:00:00Z');
const minute = 60_000;
const never = new AbortController().signal;

function sweeperWith(more: Partial<SweeperOptions> = {}) {
  const looks: Look[] = [];
  const clock = { now: start };
  const notes = createMemoryNotebook().page(sweepNotes);
  const sweeper = createSweeper({
    appId: 42,
    app: async () => github.client,
    clientFor: async () => github.anotherClient(),
    have: async (look) => void looks.push(look),
    handles: (event) => event !== 'check_run.created',
    notes,
    share: 1,
    underWay: minute,
    now: () => clock.now,
    wait: async () => {},
    ...more,
  });
  return { sweep: () => sweeper.sweep(never), looks, clock, notes };
}

const installations = (...list: object[]) =>
  github.rest(
    'GET /app/installations?per_page=100',
    200,
    list.map((one, index) => ({
      id: index + 1,
      account: { login: `account-${index + 1}` },
      suspended_at: null,
      ...one,
    })),
  );
const failedDelivery = {
  status_code: 502,
  status: 'failed to connect to host',
  event: 'pull_request',
  action: 'opened',
  installation_id: null,
  repository_id: 5,
};
const failed = (...list: object[]) =>
  github.rest(
    'GET /app/hook/deliveries?per_page=100&status=failure',
    200,
    list.map((one, index) => ({
      ...failedDelivery,
      id: 100 - index,
      guid: `guid-${index}`,
      delivered_at: new Date(start - 10 * minute).toISOString(),
      ...one,
    })),
  );
const repositories = (...list: object[]) =>
  github.rest('GET /installation/repositories?per_page=100&page=1', 200, {
    total_count: list.length,
    repositories: list.map((one, index) => ({
      id: index + 5,
      name: `repository-${index}`,
      owner: { login: 'octo' },
      open_issues_count: 1,
      ...one,
    })),
  });

/** A page with pull request 1, which has these check runs. */
const pageWith = (...nodes: object[]) => ({
  pullRequests: {
    pageInfo: { hasNextPage: false, endCursor: null },
    nodes: [
      {
        number: 1,
        updatedAt: '2026-01-01T00:00:00Z',
        headRefOid: shaOf(1),
        baseRefName: 'main',
        isInMergeQueue: false,
        commits: { nodes: [{ commit: { oid: shaOf(1), checkSuites: { nodes } } }] },
      },
    ],
  },
});
const onePullRequest = pageWith();
const mark = writeMark({ digest: 'a'.repeat(64), annotated: false, pullRequests: [1], stretch: '1' });
const judgedPullRequest = pageWith({
  status: 'COMPLETED',
  checkRuns: { nodes: [{ id: 'CR_1', name: 'DCO', status: 'COMPLETED', conclusion: 'SUCCESS', externalId: mark }] },
});

describe('A sweep', () => {
  test('sees to what fails after it, however far ahead our clock is', async () => {
    const { sweep, clock } = sweeperWith();
    const failedAsOf = (time: number, ...list: object[]) =>
      github.rest('GET /app/hook/deliveries?per_page=100&status=failure', 200, list, {
        date: new Date(time).toUTCString(),
      });
    clock.now = start + 60 * minute;
    installations();
    failedAsOf(start);
    await sweep();
    clock.now += 5 * minute;
    installations();
    failedAsOf(start + 5 * minute, {
      ...failedDelivery,
      id: 1,
      guid: 'guid',
      delivered_at: new Date(start + 2 * minute).toISOString(),
    });
    github.rest('POST /app/hook/deliveries/1/attempts', 202, {});
    expect(await sweep()).toMatchObject({ redelivered: 1 });
  });

  test('sees to what was still being delivered during the one before, however soon it comes', async () => {
    const { sweep, clock } = sweeperWith({ underWay: 1_000 });
    installations();
    failed();
    await sweep();
    clock.now += 10_000;
    installations();
    failed({ delivered_at: new Date(start - 9_000).toISOString() });
    github.rest('POST /app/hook/deliveries/100/attempts', 202, {});
    expect(await sweep()).toMatchObject({ redelivered: 1 });
  });

  test('goes through the installations, leaves suspended ones out, and one that fails holds up no other', async () => {
    installations({ suspended_at: '2026-01-01T00:00:00Z' }, {}, {});
    failed();
    github.rest('GET /installation/repositories?per_page=100&page=1', 502);
    repositories({});
    github.graphql('Heads', { rateLimit: null, r0: onePullRequest });
    const { sweep, looks } = sweeperWith();
    const report = await sweep();
    expect(report.installations.map(({ outcome }) => outcome).toSorted()).toEqual(['done', 'failed', 'suspended']);
    expect(looks).toHaveLength(1);
  });

  test('leaves an installation alone for as long as GitHub asks', async () => {
    const { sweep, clock } = sweeperWith();
    installations({});
    failed();
    github.rest('GET /installation/repositories?per_page=100&page=1', 403, {}, { 'retry-after': '120' });
    expect((await sweep()).installations).toMatchObject([{ outcome: 'failed' }]);
    clock.now += minute;
    installations({});
    failed();
    expect((await sweep()).installations).toMatchObject([{ outcome: 'more', why: 'GitHub asked to wait' }]);
    clock.now += minute;
    installations({});
    failed();
    repositories();
    expect((await sweep()).installations).toMatchObject([{ outcome: 'done' }]);
  });

  test('reads smaller pages after GitHub gave up on a full one', async () => {
    const { sweep } = sweeperWith();
    installations({});
    failed();
    repositories({ open_issues_count: 100 }, { open_issues_count: 1 });
    github.graphql('Heads', null, [{ message: 'Something went wrong while executing your query.' }]);
    expect((await sweep()).installations).toMatchObject([{ outcome: 'failed' }]);
    installations({});
    failed();
    github.graphql('Heads', { rateLimit: null, r0: { pullRequests: { ...onePullRequest.pullRequests, nodes: [] } } });
    github.graphql('Heads', { rateLimit: null, r0: onePullRequest });
    expect((await sweep()).installations).toMatchObject([{ outcome: 'done', repositories: 2 }]);
  });

  test('goes on behind a repository that GitHub does not manage to answer for', async () => {
    const { sweep, looks } = sweeperWith();
    const outcomes: string[] = [];
    const next = async (...answers: (object | null)[]) => {
      installations({});
      failed();
      for (const answer of answers) {
        if (answer === null) github.graphql('Heads', null, [{ message: 'Something went wrong.' }]);
        else github.graphql('Heads', { rateLimit: null, r0: answer });
      }
      outcomes.push(...(await sweep()).installations.map(({ outcome }) => outcome));
    };
    repositories({ name: 'too-large', pushed_at: '2026-01-01T00:00:00Z' }, {});
    // Both, both in small pages, the first one by itself; then the second one, and the first one again.
    await next(null);
    await next(null);
    await next(null);
    expect(looks).toEqual([]);
    await next(onePullRequest, null);
    expect(looks).toHaveLength(1);
    await next(null);
    await next();
    expect(outcomes).toEqual(['failed', 'failed', 'failed', 'failed', 'failed', 'done']);
  });

  test('lists the repositories anew only as often as the share allows', async () => {
    const { sweep, clock } = sweeperWith({ share: 0.01 });
    // Of 5,000 requests an hour one percent are 50, one every 72 seconds.
    const apart = 72_000;
    for (const [later, isListed] of [
      [0, true],
      [apart - 1, false],
      [1, true],
    ] as const) {
      clock.now += later;
      installations({});
      failed();
      if (isListed) repositories({});
      github.graphql('Heads', { rateLimit: null, r0: judgedPullRequest });
      expect((await sweep()).installations).toMatchObject([{ outcome: 'done' }]);
    }
  });

  test('sees to pull requests though GitHub does not list the deliveries', async () => {
    installations({});
    github.rest('GET /app/hook/deliveries?per_page=100&status=failure', 500);
    repositories({});
    github.graphql('Heads', { rateLimit: null, r0: onePullRequest });
    const { sweep, looks, notes } = sweeperWith();
    expect(await sweep()).toMatchObject({ deliveriesFailed: expect.any(String), redeliveries: [] });
    expect(looks).toHaveLength(1);
    expect(await notes.read()).toEqual({ settledUntil: 0, passes: { 1: start } });
  });
});

/** A GitHub that lists more failed deliveries than anybody reads. */
function endlessFailures(): Client {
  const failure = (index: number) => ({
    ...{ id: index, guid: `guid-${index}`, delivered_at: new Date(start - 10 * minute).toISOString() },
    ...{ status_code: 502, status: 'failed to connect to host', event: 'push', action: null },
    ...{ installation_id: 1, repository_id: 5 },
  });
  const page = Array.from({ length: 100 }, (_, index) => failure(index));
  async function* iterator(route: string) {
    if (route === 'GET /app/installations') yield { data: [{ id: 1, account: { login: 'octo' } }] };
    else for (;;) yield { data: page };
  }
  return { paginate: { iterator } } as unknown as Client;
}

test('After more failures than can be listed, everything is looked at, and after a crash meanwhile too', async () => {
  const { sweep, looks, notes } = sweeperWith({ app: async () => endlessFailures() });
  await notes.write({ settledUntil: 0, passes: { 1: start } });
  github.rest('GET /installation/repositories?per_page=100&page=1', 500);
  expect((await sweep()).redeliveries).toEqual([]);
  expect(await notes.read()).toEqual({ settledUntil: start - minute, passes: {} });
  repositories({});
  github.graphql('Heads', { rateLimit: null, r0: judgedPullRequest });
  await sweep();
  expect(looks.map(({ reason }) => reason)).toEqual(['daily']);
});

describe('Deliveries that failed', () => {
  const attempt = (id: number) => github.rest(`POST /app/hook/deliveries/${id}/attempts`, 202);

  test('are asked for, and settled once they have not failed again', async () => {
    const { sweep, clock, notes } = sweeperWith();
    installations();
    failed({}, { event: 'check_run', action: 'created' });
    attempt(100);
    const { redeliveries, redelivered } = await sweep();
    expect(redelivered).toBe(1);
    expect(redeliveries.map(({ kind }) => kind)).toEqual(['request', 'leave']);
    expect(await notes.read()).toMatchObject({ settledUntil: start - 10 * minute - 1 });
    clock.now += 5 * minute;
    installations();
    failed({});
    await sweep();
    expect(await notes.read()).toMatchObject({ settledUntil: clock.now - minute });
  });

  test('are settled where GitHub no longer has them', async () => {
    const { sweep } = sweeperWith();
    installations();
    failed({});
    github.rest('POST /app/hook/deliveries/100/attempts', 404);
    expect(await sweep()).toMatchObject({ deliveriesFailed: null, redelivered: 0 });
  });

  test('are left for the next sweep where GitHub takes no requests', async () => {
    const { sweep } = sweeperWith();
    installations();
    failed({}, {});
    github.rest('POST /app/hook/deliveries/100/attempts', 503);
    expect(await sweep()).toMatchObject({ deliveriesFailed: expect.any(String) });
    installations();
    failed({}, {});
    attempt(100);
    attempt(99);
    expect(await sweep()).toMatchObject({ deliveriesFailed: null });
  });

  test('of a repository that are too many are made up for by a look at its pull requests', async () => {
    const { sweep, looks, clock, notes } = sweeperWith();
    const attempts = Array.from({ length: 8 }, () => ({ guid: 'often' }));
    installations({});
    failed(...attempts);
    repositories({}, {});
    github.graphql('Heads', {
      rateLimit: null,
      r0: onePullRequest,
      r1: { pullRequests: { ...onePullRequest.pullRequests, nodes: [] } },
    });
    await sweep();
    expect(looks.map(({ reason }) => reason)).toEqual(['no-checks']);
    expect(await notes.read()).toMatchObject({ settledUntil: start - 10 * minute - 1 });
    clock.now += 2 * minute;
    installations({});
    failed(...attempts);
    repositories();
    await sweep();
    expect(await notes.read()).toMatchObject({ settledUntil: clock.now - minute });
  });

  test('are not asked for in a dry run, which notes nothing', async () => {
    const { sweep, notes } = sweeperWith({ dryRun: true });
    installations();
    failed({});
    expect((await sweep()).redeliveries).toMatchObject([{ kind: 'request' }]);
    expect(await notes.read()).toEqual({ settledUntil: 0, passes: {} });
  });
});
