// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { setTimeout as sleep } from 'node:timers/promises';
import type { Simulator } from '../simulator/index.ts';
import { seededRandom } from '../simulator/random.ts';
import { preparePlaces } from './places.ts';
import type { Group } from './queues.ts';
import { couldSee } from './remarks.ts';
import { expectedDco, wrongChecks } from './right.ts';
import { commentsBy } from './talk.ts';
import { note, type Watched } from './watched.ts';

export interface Traffic {
  readonly watched: readonly Watched[];
  readonly groups: readonly Group[];
  /** What GitHub let happen though our checks should have been in the way. */
  readonly mistakes: readonly string[];
  /**
   * Opens the first few, and waits for results that somebody can answer, `patience` milliseconds at most. Without that,
   * the wait for a process that was killed early would be all that there is.
   */
  begin(patience: number): Promise<void>;
  /** Does things, in all as many as were asked for. `patience`: how long, in milliseconds, to wait for results to answer. */
  run(patience: number): Promise<void>;
}

export interface TrafficOptions {
  readonly simulator: Simulator;
  /** Webhooks after which something has to be looked at: pull requests opened, pushed to, commented on or enqueued. */
  readonly webhooks: number;
  readonly organisations: number;
  readonly seed: number;
  /** Milliseconds between two webhooks. */
  readonly pace: number;
}

/** So many are opened before anything else happens. */
const few = 6;

/** A commit for each second webhook, twice over: not every place gets its share. */
function commitsIn({ webhooks, organisations }: TrafficOptions): number {
  return Math.ceil(webhooks / organisations) + few;
}

export async function prepareTraffic(options: TrafficOptions): Promise<Traffic> {
  const { simulator, webhooks, seed, pace } = options;
  const random = seededRandom(seed);
  const pick = <One>(list: readonly One[]): One | undefined => list[Math.floor(random() * list.length)];
  const watched: Watched[] = [];
  const places = await preparePlaces({ ...options, commits: commitsIn(options), random });
  const comments = commentsBy(random);

  async function open(): Promise<Watched> {
    const one = await places.open(watched.length);
    watched.push(one);
    return one;
  }

  /** Those that are held back and show it, so that an override may hold. */
  function held(free: readonly Watched[]): readonly Watched[] {
    return free.filter((one) => !one.signedOff && couldSee(one.pullRequest, simulator.world.now()));
  }

  /** One of these, or one whose result nobody has seen; where there is none after a while, any other. */
  async function commentable(free: readonly Watched[], wait: Wait): Promise<Watched | undefined> {
    if (random() < 0.2) {
      const shown = new Set(held(free));
      return pick(free.filter((one) => !one.signedOff && !shown.has(one))) ?? pick(free);
    }
    while (held(free).length === 0 && (await wait()));
    return pick(held(free)) ?? pick(free);
  }

  /** What a draw from 0 to 1 stands for. Resolves with the pull request that it happened to; undefined: there is none. */
  async function act(draw: number, free: readonly Watched[], wait: Wait): Promise<Watched | undefined> {
    const spoken = free.filter(({ remarks }) => remarks.some(({ deleted }) => !deleted));
    if (draw < 0.18) return happen(pick(free), places.push);
    if (draw < 0.5) return happen(await commentable(free, wait), comments.write);
    if (draw < 0.56) return happen(pick(spoken), comments.edit);
    if (draw < 0.62) return happen(pick(spoken), comments.remove);
    // Most people wait for the checks; who may, does not.
    const mergeable = free.filter((one) => wrongChecks([one]).length === 0 && expectedDco(one) === 'SUCCESS');
    const overridden = mergeable.filter(({ signedOff }) => !signedOff);
    if (draw < 0.69) return happen(pick(overridden), places.enqueue);
    if (draw < 0.75) return happen(pick(mergeable), places.enqueue);
    if (draw < 0.77) return happen(pick(free), places.enqueue);
    return undefined;
  }

  return {
    watched,
    groups: places.groups,
    mistakes: places.mistakes,
    begin: async (patience) => {
      const wait = waitFor(patience);
      while (watched.length < few) note(await open());
      while (held(watched).length === 0 && (await wait()));
    },
    run: async (patience) => {
      const wait = waitFor(patience);
      for (let done = watched.length; done < webhooks; done += 1) {
        const free = watched.filter(({ queued }) => !queued);
        note((await act(random(), free, wait)) ?? (await open()));
        await places.goOn();
        if (pace > 0) await sleep(pace);
      }
    },
  };
}

/** Waits a moment; false once it has waited for long enough, all moments together. */
type Wait = () => Promise<boolean>;

function waitFor(patience: number): Wait {
  const moment = 50;
  let left = patience;
  return async () => {
    left -= moment;
    if (left < 0) return false;
    await sleep(moment);
    return true;
  };
}

async function happen(
  one: Watched | undefined,
  what: (one: Watched) => Promise<unknown>,
): Promise<Watched | undefined> {
  if (one !== undefined) await what(one);
  return one;
}
