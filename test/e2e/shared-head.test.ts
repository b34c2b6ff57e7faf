// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { PullRequestHandle } from '../simulator/handles/pull-request.ts';
import type { RepositoryHandle } from '../simulator/handles/repository.ts';
import { ada, commitOf, conclusions, type Stage, startStage } from './stage.ts';

let stage: Stage;
let repository: RepositoryHandle;
let repositories = 0;
let offset = 0;
/** GitHub tells whole seconds, and what happens within one has no order. */
const tick = () => {
  offset += 1100;
};

beforeAll(async () => {
  stage = await startStage({ COUNTERSIGN_DEFAULT_POLICY: 'dco-only' }, { now: () => new Date(Date.now() + offset) });
  stage.simulator.user('ada', { emails: [ada.email] });
  stage.simulator.user('mia');
  await stage.simulator.install(stage.simulator.organization('octo').login);
});
beforeEach(() => {
  repositories += 1;
  repository = stage.simulator.repository(`octo/hello-${repositories}`);
  repository.collaborator('mia', 'maintain');
  repository.branch('lax');
  repository.commit(
    'lax',
    commitOf(ada, 'Warn', { files: { '.github/countersign.yml': 'dco: { mode: warn }\nlicense: { mode: off }\n' } }),
  );
});
afterEach(() => {
  expect(stage.simulator.violations.list).toEqual([]);
});
afterAll(() => stage.close());

const unsigned = (subject: string) => commitOf(ada, subject, { signed: false });
/** Check runs that each look since that line of the log has written; the reaction to a comment is none. */
const runsWritten = (since: number) =>
  stage.log.slice(since).flatMap(({ msg, written }) => (msg === 'judged' ? [written] : []));
const openInto = (base: string, head = 'work') => repository.openPullRequest({ author: 'ada', head, base });

describe('Two pull requests with the same head share its check runs. The stricter result stands', () => {
  test.each([
    ['main', 'lax'],
    ['lax', 'main'],
  ])('when the one into %s is opened first, and after /recheck on either', async (first, second) => {
    repository.commit('work', unsigned('One'));
    const one = await openInto(first);
    await stage.settled();
    const two = await openInto(second);
    await stage.settled();
    expect([conclusions(one).DCO, conclusions(two).DCO]).toEqual(['ACTION_REQUIRED', 'ACTION_REQUIRED']);
    stage.requests();
    const before = stage.log.length;
    for (const pullRequest of [one, two]) {
      await pullRequest.comment('ada', '/recheck');
      await stage.settled();
      expect(conclusions(one).DCO).toBe('ACTION_REQUIRED');
    }
    expect(stage.requests()).toMatchObject({ 'query PullRequest': 4 });
    expect(runsWritten(before)).toEqual([0, 0]);
    expect(one.check('DCO')?.summary).toContain('#1 and #2');
  });

  test('when both are opened at once, or pushed to by one push', async () => {
    repository.commit('work', unsigned('One'));
    const both = await Promise.all([openInto('main'), openInto('lax')]);
    await stage.settled();
    expect(both.map((one) => conclusions(one).DCO)).toEqual(['ACTION_REQUIRED', 'ACTION_REQUIRED']);
    await repository.push('work', [unsigned('Two')]);
    await stage.settled();
    expect(both.map((one) => conclusions(one).DCO)).toEqual(['ACTION_REQUIRED', 'ACTION_REQUIRED']);
  });

  test('until the other one is closed', async () => {
    repository.commit('work', unsigned('One'));
    const strict = await openInto('main');
    const lax = await openInto('lax');
    await stage.settled();
    await strict.close();
    await lax.comment('ada', '/recheck');
    await stage.settled();
    expect(conclusions(lax).DCO).toBe('NEUTRAL');
    stage.requests();
    const before = stage.log.length;
    await lax.comment('ada', '/recheck');
    await stage.settled();
    expect(stage.requests()).toMatchObject({ 'query PullRequest': 1 });
    expect(runsWritten(before)).toEqual([0]);
  });
});

/** As many pull requests into `lax`, each from a branch of its own on the tip of `work`, and all looked at. */
async function crowdOf(size: number): Promise<readonly PullRequestHandle[]> {
  const branches = Array.from({ length: size }, (_, index) => `work-${index + 1}`);
  for (const branch of branches) repository.branch(branch, 'work');
  const opened = await Promise.all(branches.map((branch) => openInto('lax', branch)));
  await stage.settled();
  return opened;
}

async function recheck(pullRequest: PullRequestHandle): Promise<void> {
  await pullRequest.comment('ada', '/recheck');
  await stage.settled();
}

describe('More pull requests with the same head than are judged together', () => {
  test('fail, at the price of two reads a look and one check run, until enough of them are closed', async () => {
    repository.commit('work', unsigned('One'));
    const strict = await openInto('main');
    const lax = await crowdOf(10);
    expect(conclusions(strict).DCO).toBe('ACTION_REQUIRED');
    expect(strict.check('DCO')?.summary).toContain('#10 and others have the same head commit');

    repository.branch('last', 'work');
    const last = await openInto('lax', 'last');
    await stage.settled();
    const { DCO, Policy } = conclusions(last);
    expect([DCO, Policy]).toEqual(['FAILURE', 'FAILURE']);
    expect(strict.check('DCO')).toMatchObject({
      title: '12 pull requests have this head commit',
      summary: expect.stringContaining('comment `/recheck`'),
      actions: [],
      annotations: [],
    });
    stage.requests();
    const before = stage.log.length;
    const posted = strict.check('DCO')?.id;
    for (const one of [strict, last]) await recheck(one);
    expect(stage.requests()).toMatchObject({ 'query PullRequest': 2, 'query OpenWithHead': 2 });
    expect(runsWritten(before)).toEqual([0, 0]);
    repository.branch('more', 'work');
    const more = await openInto('lax', 'more');
    await stage.settled();
    expect(strict.check('DCO')).toMatchObject({ id: posted, title: '13 pull requests have this head commit' });

    stage.requests();
    for (const one of [more, last]) await one.close();
    await recheck(lax[0] as PullRequestHandle);
    expect(stage.requests()).toMatchObject({ 'query PullRequest': 11, 'query OpenWithHead': 1 });
    expect(conclusions(strict).DCO).toBe('ACTION_REQUIRED');
    await strict.close();
    await recheck(lax[0] as PullRequestHandle);
    expect(conclusions(lax[1] as PullRequestHandle).DCO).toBe('NEUTRAL');
  });

  test('show nothing that an override could be about', async () => {
    repository.commit('work', unsigned('One'));
    const lax = await crowdOf(11);
    const strict = await openInto('main');
    await stage.settled();
    expect(conclusions(strict).DCO).toBe('FAILURE');
    tick();
    await strict.comment('mia', '/override dco because there are too many');
    await lax[0]?.close();
    await stage.settled();
    tick();
    await recheck(strict);
    expect(conclusions(strict).DCO).toBe('ACTION_REQUIRED');
    expect(strict.check('DCO')?.summary).toContain('### Lapsed');
    tick();
    await strict.comment('mia', '/override dco because legal agreed');
    await stage.settled();
    // The others only warn, and nobody overrode that.
    expect(conclusions(strict).DCO).toBe('NEUTRAL');
  });

  test('fail for good, once there were more than can be named, until the head commit is another one', async () => {
    repository.commit('work', unsigned('One'));
    const [lax, ...others] = await crowdOf(51);
    if (lax === undefined) throw new Error('There is none');
    const strict = await openInto('main');
    await stage.settled();
    for (const one of others) await one.close();
    await stage.settled();
    stage.requests();
    const before = stage.log.length;
    await recheck(strict);
    await recheck(lax);
    expect([conclusions(strict).DCO, conclusions(lax).DCO]).toEqual(['FAILURE', 'FAILURE']);
    expect(lax.check('DCO')).toMatchObject({
      title: '51 or more pull requests have had this head commit',
      summary: expect.stringContaining('Only another head commit helps.'),
    });
    expect(stage.requests()).toEqual(
      expect.not.objectContaining({ 'query OpenWithHead': expect.anything(), 'mutation CheckRuns': expect.anything() }),
    );
    expect(runsWritten(before)).toEqual([0, 0]);

    await lax.push([unsigned('Two')]);
    await stage.settled();
    expect([conclusions(strict).DCO, conclusions(lax).DCO]).toEqual(['FAILURE', 'NEUTRAL']);
  });
});
