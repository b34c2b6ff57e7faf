// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterEach, describe, expect, test } from '@jest/globals';
import type { MergeQueueHandle } from '../simulator/handles/merge-queue.ts';
import type { PullRequestHandle } from '../simulator/handles/pull-request.ts';
import type { RepositoryHandle } from '../simulator/handles/repository.ts';
import type { Simulator } from '../simulator/index.ts';
import { createCheckRun, rerequestSuite } from '../simulator/state/checks.ts';
import type { MergeQueueEntry } from '../simulator/state/model.ts';
import { ada, commitOf, conclusions, type Stage, startStage } from './stage.ts';

const passed = { DCO: 'SUCCESS', Policy: 'SUCCESS' };
const settings = { COUNTERSIGN_DEFAULT_POLICY: 'dco-only', COUNTERSIGN_SWEEP_INTERVAL: '1' };

let stage: Stage;
let branches = 0;

afterEach(async () => {
  expect(stage.simulator.violations.list).toEqual([]);
  await stage.close();
});

/** The App starts after all that has happened. Whatever it hears of, it hears of by its sweeps. */
async function startAfter(before: (simulator: Simulator) => Promise<unknown>, env: Record<string, string> = {}) {
  stage = await startStage({ ...settings, ...env }, {}, async (simulator) => {
    simulator.user('ada', { emails: [ada.email] });
    await before(simulator);
    await simulator.webhooks.idle();
  });
}

function open(repository: RepositoryHandle, commit = commitOf(ada, 'One')) {
  branches += 1;
  const head = `branch-${branches}`;
  repository.commit(head, commit);
  return repository.openPullRequest({ author: 'ada', head });
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await stage.turn();
  await stage.settled();
}

const isJudged = (one: PullRequestHandle) => one.check('DCO')?.status === 'COMPLETED';
const swept = () => stage.log.filter(({ msg }) => msg === 'swept').length;

describe('After an outage that left no trace of its webhooks', () => {
  test('each open pull request of each installation gets its checks', async () => {
    const pullRequests: PullRequestHandle[] = [];
    await startAfter(async (simulator) => {
      simulator.webhooks.plan.add({ kind: 'drop', recorded: false });
      for (const path of ['octo/hello', 'octo/world', 'elsewhere/app']) {
        const repository = simulator.repository(path);
        pullRequests.push(await open(repository), await open(repository));
      }
      await simulator.install('octo');
      await simulator.install('elsewhere');
    });
    await until(() => pullRequests.every(isJudged));
    expect(pullRequests.map(conclusions)).toEqual(pullRequests.map(() => passed));
  });

  test('a merge group gets its checks, so that the queue goes on', async () => {
    let queue!: MergeQueueHandle;
    let entry!: MergeQueueEntry;
    await startAfter(async (simulator) => {
      simulator.webhooks.plan.add({ kind: 'drop', recorded: false });
      const repository = simulator.repository('octo/hello', { requiredChecks: ['DCO', 'Policy'] });
      queue = repository.mergeQueue('MERGE');
      entry = await queue.enqueue(await open(repository));
      await simulator.install('octo');
    });
    await until(() => queue.check(entry, 'DCO') !== undefined);
    expect(await queue.mergeFirst()).toBe(true);
  });

  test('a check that somebody asked for again runs again', async () => {
    let pullRequest!: PullRequestHandle;
    await startAfter(async (simulator) => {
      const repository = simulator.repository('octo/hello');
      await simulator.install('octo');
      pullRequest = await open(repository);
    });
    await until(() => isJudged(pullRequest));
    const first = pullRequest.check('DCO');
    stage.simulator.webhooks.plan.add({ kind: 'drop', recorded: false });
    const [suite] = pullRequest.state.repository.checkSuites.get(pullRequest.state.headSha) ?? [];
    if (suite === undefined) throw new Error('There is no suite');
    await rerequestSuite(stage.simulator.world, suite, pullRequest.state.repository.owner);
    await until(() => pullRequest.check('DCO') !== first);
    expect(conclusions(pullRequest)).toEqual(passed);
  });

  test('a check run that was left in progress is finished', async () => {
    let pullRequest!: PullRequestHandle;
    await startAfter(async (simulator) => {
      simulator.webhooks.plan.add({ kind: 'drop', recorded: false });
      const repository = simulator.repository('octo/hello');
      await simulator.install('octo');
      pullRequest = await open(repository);
      const { headSha } = pullRequest.state;
      const stuck = { name: 'DCO', status: 'IN_PROGRESS' } as const;
      await createCheckRun(simulator.world, repository.state, simulator.app, headSha, stuck);
    });
    await until(() => isJudged(pullRequest));
    expect(conclusions(pullRequest)).toEqual(passed);
  });
});

describe('A webhook that GitHub lists as failed', () => {
  test('is asked for again, whatever it tells of', async () => {
    let repository!: RepositoryHandle;
    let pullRequest!: PullRequestHandle;
    await startAfter(async (simulator) => {
      simulator.webhooks.plan.add({ kind: 'drop', recorded: false });
      repository = simulator.repository('octo/hello');
      await simulator.install('octo');
      pullRequest = await open(repository);
    });
    await until(() => isJudged(pullRequest));
    stage.simulator.webhooks.plan.clear();
    // Of a change of the policy nothing can be seen on the pull request: no check is missing.
    stage.simulator.sendWebhooksTo(null);
    const files = { '.github/countersign.yml': 'dco:\n  name: Sign-off\n' };
    await repository.push('main', [{ ...commitOf(ada, 'Change the policy'), files }]);
    await stage.simulator.webhooks.idle();
    stage.simulator.sendWebhooksTo(stage.service.url);
    await until(() => pullRequest.check('Sign-off') !== undefined);
    const again = stage.simulator.webhooks.deliveries.filter(({ redelivery }) => redelivery);
    expect(again.map(({ event, answer }) => [event, answer.statusCode])).toEqual([['push', 200]]);
  });
});

describe('What cannot be swept is left out:', () => {
  test('a suspended installation, and one that GitHub does not answer for, hold up no other', async () => {
    let pullRequest!: PullRequestHandle;
    await startAfter(async (simulator) => {
      simulator.webhooks.plan.add({ kind: 'drop', recorded: false });
      simulator.repository('asleep/app');
      simulator.repository('broken/app');
      const asleep = await simulator.install('asleep');
      const broken = await simulator.install('broken');
      await asleep.suspend();
      simulator.faults.add(
        { kind: 'status', status: 502 },
        { when: ({ installation }) => installation === broken.state.id },
      );
      const repository = simulator.repository('octo/hello');
      await simulator.install('octo');
      pullRequest = await open(repository);
    });
    await until(() => isJudged(pullRequest));
    await until(() => swept() > 0);
    const left = stage.log.filter(({ msg }) => msg === 'the sweep left an installation out');
    expect(new Set(left.map(({ account }) => account))).toEqual(new Set(['broken']));
  });
});

test('What needs no help is read, and looked at once a day', async () => {
  let pullRequest!: PullRequestHandle;
  await startAfter(async (simulator) => {
    const repository = simulator.repository('octo/hello');
    await simulator.install('octo');
    pullRequest = await open(repository);
  });
  await until(() => isJudged(pullRequest) && swept() > 1);
  stage.requests();
  const before = swept();
  await until(() => swept() > before);
  const { 'query PullRequest': looks, 'query Heads': reads } = stage.requests();
  expect({ looks, reads }).toEqual({ looks: undefined, reads: expect.any(Number) });
});
