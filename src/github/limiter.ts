// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { setTimeout as sleep } from 'node:timers/promises';
import PQueue from 'p-queue';
import type { Urgency } from '../inbox/inbox.ts';
import { inSpan } from '../tracing/span.ts';
import { answeredAt } from './answered-at.ts';
import { type Budget, newerBudget, readBudget } from './budget.ts';
import { currentErrand, type Errand } from './errand.ts';
import { classify, HeldError, longestWindow, rateLimitInAnswer } from './errors.ts';
import { type Api, type Cost, costOf, type Limits, publishedLimits, type RequestOptions } from './limits.ts';
import { type CounterFor, createWindows, ownCounters, type Refusal, type Reservation } from './windows.ts';

/** The parts of an Octokit that the limiter touches. */
interface Hooked {
  readonly hook: {
    wrap(
      name: 'request',
      wrapper: (request: (options: RequestOptions) => unknown, options: RequestOptions) => unknown,
    ): void;
  };
}
interface OctokitOptions {
  readonly auth?: { readonly installationId?: number };
}

/** What is told of each request, for whoever counts. `installation` is its number, or `app` for the App's own requests. */
export interface RequestObserver {
  answered(request: { installation: string; api: Api; status: number; points: number; seconds: number }): void;
  budget(installation: string, api: Api, budget: Budget): void;
  /** An installation is left alone for so many milliseconds, since GitHub said so. */
  held(installation: string, milliseconds: number): void;
}

const nobody: RequestObserver = { answered: () => {}, budget: () => {}, held: () => {} };

/**
 * Keeps every installation within GitHub's limits, and none of them in another's way. A request that has to wait its
 * turn among those under way does; one that GitHub would refuse, by its own word or by its published limits, is not
 * sent: it throws a HeldError that says how long to wait, so that its place is free for another installation.
 */
export interface Limiter {
  /** An Octokit plugin; reads the installation from `octokitOptions.auth.installationId`. */
  readonly plugin: (octokit: Hooked, octokitOptions: OctokitOptions) => Record<string, never>;
  /** Requests of that installation that wait or run. */
  pending(installationId: number): number;
  /** Sends nothing more: what waits rejects when its turn comes. What runs is left to end. */
  close(): void;
}

/**
 * How much of a budget requests of that urgency may use up: sweeps leave half to those that somebody waits for, who also
 * go first where requests wait their turn (the highest number does).
 */
const urgencies: Readonly<Record<Urgency, { readonly share: number; readonly priority: number }>> = {
  person: { share: 1, priority: 1 },
  sweep: { share: 0.5, priority: 0 },
};
/** Requests after which a look waits for a window instead of being given up and begun anew. */
const worthWaiting = 10;

/**
 * A limiter by GitHub's published limits unless told others. `counterFor` counts a minute's points, and keeps until when an
 * installation is left alone, for this process alone unless told otherwise. What is left of an hour's budget each process
 * hears by itself.
 */
export function createLimiter(
  limits: Limits = publishedLimits,
  observer: RequestObserver = nobody,
  counterFor: CounterFor = ownCounters,
): Limiter {
  const windows = createWindows(limits, counterFor);
  /** The requests of each installation that has any under way. */
  const queues = new Map<string, PQueue>();
  let closed = false;
  /** Until when an installation is left alone, by a clock that nobody sets. */
  const holds = new Map<string, number>();
  /** `until` when the hour ends, by the same clock. */
  const budgets = new Map<string, { readonly budget: Budget; readonly until: number }>();

  function queueOf(key: string): PQueue {
    const known = queues.get(key);
    if (known !== undefined) return known;
    const queue = new PQueue({ concurrency: limits.concurrent });
    queue.addEventListener('idle', () => queues.delete(key));
    queues.set(key, queue);
    return queue;
  }

  function assertNotHeld(key: string, api: Api, { urgency }: Errand): void {
    const held = (holds.get(key) ?? 0) - performance.now();
    if (held > 0) throw new HeldError(held, leftAlone);
    holds.delete(key);
    const { budget, until = 0 } = budgets.get(`${key} ${api}`) ?? {};
    const left = until - performance.now();
    if (budget === undefined || left <= 0) return;
    if (budget.remaining > budget.limit * (1 - urgencies[urgency].share)) return;
    const why = `${budget.remaining} of ${budget.limit} requests an hour remain`;
    throw new HeldError(left + 1000, why, budget.remaining > 0);
  }

  /** What an errand is to have before it is begun. Throws HeldError where that is not to be had now. */
  async function reserve(key: string, points: number, { urgency }: Errand): Promise<Reservation> {
    const found = await windows.reserve(key, points, urgencies[urgency].share);
    if ('spend' in found) return found;
    throw held(found, urgency);
  }

  /** What is to be counted of a request, beside what the errand has reserved. Throws HeldError. */
  async function uncounted(key: string, cost: Cost, errand: Errand): Promise<Cost> {
    if (cost.api !== 'graphql' || errand.reserve === undefined) return cost;
    errand.reservation ??= reserve(key, errand.reserve, errand);
    return (await errand.reservation).spend(key, cost.points) ? { ...cost, points: 0 } : cost;
  }

  /** Resolves once the request may be sent, and is counted. */
  async function admit(key: string, options: RequestOptions, errand: Errand): Promise<void> {
    const whole = costOf(options);
    assertNotHeld(key, whole.api, errand);
    const cost = await uncounted(key, whole, errand);
    for (;;) {
      const refusal = await windows.take(key, cost, urgencies[errand.urgency].share);
      if (refusal === null) return;
      if (refusal.limit === 'content')
        throw new HeldError(refusal.wait, "GitHub's limits for comments are reached", true);
      if (refusal.limit === 'held' || errand.requests < worthWaiting) throw held(refusal, errand.urgency);
      await sleep(refusal.wait, undefined, { ref: false });
      assertNotHeld(key, cost.api, errand);
    }
  }

  async function heed(key: string, thrown: unknown): Promise<void> {
    const failure = classify(thrown, Date.now());
    if (failure.kind !== 'retry' || failure.after === null) return;
    const until = Math.max(holds.get(key) ?? 0, performance.now() + failure.after);
    holds.set(key, until);
    observer.held(key, failure.after);
    // Other processes hear of it where they can: this one knows it already.
    await windows.hold(key, until - performance.now()).catch(() => {});
  }

  function note(key: string, headers: unknown): void {
    const heard = readBudget(headers);
    if (heard === null) return;
    const name = `${key} ${heard.api}`;
    const known = budgets.get(name);
    const budget = newerBudget(known?.budget, heard.budget);
    if (budget !== known?.budget) {
      const left = Math.min(budget.resetAt - answeredAt(headers, Date.now()), longestWindow);
      budgets.set(name, { budget, until: performance.now() + left });
    }
    observer.budget(key, heard.api, budget);
  }

  async function send(key: string, options: RequestOptions, errand: Errand, request: () => unknown) {
    await admit(key, options, errand);
    const { api } = costOf(options);
    const name = nameOf(options);
    const start = performance.now();
    const tell = (status: number, headers: unknown, points: number) => {
      errand.requests += 1;
      errand.points += points;
      note(key, headers);
      observer.answered({ installation: key, api, status, points, seconds: (performance.now() - start) / 1000 });
    };
    try {
      const response = (await inSpan(
        name,
        'CLIENT',
        () => ({ 'countersign.installation': key }),
        async () => request(),
      )) as Response;
      tell(response.status, response.headers, pointsOf(response));
      const refusal = rateLimitInAnswer(response);
      if (refusal !== null) await heed(key, refusal);
      return response;
    } catch (thrown) {
      // The token that it needs could not be asked for: nothing was sent.
      if ((thrown as Error).name === 'HeldError') throw thrown;
      const { status = 0, response } = thrown as { status?: number; response?: Response };
      // Octokit gives a status to what failed on its way, too. A conditional request that finds nothing new is free.
      if (response === undefined) tell(0, undefined, 0);
      else tell(status, response.headers, status === 304 ? 0 : 1);
      await heed(key, thrown);
      throw thrown;
    }
  }

  return {
    plugin: (octokit, octokitOptions) => {
      const key = String(octokitOptions.auth?.installationId ?? 'app');
      octokit.hook.wrap('request', (request, options) => {
        const errand = currentErrand();
        const sent = async () => {
          if (closed) throw new DOMException('the App is stopping', 'AbortError');
          return send(key, options, errand, () => request(options));
        };
        // It is asked for by requests that have a place: one that waited for theirs would wait for ever.
        if (options.url.endsWith('/access_tokens')) return sent();
        return queueOf(key).add(sent, { priority: urgencies[errand.urgency].priority });
      });
      return {};
    },
    pending: (installationId) => {
      const queue = queues.get(String(installationId));
      return queue === undefined ? 0 : queue.size + queue.pending;
    },
    close: () => {
      closed = true;
    },
  };
}

const leftAlone = 'GitHub asked to be left alone';

function held({ limit, wait }: Refusal, urgency: Urgency): HeldError {
  if (limit === 'held') return new HeldError(wait, leftAlone);
  return new HeldError(wait, "GitHub's limits a minute are reached", urgency === 'sweep');
}

interface Response {
  readonly status: number;
  readonly headers: unknown;
  readonly data?: unknown;
}

/** The route or the operation, without what is asked for. */
function nameOf({ method = 'GET', url, query }: RequestOptions): string {
  return /^\s*((?:query|mutation) \w+)/.exec(String(query))?.[1] ?? `${method} ${url}`;
}

/** What GitHub charged of the hour's budget: a query says so itself where it asks, anything else is one. */
function pointsOf({ data }: Response): number {
  const told = (data as { data?: { rateLimit?: { cost?: unknown } } } | null)?.data?.rateLimit?.cost;
  return typeof told === 'number' ? told : 1;
}
