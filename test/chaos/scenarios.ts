// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { setTimeout as sleep } from 'node:timers/promises';
import { factsOf, finalWrongs, honoured, untilRight, wrongOnGitHub } from './ending.ts';
import { killMeanwhile } from './fleet.ts';
import { type Outcome, type Size, withStage } from './stage.ts';
import type { ChaosStorage } from './storages.ts';
import { failCalls, mishandleWebhooks } from './storm.ts';

/**
 * Processes are killed at random while webhooks come. What was answered is honoured without anybody's help; what was
 * not is repaired by a sweep.
 */
export function killed(storage: ChaosStorage, size: Size): Promise<Outcome> {
  return withStage(storage, size, async (stage) => {
    const { simulator, traffic, random } = stage;
    const first = await stage.start({ COUNTERSIGN_SWEEP_INTERVAL: '0' });
    await traffic.begin(size.patience);
    const kills = await killMeanwhile(first, { random, ...size.kills }, traffic.run(size.patience));
    await simulator.webhooks.idle();
    const { watched, groups } = honoured(stage);
    const lost = await untilRight(() => wrongOnGitHub(watched, groups), size.calm);
    await first.stop();
    const second = await stage.startAlone({ COUNTERSIGN_SWEEP_INTERVAL: '1' });
    const wrong = await finalWrongs(stage, [first, second], { callsFailed: false, ...size });
    return {
      wrong: [...lost.map((line) => `answered and lost: ${line}`), ...wrong],
      facts: { ...factsOf(traffic), kills, honoured: watched.length + groups.length },
    };
  });
}

/** Everything at once: killed processes, an API and webhooks that fail in every way, a database that goes away. */
export function stormy(storage: ChaosStorage, size: Size): Promise<Outcome> {
  return withStage(storage, size, async (stage) => {
    const { simulator, traffic, random } = stage;
    const fleet = await stage.start({ COUNTERSIGN_SWEEP_INTERVAL: '2' });
    await traffic.begin(size.patience);
    failCalls(simulator);
    mishandleWebhooks(simulator);
    const [kills] = await Promise.all([
      killMeanwhile(fleet, { random, ...size.kills }, traffic.run(size.patience)),
      sleep(1_000).then(() => storage.goAway(size.away)),
    ]);
    await simulator.webhooks.idle();
    const faults = simulator.requests.requests.filter(({ fault }) => fault !== null).length;
    simulator.faults.clear();
    simulator.webhooks.plan.clear();
    const wrong = await finalWrongs(stage, [fleet], { callsFailed: true, ...size });
    return { wrong, facts: { ...factsOf(traffic), kills, faults } };
  });
}
