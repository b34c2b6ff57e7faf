// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Contribution } from '../contribution/contribution.ts';
import { type Answer, gather } from '../engine.ts';
import { readNeeds } from '../github/needs.ts';
import type { Asking } from '../github/read-pull-request.ts';
import { type Difference, differencesBetween, type Pair } from './differences.ts';

/** Reads what either policy asks for beside the contribution, and judges it by both. Throws what Octokit throws. */
export async function compare(asking: Asking, contribution: Contribution, pair: Pair): Promise<readonly Difference[]> {
  const answer: Answer = (known, needs) => readNeeds(asking, known, needs);
  const complete = await gather(await gather(contribution, pair.now, answer), pair.next, answer);
  return differencesBetween(complete, pair);
}
