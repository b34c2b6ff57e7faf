// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { RepositoryHandle } from '../simulator/handles/repository.ts';
import { ada, commitOf, conclusions, type Stage, startStage } from './stage.ts';

let stage: Stage;
let repository: RepositoryHandle;
let branches = 0;
const passed = { DCO: 'SUCCESS', Policy: 'SUCCESS' };

beforeAll(async () => {
  stage = await startStage({ COUNTERSIGN_DEFAULT_POLICY: 'dco-only' }, {}, undefined, { unanswered: 2_000 });
  stage.simulator.user('ada', { emails: [ada.email] });
  repository = stage.simulator.repository('octo/hello');
  await stage.simulator.install('octo');
  await stage.settled();
});
afterEach(() => {
  stage.simulator.faults.clear();
  stage.simulator.webhooks.plan.clear();
  expect(stage.simulator.violations.list).toEqual([]);
});
afterAll(() => stage.close());

function prepare(...commits: ReturnType<typeof commitOf>[]) {
  branches += 1;
  const head = `branch-${branches}`;
  repository.commit(head, ...commits);
  return () => repository.openPullRequest({ author: 'ada', head });
}

type Fault = Parameters<Stage['simulator']['faults']['add']>[0];
const isGraphql = ({ operation }: { operation: string }) => /^(?:query|mutation)/.test(operation);
const isRead = ({ operation }: { operation: string }) => operation === 'query PullRequest';
const isWrite = ({ isMutation }: { isMutation: boolean }) => isMutation;

describe('Check runs arrive all the same', () => {
  test.each<[string, Fault]>([
    ['GitHub answers with a server error', { kind: 'status', status: 502 }],
    ['the connection is reset', { kind: 'reset' }],
    ['the answer is no JSON', { kind: 'malformed' }],
    ['GraphQL gives up', { kind: 'graphql-timeout' }],
    ['the hour’s budget is used up for a second', { kind: 'primary-rate-limit', resetIn: 0 }],
    ['a secondary limit asks for a second', { kind: 'secondary-rate-limit', retryAfter: 1 }],
    ['GraphQL’s own limit strikes', { kind: 'graphql-rate-limited', resetIn: 0 }],
  ])('when %s, while reading and while writing', async (_, fault) => {
    const open = prepare(commitOf(ada, 'One'));
    stage.simulator.faults.add(fault, { when: isRead, times: 1 });
    stage.simulator.faults.add(fault, { when: isWrite, times: 1 });
    const pullRequest = await open();
    await stage.settled();
    expect(conclusions(pullRequest)).toEqual(passed);
  });

  test.each<[string, Fault]>([
    ['a server error', { kind: 'status', status: 502, after: true }],
    ['a reset connection', { kind: 'reset', after: true }],
  ])('and once only, when %s hides that they were written', async (_, fault) => {
    const open = prepare(commitOf(ada, 'One'));
    stage.simulator.faults.add(fault, { when: isWrite, times: 1 });
    const pullRequest = await open();
    await stage.settled();
    expect(conclusions(pullRequest)).toEqual(passed);
    const suites = repository.state.checkSuites.get(pullRequest.state.headSha) ?? [];
    expect(suites.flatMap(({ runs }) => runs)).toHaveLength(2);
  });

  test('when GitHub does later what it was asked for and did not answer, after something newer was written', async () => {
    const open = prepare(commitOf(ada, 'One'));
    stage.simulator.faults.add({ kind: 'reset' }, { when: isWrite, times: 1 });
    const pullRequest = await open();
    await stage.settled();
    expect(conclusions(pullRequest)).toEqual(passed);
    const suites = repository.state.checkSuites.get(pullRequest.state.headSha) ?? [];
    for (const run of suites.flatMap(({ runs }) => runs).filter(({ name }) => name === 'DCO')) {
      run.conclusion = 'FAILURE';
      run.externalId = run.externalId?.replace(/^[0-9a-f]{64}/, '0'.repeat(64)) ?? null;
    }
    expect(conclusions(pullRequest)).toEqual({ ...passed, DCO: 'FAILURE' });
    while (conclusions(pullRequest).DCO !== 'SUCCESS') await stage.turn();
    await stage.settled();
    expect(conclusions(pullRequest)).toEqual(passed);
  });

  // Octokit itself waits some seconds for a token that is new, in case that GitHub does not know it yet.
  test('when the token is no longer taken mid-way', async () => {
    const open = prepare(commitOf(ada, 'One'));
    stage.simulator.tokens.revokeAll();
    const pullRequest = await open();
    await stage.settled();
    expect(conclusions(pullRequest)).toEqual(passed);
  }, 30_000);

  test('on the newest head, when it moves while it is judged', async () => {
    const open = prepare(commitOf(ada, 'One', { signed: false }));
    stage.simulator.faults.add({ kind: 'latency', milliseconds: 150 }, { when: isGraphql, times: 2 });
    const pullRequest = await open();
    await pullRequest.push([commitOf(ada, 'Amended')], { onto: repository.tip() });
    await stage.settled();
    expect(conclusions(pullRequest)).toEqual(passed);
  });

  test('when it moves between two pages', async () => {
    const many = Array.from({ length: 120 }, (_, index) => commitOf(ada, `Commit ${index}`));
    const open = prepare(...many);
    const isPage = ({ operation }: { operation: string }) => operation === 'query MoreCommits';
    stage.simulator.faults.add({ kind: 'latency', milliseconds: 150 }, { when: isPage, times: 1 });
    const pullRequest = await open();
    while (stage.simulator.requests.counts()['query PullRequest'] === undefined) await stage.turn();
    await pullRequest.push([commitOf(ada, 'Squashed')], { onto: repository.tip() });
    await stage.settled();
    expect(conclusions(pullRequest)).toEqual(passed);
    expect(pullRequest.check('DCO')?.title).toBe('The commit is signed off');
  });

  test('when webhooks come in the wrong order', async () => {
    const open = prepare(commitOf(ada, 'One', { signed: false }));
    stage.simulator.webhooks.plan.add(
      { kind: 'delay', milliseconds: 200 },
      { when: ({ action }) => action === 'opened' },
    );
    const opened = open();
    const pullRequest = await opened;
    await pullRequest.push([commitOf(ada, 'Amended')], { onto: repository.tip() });
    await stage.settled();
    expect(conclusions(pullRequest)).toEqual(passed);
  });
});

describe('Nothing is tried for ever:', () => {
  const lastLines = () => stage.log.slice(-20).map(({ msg }) => msg);

  test('a suspended installation is left alone, and seen to when it is back', async () => {
    const owner = 'suspended-org';
    const place = stage.simulator.repository(`${owner}/app`);
    const installation = await stage.simulator.install(owner);
    await stage.settled();
    place.commit('work', commitOf(ada, 'One'));
    const delayed = stage.simulator.webhooks.plan.add({ kind: 'delay', milliseconds: 100 });
    const opened = place.openPullRequest({ author: 'ada', head: 'work' });
    await installation.suspend();
    const pullRequest = await opened;
    delayed();
    await stage.settled();
    expect(conclusions(pullRequest)).toEqual({});
    await installation.unsuspend();
    await stage.settled();
    expect(conclusions(pullRequest)).toEqual(passed);
  });

  test('a repository that was deleted meanwhile', async () => {
    const place = stage.simulator.repository('octo/doomed');
    place.commit('work', commitOf(ada, 'One'));
    const deliver = stage.simulator.webhooks.hold();
    await place.openPullRequest({ author: 'ada', head: 'work' });
    place.delete();
    await deliver();
    await stage.settled();
    expect(lastLines()).toContain('not to be seen by this App, left alone');
  });
});

test('A delivery with a wrong signature changes nothing', async () => {
  stage.simulator.webhooks.plan.add({ kind: 'bad-signature' });
  const pullRequest = await prepare(commitOf(ada, 'One'))();
  await stage.settled();
  expect(conclusions(pullRequest)).toEqual({});
});

test('One installation’s limit holds up no other’s pull requests', async () => {
  const other = stage.simulator.repository('elsewhere/app');
  await stage.simulator.install('elsewhere');
  await stage.settled();
  const first = prepare(commitOf(ada, 'One'));
  const octo = stage.simulator.world.installations.find(({ account }) => account.login === 'octo')?.id;
  expect(octo).toBeDefined();
  stage.simulator.faults.add(
    { kind: 'secondary-rate-limit', retryAfter: 2 },
    { when: ({ installation }) => installation === octo, times: 1 },
  );
  const held = await first();
  other.commit('work', commitOf(ada, 'Two'));
  const free = await other.openPullRequest({ author: 'ada', head: 'work' });
  while (free.check('DCO') === undefined) await stage.turn();
  expect(held.check('DCO')).toBeUndefined();
  await stage.settled();
  expect(conclusions(held)).toEqual(passed);
});
