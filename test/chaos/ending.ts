// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { setTimeout as sleep } from 'node:timers/promises';
import type { Fleet } from './fleet.ts';
import { type LedgerOptions, wrongLedger } from './ledger.ts';
import type { Group } from './queues.ts';
import { repeatedChecks, wrongAnswers, wrongChecks, wrongGroups } from './right.ts';
import type { Size, Stage } from './stage.ts';
import type { Traffic } from './traffic.ts';
import type { Watched } from './watched.ts';

/**
 * Waits until nothing is wrong, or until nothing has become better for so many milliseconds. Returns what is still wrong.
 */
export async function untilRight(
  wrong: () => readonly string[] | Promise<readonly string[]>,
  patience: number,
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
  const failed = new Set(simulator.webhooks.deliveries.filter(isFailed).map(toldBy));
  return {
    watched: traffic.watched.filter(({ told }) => !failed.has(told)),
    groups: traffic.groups.filter(({ entry }) => !failed.has(`merge_group.checks_requested ${entry.headSha}`)),
  };
}

type Delivered = Stage['simulator']['webhooks']['deliveries'][number];

function isFailed({ answer }: Delivered): boolean {
  return answer.statusCode >= 300;
}

/** Of what is still open, the webhooks that never arrived: what nobody told the App of, it cannot know. */
function undelivered({ simulator, traffic }: Stage): readonly string[] {
  const open = new Map(
    traffic.watched.filter(({ queued }) => !queued).map((one) => [one.told, one.pullRequest.url] as const),
  );
  const attempts = Map.groupBy(simulator.webhooks.deliveries, ({ guid }) => guid);
  return [...attempts.values()].flatMap((some) => {
    const last = some.at(-1) as Delivered;
    const url = open.get(toldBy(last));
    if (url === undefined || !some.every(isFailed)) return [];
    return [`  not delivered: ${toldBy(last)} of ${url}, ${some.length} times, ${last.deliveredAt.toISOString()}`];
  });
}

/** What a webhook tells of: its event, and the comment or the head. */
function toldBy({ event, action, payload }: Delivered): string {
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
  stage: Stage,
  fleets: readonly Fleet[],
  options: LedgerOptions & Pick<Size, 'calm'>,
): Promise<readonly string[]> {
  const { simulator, traffic, alone } = stage;
  const shown = await untilRight(() => wrongOnGitHub(traffic.watched, traffic.groups), options.calm);
  // Some of what was decided shows on GitHub in nothing.
  const recorded = await untilRight(() => wrongLedger(alone({}), traffic, options), options.calm);
  const codes = (await Promise.all(fleets.map((fleet) => fleet.stop()))).flat();
  const exits = codes.filter((code) => code !== 0).map((code) => `a process ended with ${code} after SIGTERM`);
  // Errors are to be expected where everything fails; they explain what should not have happened.
  const errors = fleets.flatMap((fleet) => fleet.errors).map((line) => `  log: ${line.msg} ${JSON.stringify(line)}`);
  return [
    ...shown,
    ...recorded,
    ...(shown.length + recorded.length === 0 ? [] : undelivered(stage)),
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
