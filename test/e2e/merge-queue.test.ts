// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { MergeQueueHandle } from '../simulator/handles/merge-queue.ts';
import type { RepositoryHandle } from '../simulator/handles/repository.ts';
import { rerequestSuite } from '../simulator/state/checks.ts';
import type { MergeMethod } from '../simulator/state/model.ts';
import type { NewRepository } from '../simulator/state/repositories.ts';
import { ada, ben, commitOf, type Stage, startStage } from './stage.ts';

let stage: Stage;
let repositories = 0;

beforeAll(async () => {
  stage = await startStage();
  stage.simulator.user('ada', { emails: [ada.email] });
  stage.simulator.user('ben', { emails: [ben.email] });
  stage.simulator.bot('robot');
  stage.simulator.organization('octo');
  await stage.simulator.install('octo');
});
afterEach(() => {
  expect(stage.simulator.violations.list).toEqual([]);
});
afterAll(() => stage.close());

async function queueWith(method: MergeMethod, options: NewRepository = {}) {
  repositories += 1;
  const repository = stage.simulator.repository(`octo/queue-${repositories}`, {
    requiredChecks: ['DCO', 'Policy'],
    ...options,
  });
  return { repository, queue: repository.mergeQueue(method) };
}

async function enqueue(
  { repository, queue }: { repository: RepositoryHandle; queue: MergeQueueHandle },
  author: string,
  ...commits: ReturnType<typeof commitOf>[]
) {
  const head = `branch-${repository.state.pullRequests.size + 1}`;
  repository.commit(head, ...commits);
  const pullRequest = await repository.openPullRequest({ author, head });
  await stage.settled();
  const entry = await queue.enqueue(pullRequest);
  await stage.settled();
  return entry;
}

const unsigned = (subject: string) => commitOf(ada, subject, { signed: false });

describe('A merge group of signed-off commits passes and merges', () => {
  test.each<MergeMethod>(['MERGE', 'REBASE', 'SQUASH'])('with the method %s', async (method) => {
    const place = await queueWith(method);
    const entry = await enqueue(place, 'ada', commitOf(ada, 'One'), commitOf(ben, 'Two'));
    expect(place.queue.check(entry, 'DCO')?.conclusion).toBe('SUCCESS');
    expect(place.queue.check(entry, 'Policy')?.conclusion).toBe('SUCCESS');
    expect(await place.queue.mergeFirst()).toBe(true);
  });
});

describe('A merge group is held back', () => {
  test('where a pull request’s own commit is not signed off, though the squash commit would be', async () => {
    const place = await queueWith('SQUASH', { requiredChecks: [] });
    const entry = await enqueue(place, 'ada', commitOf(ada, 'Signed'), unsigned('Not signed'));
    expect(place.queue.check(entry, 'DCO')?.conclusion).toBe('ACTION_REQUIRED');
  });

  test('where the squash message drops the sign-offs, saying which setting does that', async () => {
    const place = await queueWith('SQUASH', { merging: { squashMessage: 'BLANK' } });
    const entry = await enqueue(place, 'ada', commitOf(ada, 'One'), commitOf(ada, 'Two'));
    const run = place.queue.check(entry, 'DCO');
    expect(run?.conclusion).toBe('ACTION_REQUIRED');
    expect(`${run?.summary}${run?.text}`).toMatch(/squash/i);
  });

  test('where any of several pull requests in it fails', async () => {
    const place = await queueWith('MERGE', { requiredChecks: [] });
    const first = await enqueue(place, 'ada', unsigned('First'));
    const second = await enqueue(place, 'ben', commitOf(ben, 'Second'));
    expect(place.queue.check(first, 'DCO')?.conclusion).toBe('ACTION_REQUIRED');
    expect(place.queue.check(second, 'DCO')).toBeDefined();
  });
});

describe('A merge group passes', () => {
  test('where its only pull request is a bot’s own, squashed without a sign-off', async () => {
    const place = await queueWith('SQUASH', { merging: { squashMessage: 'BLANK' } });
    const robot = { name: 'robot[bot]', email: '77+robot[bot]@users.noreply.github.com' };
    const entry = await enqueue(place, 'robot', commitOf(robot, 'Update', { signed: false }));
    expect(place.queue.check(entry, 'DCO')?.conclusion).toBe('SUCCESS');
  });

  test('again when somebody selects "Re-run" on it', async () => {
    const place = await queueWith('MERGE');
    const entry = await enqueue(place, 'ada', commitOf(ada, 'One'));
    const first = place.queue.check(entry, 'DCO');
    expect(first?.conclusion).toBe('SUCCESS');
    for (const suite of place.repository.state.checkSuites.get(entry.headSha) ?? []) {
      await rerequestSuite(stage.simulator.world, suite, place.repository.state.owner);
    }
    await stage.settled();
    const second = place.queue.check(entry, 'DCO');
    expect(second?.conclusion).toBe('SUCCESS');
    expect(second?.id).not.toBe(first?.id);
  });
});
