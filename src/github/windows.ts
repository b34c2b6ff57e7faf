// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Cost, Limits } from './limits.ts';

/** Counts what installations take of their limits, in windows of a minute and an hour. */
export interface Windows {
  /**
   * Takes what a request costs of every window that it falls into, as long as no more than `share` (0 to 1) of each is
   * taken. Returns 0, or where there is no room the milliseconds until there is.
   */
  take(installation: string, cost: Cost, share: number): Promise<number>;
}

interface Window {
  readonly limiter: RateLimiterAbstract;
  readonly weigh: (cost: Cost) => number;
}

const minute = 60;
const hour = 3600;

/** A window opens with the first request in it: GitHub doesn't say when its own do. */
export function createWindows(limits: Limits): Windows {
  const window = (keyPrefix: string, points: number, duration: number, weigh: Window['weigh']): Window => ({
    limiter: new RateLimiterMemory({ keyPrefix, points, duration }),
    weigh,
  });
  const windows = [
    window('rest', limits.restPerMinute, minute, ({ api, points }) => (api === 'rest' ? points : 0)),
    window('graphql', limits.graphqlPerMinute, minute, ({ api, points }) => (api === 'graphql' ? points : 0)),
    window('content', limits.contentPerMinute, minute, ({ makesContent }) => Number(makesContent)),
    window('content an hour', limits.contentPerHour, hour, ({ makesContent }) => Number(makesContent)),
  ];
  return {
    take: async (installation, cost, share) => {
      const taken: Window[] = [];
      for (const one of windows.filter(({ weigh }) => weigh(cost) > 0)) {
        const wait = await takeFrom(one.limiter, installation, one.weigh(cost), share);
        if (wait === 0) {
          taken.push(one);
          continue;
        }
        // A request that is not sent has cost nothing.
        await Promise.all(taken.map(({ limiter, weigh }) => limiter.reward(installation, weigh(cost))));
        return wait;
      }
      return 0;
    },
  };
}

async function takeFrom(limiter: RateLimiterAbstract, key: string, points: number, share: number): Promise<number> {
  try {
    const { consumedPoints, msBeforeNext } = await limiter.consume(key, points);
    if (consumedPoints <= limiter.points * share) return 0;
    await limiter.reward(key, points);
    return Math.max(msBeforeNext, 1);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    await limiter.reward(key, points);
    return Math.max(refused.msBeforeNext, 1);
  }
}
