// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type Simulator, startSimulator } from '../simulator/index.ts';
import { seededRandom } from '../simulator/random.ts';
import { startApp } from './app.ts';
import { type Fleet, type Killing, type Slot, startFleet } from './fleet.ts';
import type { ChaosStorage, Environment } from './storages.ts';
import { prepareTraffic, type Traffic } from './traffic.ts';

export interface Size {
  readonly webhooks: number;
  readonly organisations: number;
  /** Milliseconds between two webhooks. */
  readonly pace: number;
  /** How long people wait for results to answer, all together, in milliseconds. */
  readonly patience: number;
  /**
   * How long nothing may get better in the end before it is given up, in milliseconds. A webhook that failed three times is
   * asked for again two minutes later, and by the next sweep.
   */
  readonly calm: number;
  /** For what happens at random. */
  readonly seed: number;
  /**
   * How many processes are killed at most, and how long none is at most, in milliseconds. What is always being looked at
   * when a process ends is given up in the end, and waits for long before.
   */
  readonly kills: Pick<Killing, 'most' | 'within'>;
  /** How long the database is away, in milliseconds. */
  readonly away: number;
}

export interface Outcome {
  /** What should not be, one line each. */
  readonly wrong: readonly string[];
  /** What happened, for whoever reads along. */
  readonly facts: Readonly<Record<string, number>>;
}

/** GitHub's limits are what other tests are about. */
const openLimits = { hourly: 1_000_000, restPerMinute: 1_000_000, graphqlPerMinute: 1_000_000, concurrent: 10_000 };
export interface Stage {
  readonly simulator: Simulator;
  readonly traffic: Traffic;
  readonly random: () => number;
  /** One process, with this in its environment besides. */
  alone(env: Environment): Slot;
  /** Starts the processes; webhooks go to them from now on. */
  start(env: Environment): Promise<Fleet>;
  /** The same with one that does everything. */
  startAlone(env: Environment): Promise<Fleet>;
  /** Starts one process that is expected not to start. Resolves with what it says, or empty where it starts. */
  tryToStart(env: Environment): Promise<string>;
}

export async function withStage(
  storage: ChaosStorage,
  size: Size,
  run: (stage: Stage) => Promise<Outcome>,
): Promise<Outcome> {
  const simulator = await startSimulator({ validate: false, limits: openLimits, seed: size.seed });
  const fleets: Fleet[] = [];
  try {
    const traffic = await prepareTraffic({ simulator, ...size });
    const settings = { ...simulator.environment(), COUNTERSIGN_DEFAULT_POLICY: 'dco-only' };
    const alone = (env: Environment) => storage.alone({ ...settings, ...env });
    const start = async (slots: readonly Slot[]) => {
      const fleet = await startFleet(slots);
      fleets.push(fleet);
      simulator.sendWebhooksTo(fleet.url);
      return fleet;
    };
    const outcome = await run({
      simulator,
      traffic,
      random: seededRandom(size.seed),
      alone,
      start: (env) => start(storage.slots({ ...settings, ...env })),
      startAlone: (env) => start([alone(env)]),
      tryToStart: (env) => refusalOf(alone(env)),
    });
    const violations = simulator.violations.list.map(({ kind, where, message }) => `${kind} ${where}: ${message}`);
    const wrong = [...outcome.wrong, ...new Set(violations)];
    // Why it is so shows best in what is not done yet.
    return { ...outcome, wrong: wrong.length === 0 ? wrong : [...wrong, ...(await storage.waiting())] };
  } finally {
    await Promise.allSettled(fleets.map((fleet) => fleet.stop()));
    await simulator.close();
  }
}

async function refusalOf(slot: Slot): Promise<string> {
  try {
    const app = await startApp({ ...slot, onLine: () => {} });
    await app.stop();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}
