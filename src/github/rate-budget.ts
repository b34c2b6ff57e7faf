// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';

/** What GitHub says of an installation's hourly points for GraphQL. */
export interface RateBudget {
  readonly limit: number;
  readonly remaining: number;
  /** What the request that told it has cost. */
  readonly cost: number;
  /** When the hour ends, in milliseconds since 1970. */
  readonly resetAt: number;
}

/** To be asked for at the top of a query. It costs nothing. */
export const rateLimitField = 'rateLimit { limit remaining cost resetAt }';

/** null on a GitHub Enterprise Server without rate limits. */
export const rateLimitAnswer = z
  .object({ limit: z.int(), remaining: z.int(), cost: z.int(), resetAt: z.iso.datetime({ offset: true }) })
  .nullable();

export function toBudget(answer: z.output<typeof rateLimitAnswer>): RateBudget | null {
  return answer === null ? null : { ...answer, resetAt: Date.parse(answer.resetAt) };
}
