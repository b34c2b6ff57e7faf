// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { classify } from '../github/errors.ts';
import { readNeeds } from '../github/needs.ts';
import { type Asking, type PullRequestRef, readPullRequest } from '../github/read-pull-request.ts';
import { differencesBetween, gatherForBoth, type Pair } from './differences.ts';
import type { Compared, Listed } from './preview.ts';

/** Reads a pull request with all that either policy asks for, and judges it by both. Throws what Octokit throws. */
export async function comparePullRequest(
  asking: Asking,
  ref: PullRequestRef,
  listed: Listed,
  pair: Pair,
): Promise<Compared> {
  const { contribution } = await readPullRequest(asking, ref);
  const complete = await gatherForBoth(contribution, pair, (known, needs) => readNeeds(asking, known, needs));
  return { listed, differences: differencesBetween(complete, pair) };
}

/**
 * Why a pull request is to be left out, after a failure to read it; null where it is better to wait, since a limit was in
 * the way, or a fault that may pass and `patient` says that it is early yet.
 */
export function reasonToLeaveOut(thrown: unknown, patient: boolean): string | null {
  const failure = classify(thrown, Date.now());
  if (failure.kind !== 'retry') return failure.why;
  return failure.after !== null || patient ? null : failure.why;
}
