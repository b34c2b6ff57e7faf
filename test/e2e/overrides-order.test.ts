// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Held, type OverrideStage, startOverrideStage } from './overrides-stage.ts';
import { ada, commitOf } from './stage.ts';

let stage: OverrideStage;
beforeAll(async () => {
  stage = await startOverrideStage();
});
afterEach(() => {
  expect(stage.simulator.violations.list).toEqual([]);
});
afterAll(() => stage.close());

/**
 * What happens, in every order: Ada pushes a commit, a maintainer comments on what they see, the App looks, GitHub's
 * webhooks arrive. A maintainer sees the head of the moment at which they comment, and what is posted on it.
 */
type Step = 'push' | 'comment' | 'look' | 'force back';

function orders<Item>(items: readonly Item[]): Item[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) => orders(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}

const override = '/override dco because I have seen it';

async function act(step: Step, pullRequest: Held, seen: Set<string>): Promise<void> {
  stage.tick();
  const first = pullRequest.state.headSha;
  switch (step) {
    case 'push':
      await pullRequest.push([commitOf(ada, `More ${stage.simulator.world.now().getTime()}`, { signed: false })]);
      return;
    case 'force back':
      await pullRequest.push([], { onto: starts.get(pullRequest.number) ?? first });
      return;
    case 'comment':
      // Only what was judged could be seen.
      if (pullRequest.check('DCO') !== undefined) seen.add(first);
      await pullRequest.comment('mia', override);
      return;
    case 'look':
      await release?.();
      await stage.settled();
      release = stage.simulator.webhooks.hold();
  }
}

const starts = new Map<number, string>();
let release: (() => Promise<void>) | null = null;

describe('Code that a maintainer could not see is never overridden when things happen in the order', () => {
  const steps: readonly Step[] = ['push', 'comment', 'look', 'comment', 'push'];
  const every = [...new Set(orders(steps).map((order) => order.join(', ')))];
  const withForce = [
    ...new Set(orders(['push', 'comment', 'force back', 'look'] as const).map((one) => one.join(', '))),
  ];

  test.each([...every, ...withForce])('%s', async (order) => {
    const pullRequest = await stage.held();
    starts.set(pullRequest.number, pullRequest.state.headSha);
    const seen = new Set<string>();
    release = stage.simulator.webhooks.hold();
    for (const step of order.split(', ') as Step[]) await act(step, pullRequest, seen);
    stage.tick();
    await release?.();
    await stage.settled();
    release = null;
    await pullRequest.recheck();
    const passes = pullRequest.dco() === 'SUCCESS';
    // Never without having been seen; and what was seen last, with nothing pushed after it, is overridden.
    if (passes) expect(seen).toContain(pullRequest.state.headSha);
    if (order.endsWith('look, comment') && !order.includes('force back')) expect(passes).toBe(true);
    if (!seen.has(pullRequest.state.headSha)) expect(passes).toBe(false);
  });

  test.each([0, 1, 2])('a push while the App reads, its request number %i', async (skip) => {
    const pullRequest = await stage.held();
    stage.tick();
    const when = (request: { readonly operation: string }) => !request.operation.startsWith('apps/');
    const push = () => pullRequest.push([commitOf(ada, `Meanwhile ${skip} ${pullRequest.number}`, { signed: false })]);
    stage.simulator.faults.add({ kind: 'meanwhile', act: push }, { when, skip, times: 1 });
    await pullRequest.comment('mia', override);
    await stage.settled();
    stage.simulator.faults.clear();
    await pullRequest.recheck();
    expect(pullRequest.dco()).toBe('ACTION_REQUIRED');
  });
});
