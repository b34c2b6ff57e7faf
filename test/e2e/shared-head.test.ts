// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { RepositoryHandle } from '../simulator/handles/repository.ts';
import { ada, commitOf, conclusions, type Stage, startStage } from './stage.ts';

let stage: Stage;
let repository: RepositoryHandle;
let repositories = 0;

beforeAll(async () => {
  stage = await startStage({ COUNTERSIGN_DEFAULT_POLICY: 'dco-only' });
  stage.simulator.user('ada', { emails: [ada.email] });
  await stage.simulator.install(stage.simulator.organization('octo').login);
});
beforeEach(() => {
  repositories += 1;
  repository = stage.simulator.repository(`octo/hello-${repositories}`);
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
