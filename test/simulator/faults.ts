// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { seededRandom } from './random.ts';

/** What a fault can see of a request. */
export interface FaultyRequest {
  readonly method: string;
  readonly path: string;
  readonly operation: string;
  readonly installation: number | null;
  readonly isMutation: boolean;
}

export type Fault =
  /** Answers so many milliseconds later. */
  | { readonly kind: 'latency'; readonly milliseconds: number }
  /** Something else happens on GitHub meanwhile, such as a push; the answer is given afterwards, as the state is then. */
  | { readonly kind: 'meanwhile'; readonly act: () => Promise<unknown> }
  /** A server error, with GitHub's «unicorn» page in place of JSON. `after`: what was asked for is done all the same. */
  | { readonly kind: 'status'; readonly status: 500 | 502 | 503 | 504; readonly after?: boolean }
  /** The connection is reset. `after`: what was asked for is done all the same. */
  | { readonly kind: 'reset'; readonly after?: boolean }
  /** A body that is no JSON, status 200. */
  | { readonly kind: 'malformed' }
  /** The hour's budget is used up; resets in so many seconds. */
  | { readonly kind: 'primary-rate-limit'; readonly status?: 403 | 429; readonly resetIn?: number }
  /** Too much at once; `retry-after` in seconds, or none given, as GitHub sometimes does. */
  | { readonly kind: 'secondary-rate-limit'; readonly status?: 403 | 429; readonly retryAfter?: number | null }
  /** GraphQL's own form of the primary limit: an error in an answer with status 200. */
  | { readonly kind: 'graphql-rate-limited'; readonly resetIn?: number }
  /** GraphQL gave up: «Something went wrong while executing your query», status 200 with data null. */
  | { readonly kind: 'graphql-timeout' };

export interface FaultRule {
  /** Which requests; all unless given. */
  readonly when?: (request: FaultyRequest) => boolean;
  /** How many requests it hits, then it is spent; without end unless given. */
  readonly times?: number;
  /** How many matching requests it lets through first. */
  readonly skip?: number;
  /** From 0 to 1, drawn from the seeded generator for each matching request. */
  readonly probability?: number;
}

export interface Faults {
  /**
   * Adds a fault; calling what is returned takes it away again. Latency adds up and everything happens meanwhile; of
   * the faults that answer in GitHub's place the oldest wins.
   */
  add(fault: Fault, rule?: FaultRule): () => void;
  /** What happens to this request. Counts it. */
  draw(request: FaultyRequest): Drawn;
  clear(): void;
}

/** A fault that answers in GitHub's place. */
export type AnsweringFault = Exclude<Fault, { kind: 'latency' | 'meanwhile' }>;

export interface Drawn {
  /** Milliseconds. */
  readonly latency: number;
  readonly meanwhile: readonly (() => Promise<unknown>)[];
  readonly fault: AnsweringFault | null;
}

interface Active {
  readonly fault: Fault;
  readonly rule: FaultRule;
  seen: number;
  hits: number;
}

export function createFaults(seed: number): Faults {
  const active: Active[] = [];
  const random = seededRandom(seed);

  function strikes(one: Active, request: FaultyRequest): boolean {
    const { when, times = Number.POSITIVE_INFINITY, skip = 0, probability = 1 } = one.rule;
    if (one.hits >= times || (when && !when(request))) return false;
    one.seen += 1;
    if (one.seen <= skip || random() >= probability) return false;
    one.hits += 1;
    return true;
  }

  return {
    add(fault, rule = {}) {
      const one = { fault, rule, seen: 0, hits: 0 };
      active.push(one);
      return () => {
        const index = active.indexOf(one);
        if (index !== -1) active.splice(index, 1);
      };
    },
    draw(request) {
      let latency = 0;
      let fault: AnsweringFault | null = null;
      const meanwhile: (() => Promise<unknown>)[] = [];
      for (const one of active) {
        const answers = one.fault.kind !== 'latency' && one.fault.kind !== 'meanwhile';
        // A second fault must not be used up by a request that the first one hits already.
        if ((fault && answers) || !strikes(one, request)) continue;
        if (one.fault.kind === 'latency') latency += one.fault.milliseconds;
        else if (one.fault.kind === 'meanwhile') meanwhile.push(one.fault.act);
        else fault = one.fault;
      }
      return { latency, meanwhile, fault };
    },
    clear: () => void active.splice(0),
  };
}
