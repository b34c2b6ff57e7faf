// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import Bottleneck from 'bottleneck';

/**
 * GitHub's published limits for one installation (REST: "Rate limits for the REST API", GraphQL: "Rate limits and
 * query limits for the GraphQL API"): 100 requests at once, REST and GraphQL together, and 2,000 GraphQL points a
 * minute, a query counting 1 and a mutation 5.
 */
export const publishedLimits = { concurrent: 100, pointsPerMinute: 2000, query: 1, mutation: 5 } as const;

export type Limits = { readonly [Key in keyof typeof publishedLimits]: number };

/** The parts of an Octokit that the limiter touches. */
interface Hooked {
  readonly hook: {
    wrap(
      name: 'request',
      wrapper: (request: (options: RequestOptions) => unknown, options: RequestOptions) => unknown,
    ): void;
  };
}
interface RequestOptions {
  readonly url: string;
  readonly query?: unknown;
}

/**
 * Keeps every installation within GitHub's limits, and none of them in another's way: one queue each.
 * Requests wait their turn here; what GitHub answers when a limit is hit all the same is the caller's to obey.
 */
export interface Limiter {
  /** An Octokit plugin; reads the installation from `octokitOptions.throttle.id` or `octokitOptions.auth.installationId`. */
  readonly plugin: (octokit: Hooked, octokitOptions: OctokitOptions) => Record<string, never>;
  /** Requests of that installation that wait or run. */
  pending(installationId: number): number;
  /** Lets go of what still waits: those requests reject. What runs is left to end. */
  close(): void;
}
interface OctokitOptions {
  readonly auth?: { readonly installationId?: number };
}

/**
 * Bottleneck is the queue that Octokit's own throttling plugin is made of. It counts concurrency by weight, so that
 * points and requests need a queue each.
 */
export function createLimiter(limits: Limits = publishedLimits): Limiter {
  const common = { timeout: 10 * 60_000 };
  const requests = new Bottleneck.Group({ ...common, maxConcurrent: limits.concurrent });
  const points = new Bottleneck.Group({
    ...common,
    reservoir: limits.pointsPerMinute,
    reservoirRefreshAmount: limits.pointsPerMinute,
    reservoirRefreshInterval: 60_000,
  });
  const pending = new Map<string, number>();
  const count = (key: string, change: number) => {
    const now = (pending.get(key) ?? 0) + change;
    if (now === 0) pending.delete(key);
    else pending.set(key, now);
  };

  async function inTurn<Result>(key: string, weight: number, request: () => Promise<Result>): Promise<Result> {
    count(key, 1);
    try {
      if (weight > 0) await points.key(key).schedule({ weight }, async () => {});
      return await requests.key(key).schedule(request);
    } finally {
      count(key, -1);
    }
  }

  return {
    plugin: (octokit, octokitOptions) => {
      const key = String(octokitOptions.auth?.installationId ?? 'app');
      octokit.hook.wrap('request', (request, options) =>
        inTurn(key, pointsOf(options, limits), async () => request(options)),
      );
      return {};
    },
    pending: (installationId) => pending.get(String(installationId)) ?? 0,
    close: () => {
      for (const { limiter } of [...points.limiters(), ...requests.limiters()]) {
        void limiter.stop({ dropWaitingJobs: true });
        void limiter.disconnect();
      }
    },
  };
}

function pointsOf(options: RequestOptions, limits: Limits): number {
  if (!options.url.endsWith('/graphql')) return 0;
  return /^\s*mutation\b/.test(String(options.query)) ? limits.mutation : limits.query;
}
