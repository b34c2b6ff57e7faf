// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterEach, expect, test } from '@jest/globals';
import { ada, commitOf, conclusions, type Stage, startStage } from './stage.ts';

let stage: Stage;
afterEach(async () => {
  await stage.simulator.close();
});

test('What runs when the App is told to stop is finished, and a webhook that comes then is not pretended to be taken', async () => {
  stage = await startStage({ COUNTERSIGN_DEFAULT_POLICY: 'dco-only' });
  const { simulator, service } = stage;
  simulator.user('ada', { emails: [ada.email] });
  const repository = simulator.repository('octo/hello');
  await simulator.install('octo');
  await stage.settled();
  repository.commit('widget', commitOf(ada, 'Add a widget'));
  let reached: () => void = () => {};
  const asked = new Promise<void>((resolve) => {
    reached = resolve;
  });
  let goOn: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const act = async () => {
    reached();
    await held;
  };
  const when = ({ operation }: { operation: string }) => operation === 'query PullRequest';
  simulator.faults.add({ kind: 'meanwhile', act }, { when, times: 1 });
  const pullRequest = await repository.openPullRequest({ author: 'ada', head: 'widget' });
  await asked;

  const stopped = service.stop();
  await expect(fetch(service.url, { method: 'POST' })).rejects.toThrow('fetch failed');
  goOn();
  await stopped;
  expect(conclusions(pullRequest)).toEqual({ DCO: 'SUCCESS', Policy: 'SUCCESS' });
});
