// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Api } from './limits.ts';

/** What is left of an hour's budget, by GitHub's own word. */
export interface Budget {
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds since 1970. */
  readonly resetAt: number;
}

/**
 * The budget that an answer's headers tell of; null where they don't, as on a GitHub Enterprise Server without limits.
 * Other resources, such as search, have small budgets of their own that are not asked for here.
 */
export function readBudget(headers: unknown): { readonly api: Api; readonly budget: Budget } | null {
  const told = (headers ?? {}) as Readonly<Record<string, string | number | undefined>>;
  const api = apis.get(told['x-ratelimit-resource']);
  const limit = wholeNumber(told['x-ratelimit-limit']);
  const remaining = wholeNumber(told['x-ratelimit-remaining']);
  const reset = wholeNumber(told['x-ratelimit-reset']);
  if (api === undefined || limit === null || remaining === null || reset === null) return null;
  return { api, budget: { limit, remaining, resetAt: reset * 1000 } };
}

/** What GitHub calls them. */
const apis: ReadonlyMap<unknown, Api> = new Map([
  ['core', 'rest'],
  ['graphql', 'graphql'],
]);

function wholeNumber(value: string | number | undefined): number | null {
  return value !== undefined && /^\d{1,15}$/.test(String(value)) ? Number(value) : null;
}

/** Answers overtake each other: within an hour the one that leaves least is the newest. */
export function newerBudget(known: Budget | undefined, heard: Budget): Budget {
  if (known === undefined || heard.resetAt > known.resetAt) return heard;
  return heard.resetAt === known.resetAt && heard.remaining < known.remaining ? heard : known;
}
