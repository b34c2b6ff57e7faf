// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { z } from 'zod';
import type { Api } from './limits.ts';

/** What is left of an hour's budget, by GitHub's own word. */
export interface Budget {
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds since 1970. */
  readonly resetAt: number;
}

const number = z.coerce.number().int().nonnegative();
const budgetHeaders = z.object({
  'x-ratelimit-limit': number,
  'x-ratelimit-remaining': number,
  'x-ratelimit-reset': number,
  'x-ratelimit-resource': z.enum(['core', 'graphql']),
});

/**
 * The budget that an answer's headers tell of; null where they don't, as on a GitHub Enterprise Server without limits.
 * Other resources, such as search, have small budgets of their own that are not asked for here.
 */
export function readBudget(headers: unknown): { readonly api: Api; readonly budget: Budget } | null {
  const { success, data } = budgetHeaders.safeParse(headers);
  if (!success) return null;
  return {
    api: data['x-ratelimit-resource'] === 'core' ? 'rest' : 'graphql',
    budget: {
      limit: data['x-ratelimit-limit'],
      remaining: data['x-ratelimit-remaining'],
      resetAt: data['x-ratelimit-reset'] * 1000,
    },
  };
}

/** Answers overtake each other: within an hour the one that leaves least is the newest. */
export function newerBudget(known: Budget | undefined, heard: Budget): Budget {
  if (known === undefined || heard.resetAt > known.resetAt) return heard;
  return heard.resetAt === known.resetAt && heard.remaining < known.remaining ? heard : known;
}
