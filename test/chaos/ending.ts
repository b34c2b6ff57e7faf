// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { setTimeout as sleep } from 'node:timers/promises';
import type { Fleet } from './fleet.ts';
import { type LedgerOptions, wrongLedger } from './ledger.ts';
import type { Group } from './queues.ts';
import { repeatedChecks, wrongAnswers, wrongChecks, wrongGroups } from './right.ts';
import type { Stage } from './stage.ts';
import type { Traffic } from './traffic.ts';
import type { Watched } from './watched.ts';

/** How long nothing may get better before it is given up, in milliseconds. */
const patience = 90_000;

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

/** The pull requests and merge groups of which the webhook that told of the last change was answered with success. */
export function honoured({ simulator, traffic }: Stage): Pick<Traffic, 'watched' | 'groups'> {
  const failed = new Set(simulator.webhooks.deliveries.filter(({ answer }) => answer.statusCode >= 300).map(toldBy));
  return {
    watched: traffic.watched.filter(({ told }) => !failed.has(told)),
    groups: traffic.groups.filter(({ entry }) => !failed.has(`merge_group.checks_requested ${entry.headSha}`)),
  };
}

/** What a webhook tells of: its event, and the comment or the head. */
function toldBy({ event, action, payload }: Stage['simulator']['webhooks']['deliveries'][number]): string {
  const { pull_request, merge_group, comment } = payload as Told;
  return `${event}.${action} ${comment?.id ?? merge_group?.head_sha ?? pull_request?.head.sha}`;
}

interface Told {
  readonly comment?: { readonly id: number };
  readonly merge_group?: { readonly head_sha: string };
  readonly pull_request?: { readonly head: { readonly sha: string } };
}

/** Waits until everything is right, then stops what runs. What is wrong then. */
export async function finalWrongs(
  { simulator, traffic, alone }: Stage,
  fleets: readonly Fleet[],
  options: LedgerOptions,
): Promise<readonly string[]> {
  const shown = await untilRight(() => wrongOnGitHub(traffic.watched, traffic.groups));
  // Some of what was decided shows on GitHub in nothing.
  const recorded = await untilRight(() => wrongLedger(alone({}), traffic, options));
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
    'with overrides': groups.filter(({ of, conclusion }) => !of.signedOff && conclusion === 'SUCCESS').length,
    merged: groups.filter(({ left }) => left === 'merged').length,
  };
}
