// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { RateBudget } from '../github/rate-budget.ts';

/** What the sweep may spend of one installation's hourly points, so that people who wait find enough of them. */
export interface Allowance {
  may(points: number): boolean;
  spend(points: number): void;
  /** Hears what GitHub says of the budget; null: this GitHub sets no limits. */
  hear(budget: RateBudget | null): void;
}

/** `share`, more than 0 and at most a half, of each hour's points. Until GitHub has said how many those are, all may be spent. */
export function createAllowance(share: number, now: () => number): Allowance {
  let budget: RateBudget | null = null;
  let spent = 0;
  return {
    may: (points) => {
      if (budget === null || budget.resetAt <= now()) return true;
      return spent + points <= budget.limit * share;
    },
    spend: (points) => {
      spent += points;
    },
    hear: (heard) => {
      // GitHub's clock may round differently from answer to answer; windows are an hour apart.
      if (budget === null || heard === null || heard.resetAt > budget.resetAt + 60_000) spent = 0;
      budget = heard;
      if (heard !== null) spent += heard.cost;
    },
  };
}
