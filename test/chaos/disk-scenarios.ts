// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { factsOf, finalWrongs } from './ending.ts';
import type { SmallDisk } from './small-disk.ts';
import { type Outcome, type Size, type Stage, withStage } from './stage.ts';
import { type ChaosStorage, type Environment, waitingInFolder } from './storages.ts';

function onDisk({ folder, remove }: SmallDisk): ChaosStorage {
  const alone = (env: Environment) => ({ env: { ...env, COUNTERSIGN_DATA: folder } });
  return {
    name: 'SQLite on a small disk',
    slots: (env) => [alone(env)],
    alone,
    goAway: async () => {},
    waiting: async () => waitingInFolder(folder),
    remove: async () => remove(),
  };
}

const sweeping = { COUNTERSIGN_SWEEP_INTERVAL: '1' };

/** The disk is full while webhooks come: they are refused, so that GitHub lists them as failed, and asked for again later. */
export function fullDisk(disk: SmallDisk, size: Size): Promise<Outcome> {
  return withStage(onDisk(disk), size, async (stage) => {
    const { simulator, traffic } = stage;
    const fleet = await stage.start(sweeping);
    await simulator.webhooks.idle();
    disk.fill();
    const before = simulator.webhooks.deliveries.length;
    // There are no results to wait for.
    await traffic.begin(0);
    await traffic.run(0);
    await simulator.webhooks.idle();
    const pretended = taken(stage, before).map((line) => `answered ${line} though the disk was full`);
    disk.free();
    const wrong = await finalWrongs(stage, [fleet], { callsFailed: false, ...size });
    return { wrong: [...pretended, ...wrong], facts: factsOf(traffic) };
  });
}

/** The folder cannot be written to: the App does not start, and says so; once it can, what was missed is made up for. */
export function readOnlyDisk(disk: SmallDisk, size: Size): Promise<Outcome> {
  return withStage(onDisk(disk), size, async (stage) => {
    const { simulator, traffic } = stage;
    disk.setWritable(false);
    const refusal = await stage.tryToStart(sweeping);
    const said = refusal.includes(`${disk.folder} cannot be used to store anything`) ? [] : [`it said: ${refusal}`];
    // There are no results to wait for.
    await traffic.begin(0);
    await traffic.run(0);
    await simulator.webhooks.idle();
    disk.setWritable(true);
    const fleet = await stage.start(sweeping);
    const wrong = await finalWrongs(stage, [fleet], { callsFailed: false, ...size });
    return { wrong: [...said, ...wrong], facts: factsOf(traffic) };
  });
}

/** What there is nothing to store of. */
const ignored = ['pull_request.enqueued', 'pull_request.dequeued', 'merge_group.destroyed'];

/** Webhooks after which something has to be looked at that were answered with success, as event and status. */
function taken({ simulator }: Stage, from: number): readonly string[] {
  return simulator.webhooks.deliveries
    .slice(from)
    .filter(({ event }) => ['pull_request', 'issue_comment', 'merge_group'].includes(event))
    .filter(({ event, action, answer }) => answer.statusCode < 300 && !ignored.includes(`${event}.${action}`))
    .map(({ event, action, answer }) => `${event}.${action} with ${answer.statusCode}`);
}
