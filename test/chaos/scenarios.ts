// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { setTimeout as sleep } from 'node:timers/promises';
import { type Simulator, startSimulator } from '../simulator/index.ts';
import { seededRandom } from '../simulator/random.ts';
import { startApp } from './app.ts';
import { type Fleet, killMeanwhile, type Slot, startFleet } from './fleet.ts';
import { type LedgerOptions, wrongLedger } from './ledger.ts';
import type { Group } from './queues.ts';
import { repeatedChecks, wrongAnswers, wrongChecks, wrongGroups } from './right.ts';
import type { ChaosStorage } from './storages.ts';
import { prepareTraffic, type Traffic, type Watched } from './traffic.ts';

export interface Size {
  readonly webhooks: number;
  readonly organisations: number;
  /** Milliseconds between two webhooks. */
  readonly pace: number;
  /** How long people wait for results to answer, all together, in milliseconds. */
  readonly patience: number;
  /** For what happens at random. */
  readonly seed: number;
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
/** How long nothing may get better before it is given up, in milliseconds. */
const patience = 90_000;

export interface Stage {
  readonly simulator: Simulator;
  readonly traffic: Traffic;
  readonly random: () => number;
  /** The processes, with this in their environment besides. */
  slots(env: Readonly<Record<string, string>>): readonly Slot[];
  start(env: Readonly<Record<string, string>>): Promise<Fleet>;
  /** Starts one process that is expected not to start. Resolves with what it says, or empty where it starts. */
  tryToStart(env: Readonly<Record<string, string>>): Promise<string>;
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
    const slots = (env: Readonly<Record<string, string>>) =>
      storage.slots({ ...simulator.environment(), COUNTERSIGN_DEFAULT_POLICY: 'dco-only', ...env });
    const start = async (env: Readonly<Record<string, string>>) => {
      const fleet = await startFleet(slots(env));
      fleets.push(fleet);
      simulator.sendWebhooksTo(fleet.url);
      return fleet;
    };
    const tryToStart = (env: Readonly<Record<string, string>>) => refusalOf(slots(env));
    const outcome = await run({ simulator, traffic, random: seededRandom(size.seed), slots, start, tryToStart });
    const violations = simulator.violations.list.map(({ kind, where, message }) => `${kind} ${where}: ${message}`);
    return { ...outcome, wrong: [...outcome.wrong, ...new Set(violations)] };
  } finally {
    await Promise.allSettled(fleets.map((fleet) => fleet.stop()));
    await simulator.close();
  }
}

async function refusalOf([slot]: readonly Slot[]): Promise<string> {
  try {
    const app = await startApp({ env: slot?.env ?? {}, onLine: () => {} });
    await app.stop();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

/** Waits until nothing is wrong, or until nothing has become better for a while. Returns what is still wrong. */
export async function untilRight(
  wrong: () => readonly string[] | Promise<readonly string[]>,
): Promise<readonly string[]> {
  let fewest = Number.POSITIVE_INFINITY;
  let since = Date.now();
  for (;;) {
    const now = await wrong();
    if (now.length === 0) return [];
    if (now.length < fewest) {
      fewest = now.length;
      since = Date.now();
    }
    if (Date.now() - since > patience) return now;
    await sleep(100);
  }
}

/** What GitHub shows and should not, of these pull requests and merge groups. */
export function wrongOnGitHub(watched: readonly Watched[], groups: readonly Group[]): readonly string[] {
  return [...wrongChecks(watched), ...wrongGroups(groups), ...wrongAnswers(watched)];
}

/** The pull requests and merge groups of which every webhook was answered with success. */
function honoured({ simulator, traffic }: Stage): {
  readonly watched: readonly Watched[];
  readonly groups: readonly Group[];
} {
  const failed = new Set<string>();
  for (const { answer, payload, repository } of simulator.webhooks.deliveries) {
    const { pull_request, issue, merge_group } = payload as Record<string, { number?: number; head_sha?: string }>;
    if (answer.statusCode < 300) continue;
    failed.add(merge_group?.head_sha ?? `${repository}#${pull_request?.number ?? issue?.number}`);
  }
  return {
    watched: traffic.watched.filter(
      ({ pullRequest: { state, number } }) => !failed.has(`${state.repository.id}#${number}`),
    ),
    groups: traffic.groups.filter(({ entry }) => !failed.has(entry.headSha)),
  };
}

/** Waits until everything is right, then stops what runs. What is wrong then. */
export async function finalWrongs(
  { simulator, traffic, slots }: Stage,
  fleets: readonly Fleet[],
  options: LedgerOptions,
): Promise<readonly string[]> {
  const shown = await untilRight(() => wrongOnGitHub(traffic.watched, traffic.groups));
  const [slot = { env: {} }] = slots({});
  // Some of what was decided shows on GitHub in nothing.
  const recorded = await untilRight(() => wrongLedger(slot, traffic, options));
  const codes = (await Promise.all(fleets.map((fleet) => fleet.stop()))).flat();
  const exits = codes.filter((code) => code !== 0).map((code) => `a process ended with ${code} after SIGTERM`);
  // Errors are to be expected where everything fails; they explain what should not have happened.
  const errors = fleets.flatMap((fleet) => fleet.errors).map((line) => `  log: ${line.msg} ${JSON.stringify(line)}`);
  return [
    ...shown,
    ...recorded,
    ...traffic.mistakes,
    ...repeatedChecks(simulator.world.repositories.values()),
    ...(exits.length === 0 ? [] : [...exits, ...errors.map((line) => line.slice(0, 500)).slice(-5)]),
  ];
}

/** What happened, for whoever reads along. */
export function factsOf({ watched, groups }: Traffic): Readonly<Record<string, number>> {
  const remarks = watched.flatMap((one) => one.remarks);
  return {
    'pull requests': watched.length,
    comments: remarks.length,
    overrides: remarks.filter(({ grants }) => grants > 0).length,
    'merge groups': groups.length,
    merged: groups.filter(({ left }) => left === 'merged').length,
  };
}

/**
 * Processes are killed at random while webhooks come. What was answered is honoured without anybody's help; what was
 * not is repaired by a sweep.
 */
export function killed(storage: ChaosStorage, size: Size): Promise<Outcome> {
  return withStage(storage, size, async (stage) => {
    const { simulator, traffic, random } = stage;
    const first = await stage.start({ COUNTERSIGN_SWEEP_INTERVAL: '0' });
    const kills = await killMeanwhile(first, random, traffic.run(size.patience));
    await simulator.webhooks.idle();
    const { watched, groups } = honoured(stage);
    const lost = await untilRight(() => wrongOnGitHub(watched, groups));
    await first.stop();
    const second = await stage.start({ COUNTERSIGN_SWEEP_INTERVAL: '1' });
    const wrong = await finalWrongs(stage, [first, second], { callsFailed: false });
    const refused = traffic.watched.length - watched.length;
    return {
      wrong: [...lost.map((line) => `answered and lost: ${line}`), ...wrong],
      facts: { ...factsOf(traffic), kills, refused },
    };
  });
}

/** Everything at once: killed processes, an API and webhooks that fail in every way, a database that goes away. */
export function stormy(storage: ChaosStorage, size: Size): Promise<Outcome> {
  return withStage(storage, size, async (stage) => {
    const { simulator, traffic, random } = stage;
    const fleet = await stage.start({ COUNTERSIGN_SWEEP_INTERVAL: '2' });
    failCalls(simulator);
    mishandleWebhooks(simulator);
    const [kills] = await Promise.all([
      killMeanwhile(fleet, random, traffic.run(size.patience)),
      sleep(1_000).then(() => storage.goAway(size.away)),
    ]);
    await simulator.webhooks.idle();
    const faults = simulator.requests.requests.filter(({ fault }) => fault !== null).length;
    simulator.faults.clear();
    simulator.webhooks.plan.clear();
    const wrong = await finalWrongs(stage, [fleet], { callsFailed: true });
    return { wrong, facts: { ...factsOf(traffic), kills, faults } };
  });
}

/** About 5 % of all calls. */
function failCalls({ faults }: Simulator): void {
  const probability = 0.005;
  for (const status of [500, 502, 503, 504] as const) faults.add({ kind: 'status', status }, { probability });
  faults.add({ kind: 'status', status: 502, after: true }, { probability });
  faults.add({ kind: 'reset' }, { probability });
  faults.add({ kind: 'reset', after: true }, { probability });
  faults.add({ kind: 'malformed' }, { probability });
  faults.add({ kind: 'graphql-timeout' }, { probability, when: ({ path }) => path.endsWith('/graphql') });
  faults.add({ kind: 'primary-rate-limit', resetIn: 1 }, { probability: probability / 2 });
  faults.add({ kind: 'secondary-rate-limit', retryAfter: 1 }, { probability: probability / 2 });
  faults.add({ kind: 'graphql-rate-limited', resetIn: 1 }, { probability: probability / 2 });
  faults.add({ kind: 'latency', milliseconds: 200 }, { probability: 0.1 });
  // Longer than the App waits for an answer.
  faults.add({ kind: 'latency', milliseconds: 31_000 }, { probability: 0.001, times: 2 });
}

/** Webhooks get lost with and without a trace, come twice, late, and so in another order. */
function mishandleWebhooks({ webhooks: { plan } }: Simulator): void {
  plan.add({ kind: 'drop' }, { probability: 0.03 });
  // What the sweep finds by itself. A comment that GitHub forgets to tell of is found once a day.
  const isFound = ({ event }: { readonly event: string }) => event !== 'issue_comment';
  plan.add({ kind: 'drop', recorded: false }, { probability: 0.03, when: isFound });
  plan.add({ kind: 'repeat', times: 2 }, { probability: 0.05 });
  plan.add({ kind: 'delay', milliseconds: 1_500 }, { probability: 0.1 });
  plan.add({ kind: 'delay', milliseconds: 300 }, { probability: 0.2 });
}
