// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Installation } from './state/model.ts';
import type { World } from './state/world.ts';

export type Resource = 'core' | 'graphql';

export interface Budget {
  limit: number;
  used: number;
  /** Milliseconds since the epoch. */
  resetAt: number;
}

export interface Limits {
  /** Points an hour for each installation. */
  readonly hourly: number;
  /** Points a minute for REST and for GraphQL; GitHub's secondary limits. */
  readonly restPerMinute: number;
  readonly graphqlPerMinute: number;
  readonly concurrent: number;
}

/** https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
export const gitHubLimits: Limits = { hourly: 5000, restPerMinute: 900, graphqlPerMinute: 2000, concurrent: 100 };

export interface RateLimiter {
  budget(installation: Installation | null, resource: Resource): Budget;
  /** Takes points from the minute's and the hour's budget; says what is exceeded, if anything. */
  charge(installation: Installation | null, resource: Resource, points: number, secondary: number): Exceeded | null;
  /** Uses up an installation's hourly budget. */
  exhaust(installation: Installation, resource: Resource): void;
  /** Counts requests under way; true where GitHub would refuse one more. */
  enter(): boolean;
  leave(): void;
}

export type Exceeded =
  | { readonly kind: 'primary'; readonly budget: Budget }
  | { readonly kind: 'secondary'; readonly retryAfter: number };

const hour = 3_600_000;
const minute = 60_000;

/** Budgets as GitHub keeps them: per installation, the App itself being one more. */
export function createRateLimiter(world: World, limits: Limits): RateLimiter {
  const budgets = new Map<string, Budget>();
  const minutes = new Map<string, { points: number; until: number }>();
  let underWay = 0;

  function budget(installation: Installation | null, resource: Resource): Budget {
    const key = `${installation?.id ?? 'app'} ${resource}`;
    const now = world.now().getTime();
    const known = budgets.get(key);
    if (known && known.resetAt > now) return known;
    const fresh = { limit: limits.hourly, used: 0, resetAt: now + hour };
    budgets.set(key, fresh);
    return fresh;
  }

  function minuteExceeded(installation: Installation | null, resource: Resource, points: number): number | null {
    const key = `${installation?.id ?? 'app'} ${resource}`;
    const now = world.now().getTime();
    let current = minutes.get(key);
    if (!current || current.until <= now) {
      current = { points: 0, until: now + minute };
      minutes.set(key, current);
    }
    current.points += points;
    const most = resource === 'core' ? limits.restPerMinute : limits.graphqlPerMinute;
    return current.points > most ? Math.ceil((current.until - now) / 1000) : null;
  }

  return {
    budget,
    charge(installation, resource, points, secondary) {
      const hourly = budget(installation, resource);
      if (hourly.used + points > hourly.limit) return { kind: 'primary', budget: hourly };
      const retryAfter = minuteExceeded(installation, resource, secondary);
      if (retryAfter !== null) return { kind: 'secondary', retryAfter };
      hourly.used += points;
      return null;
    },
    exhaust(installation, resource) {
      const hourly = budget(installation, resource);
      hourly.used = hourly.limit;
    },
    enter() {
      underWay += 1;
      return underWay > limits.concurrent;
    },
    leave() {
      underWay -= 1;
    },
  };
}

export function rateLimitHeaders(budget: Budget, resource: Resource): Record<string, string> {
  return {
    'x-ratelimit-limit': String(budget.limit),
    'x-ratelimit-remaining': String(Math.max(0, budget.limit - budget.used)),
    'x-ratelimit-used': String(budget.used),
    'x-ratelimit-reset': String(Math.ceil(budget.resetAt / 1000)),
    'x-ratelimit-resource': resource,
  };
}
