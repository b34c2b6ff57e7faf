// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { longestWindow } from './errors.ts';
import type { Cost, Limits } from './limits.ts';

/** Counts what installations take of their limits, in windows of a minute and an hour. */
export interface Windows {
  /**
   * Takes what a request costs of every window that it falls into, as long as no more than `share` (0 to 1) of each is
   * taken. Returns null, or where there is no room which limit it is and when there will be.
   */
  take(installation: string, cost: Cost, share: number): Promise<Refusal | null>;
  /**
   * Takes points of GraphQL that several requests are going to cost, or as many as there ever are. Returns what they are
   * spent from, or when there will be room.
   */
  reserve(installation: string, points: number, share: number): Promise<Reservation | Refusal>;
  /** Has nothing taken of an installation's points for so many milliseconds, since GitHub said so. */
  hold(installation: string, milliseconds: number): Promise<void>;
}

/** Points that are counted already. They hold as long as the window that they were taken of. */
export interface Reservation {
  /** Spends so many of them, or none where there are not as many, or where they are another installation's. */
  spend(installation: string, points: number): boolean;
  /** What was not spent is there for others again. */
  giveBack(): Promise<void>;
}

export interface Refusal {
  /** `held`: GitHub asked to be left alone. */
  readonly limit: 'points' | 'content' | 'held';
  /** Milliseconds until there is room again. */
  readonly wait: number;
}

interface Window {
  readonly limit: 'points' | 'content';
  readonly limiter: RateLimiterAbstract;
  readonly weigh: (cost: Cost) => number;
}

/** More points than any limit has, or requests under way can take or give back. */
const holding = 1_000_000_000;
/** In milliseconds, with the second that is always waited more; where GitHub asks for longer it says so again. */
const longestHold = longestWindow + 1_000;
/** How far clocks of processes may be apart, in milliseconds. */
const tolerance = 10_000;
/** A look ends within a second or so, and what it has reserved and did not spend is there for others again; milliseconds. */
const givenBackSoon = 2_000;
const minute = 60;
const hour = 3600;

/** Makes what counts one kind of points, for each installation by itself; `duration` in seconds. */
export type CounterFor = (window: {
  readonly keyPrefix: string;
  readonly points: number;
  readonly duration: number;
}) => RateLimiterAbstract;

/** Each process for itself. */
export const ownCounters: CounterFor = (window) => new RateLimiterMemory(window);

/** A window opens with the first request in it: GitHub doesn't say when its own do. */
export function createWindows(limits: Limits, counterFor: CounterFor): Windows {
  const window = (
    limit: Window['limit'],
    keyPrefix: string,
    points: number,
    duration: number,
    weigh: Window['weigh'],
  ): Window => ({
    limit,
    limiter: counterFor({ keyPrefix, points, duration }),
    weigh,
  });
  const graphql = window('points', 'graphql', limits.graphqlPerMinute, minute, ({ api, points }) =>
    api === 'graphql' ? points : 0,
  );
  const unspent: Unspent = new Map();
  const content = (cost: Cost) => (cost.content === 'none' ? 0 : 1);
  const windows = [
    window('points', 'rest', limits.restPerMinute, minute, ({ api, points }) => (api === 'rest' ? points : 0)),
    graphql,
    window('content', 'content a minute', limits.contentPerMinute, minute, content),
    window('content', 'content an hour', limits.contentPerHour, hour, content),
  ];
  return {
    take: async (installation, cost, share) => {
      const taken: Window[] = [];
      for (const one of windows.filter(({ weigh }) => weigh(cost) > 0)) {
        const { free, held, left: wait } = await takeFrom(one.limiter, installation, one.weigh(cost), share);
        if (free) {
          taken.push(one);
        } else if (one.limit === 'points' || cost.content === 'only') {
          // A request that is not sent has cost nothing.
          await Promise.all(taken.map(({ limiter, weigh }) => limiter.reward(installation, weigh(cost))));
          return { limit: held ? 'held' : one.limit, wait };
        }
      }
      return null;
    },
    reserve: async (installation, wanted, share) => {
      const { limiter } = graphql;
      const points = Math.min(wanted, Math.floor(limiter.points * share));
      const { free, held, left, lacking } = await takeFrom(limiter, installation, points, share);
      if (free) return reservationOf({ limiter, unspent }, installation, points, Date.now() + left);
      if (held) return { limit: 'held', wait: left };
      const mayBeGivenBack = (unspent.get(installation) ?? 0) >= lacking;
      return { limit: 'points', wait: mayBeGivenBack ? Math.min(left, givenBackSoon) : left };
    },
    hold: async (installation, milliseconds) => {
      const points = windows.filter(({ limit }) => limit === 'points');
      const seconds = Math.min(milliseconds, longestHold) / 1000;
      await Promise.all(points.map(({ limiter }) => limiter.set(installation, holding, seconds)));
    },
  };
}

/** Points of installations that are reserved and not spent yet. */
type Unspent = Map<string, number>;

function addTo(unspent: Unspent, installation: string, points: number): void {
  const sum = (unspent.get(installation) ?? 0) + points;
  if (sum > 0) unspent.set(installation, sum);
  else unspent.delete(installation);
}

/** `until` when the window ends, in milliseconds since 1970: its points are nothing to the next one. */
function reservationOf(
  { limiter, unspent }: { readonly limiter: RateLimiterAbstract; readonly unspent: Unspent },
  key: string,
  points: number,
  until: number,
): Reservation {
  let left = points;
  addTo(unspent, key, points);
  const take = (cost: number) => {
    left -= cost;
    addTo(unspent, key, -cost);
  };
  return {
    spend: (installation, cost) => {
      if (installation !== key || cost > left || Date.now() >= until) return false;
      take(cost);
      return true;
    },
    giveBack: async () => {
      const back = left;
      take(back);
      if (back > 0 && Date.now() < until) await limiter.reward(key, back);
    },
  };
}

interface TakenFrom {
  /** Whether there was room, so that the points were taken. */
  readonly free: boolean;
  /** Whether there is none because GitHub asked to be left alone. */
  readonly held: boolean;
  /** Milliseconds until the window ends. */
  readonly left: number;
  /** How many points there are too few. */
  readonly lacking: number;
}

async function takeFrom(limiter: RateLimiterAbstract, key: string, points: number, share: number): Promise<TakenFrom> {
  const { consumedPoints, msBeforeNext } = await consume(limiter, key, points);
  const lacking = consumedPoints - limiter.points * share;
  if (lacking <= 0) return { free: true, held: false, left: msBeforeNext, lacking: 0 };
  await limiter.reward(key, points);
  return { free: false, held: consumedPoints >= holding / 2, left: Math.max(msBeforeNext, 1), lacking };
}

/** What there is after so many points more, be it more than there may be. */
async function consume(limiter: RateLimiterAbstract, key: string, points: number): Promise<RateLimiterRes> {
  const found = await consumed(limiter, key, points);
  const longest = found.consumedPoints >= holding / 2 ? longestHold : limiter.duration * 1000;
  if (found.msBeforeNext <= longest + tolerance) return found;
  // A clock was wrong when it was opened, another process's or ours, and it would stay open for as long.
  await limiter.delete(key);
  return consumed(limiter, key, points);
}

async function consumed(limiter: RateLimiterAbstract, key: string, points: number): Promise<RateLimiterRes> {
  try {
    return await limiter.consume(key, points);
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return refused;
    throw refused;
  }
}
