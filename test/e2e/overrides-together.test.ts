// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { MergeMethod } from '../simulator/state/model.ts';
import { type Base, type Held, type OverrideStage, startOverrideStage } from './overrides-stage.ts';
import { ada, ben, commitOf } from './stage.ts';

let stage: OverrideStage;
beforeAll(async () => {
  stage = await startOverrideStage();
});
afterEach(() => {
  expect(stage.simulator.violations.list).toEqual([]);
});
afterAll(() => stage.close());

const override = '/override dco because the author has left';
const unsigned = (subject: string) => commitOf(ada, subject, { signed: false });

describe('Of two pull requests with the same head, an override in one', () => {
  const both = async (base: Base): Promise<readonly [Held, Held]> => {
    const one = await stage.held('main');
    const two = await stage.heldBeside(one, base);
    expect([one.dco(), two.dco()]).toEqual(['ACTION_REQUIRED', 'ACTION_REQUIRED']);
    return [one, two];
  };

  test.each(['the older', 'the newer'])('does not let the other one in: %s', async (which) => {
    const [one, two] = await both('other');
    const [overridden, other] = which === 'the older' ? [one, two] : [two, one];
    await overridden.say('mia', override);
    expect([one.dco(), two.dco()]).toEqual(['ACTION_REQUIRED', 'ACTION_REQUIRED']);
    await other.recheck();
    await overridden.recheck();
    expect([one.dco(), two.dco()]).toEqual(['ACTION_REQUIRED', 'ACTION_REQUIRED']);
  });

  test('and one in the other let both in, and taking back either holds both back', async () => {
    const [one, two] = await both('other');
    await one.say('mia', override);
    await two.say('ben', override);
    expect([one.dco(), two.dco()]).toEqual(['SUCCESS', 'SUCCESS']);
    await one.say('mia', '/override-cancel');
    expect([one.dco(), two.dco()]).toEqual(['ACTION_REQUIRED', 'ACTION_REQUIRED']);
  });

  test('whose policy lets its author override lets them into none with another policy', async () => {
    const [one, two] = await both('lenient');
    await two.say('ada', override);
    expect([one.dco(), two.dco()]).toEqual(['ACTION_REQUIRED', 'ACTION_REQUIRED']);
    await one.recheck();
    expect([one.dco(), two.dco()]).toEqual(['ACTION_REQUIRED', 'ACTION_REQUIRED']);
  });

  test('that passes anyway does not hide that the other one is overridden', async () => {
    const one = await stage.held('main');
    await one.say('mia', override);
    const two = await stage.heldBeside(one, 'warning');
    await two.recheck();
    expect([one.dco(), two.dco()]).toEqual(['NEUTRAL', 'NEUTRAL']);
    expect(one.check('DCO')?.title).not.toContain('mia');
    await one.recheck();
    expect(one.dco()).toBe('NEUTRAL');
  });

  test('cannot be given by a button, since nobody could tell in which it was pressed', async () => {
    const one = await stage.held('lenient');
    expect(one.check('DCO')?.actions).toHaveLength(1);
    const two = await stage.heldBeside(one, 'main');
    expect([one, two].map((each) => each.check('DCO')?.actions)).toEqual([[], []]);
  });
});

describe.each<[MergeMethod, Base]>([
  ['MERGE', 'merged'],
  ['SQUASH', 'squashed'],
  ['REBASE', 'rebased'],
])('In a merge queue with the method %s', (method, base) => {
  const queueOf = () => stage.repository.mergeQueue(method, base);

  test('a pull request’s override holds', async () => {
    const queue = queueOf();
    const pullRequest = await stage.held(base);
    await pullRequest.say('mia', override);
    const entry = await pullRequest.later(() => queue.enqueue(pullRequest));
    expect(queue.check(entry, 'DCO')).toMatchObject({ conclusion: 'SUCCESS', title: expect.stringContaining('mia') });
    expect(await queue.mergeFirst()).toBe(true);
  });

  test('it is not thrown out while a permission cannot be read', async () => {
    const queue = queueOf();
    const pullRequest = await stage.held(base);
    await pullRequest.say('mia', override);
    const when = (request: { readonly path: string }) => request.path.includes('/collaborators/');
    stage.simulator.faults.add({ kind: 'status', status: 502 }, { when, times: 1 });
    const looks = stage.log.length;
    const entry = await pullRequest.later(() => queue.enqueue(pullRequest));
    expect(queue.check(entry, 'DCO')?.conclusion).toBe('SUCCESS');
    const written = stage.log
      .slice(looks)
      .filter(({ msg, mergeGroup }) => msg === 'judged' && mergeGroup !== undefined);
    expect(written).toHaveLength(1);
    expect(await queue.mergeFirst()).toBe(true);
  });

  test('one for each of its commits holds for what the queue makes of them', async () => {
    const queue = queueOf();
    const pullRequest = await stage.held(base, unsigned('Left'), unsigned('Right'));
    const { baseSha, headSha } = pullRequest.state;
    for (const sha of await stage.repository.state.git.range(baseSha, headSha)) {
      await pullRequest.say('mia', `/override dco for ${sha} because the author has left`);
    }
    expect(pullRequest.dco()).toBe('SUCCESS');
    const entry = await pullRequest.later(() => queue.enqueue(pullRequest));
    expect(queue.check(entry, 'DCO')?.conclusion).toBe('SUCCESS');
  });

  test('it holds for its own commits, and not for those of another one in the group', async () => {
    const queue = queueOf();
    const one = await stage.held(base, unsigned('Mine'));
    const two = await stage.held(base, unsigned('Theirs'));
    await one.say('mia', override);
    const first = await one.later(() => queue.enqueue(one));
    const second = await two.later(() => queue.enqueue(two));
    expect(queue.check(first, 'DCO')?.conclusion).toBe('SUCCESS');
    expect(queue.check(second, 'DCO')?.conclusion).toBe('ACTION_REQUIRED');
  });

  test('each one’s own holds, and beside one that needs none', async () => {
    const queue = queueOf();
    const one = await stage.held(base, unsigned('Once'));
    const two = await stage.held(base, commitOf(ada, 'Signed'), commitOf(ben, 'Also signed'));
    const three = await stage.held(base, unsigned('Thrice'));
    for (const pullRequest of [one, three]) await pullRequest.say('mia', override);
    for (const pullRequest of [one, two]) await pullRequest.later(() => queue.enqueue(pullRequest));
    const last = await three.later(() => queue.enqueue(three));
    expect(queue.check(last, 'DCO')?.conclusion).toBe('SUCCESS');
  });
});
