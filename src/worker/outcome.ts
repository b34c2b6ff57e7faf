// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { isShown } from '../github/check-runs.ts';
import { UndecidedError } from '../github/errors.ts';
import type { PostedCheckRuns } from '../github/posted.ts';
import type { CheckRunOutput } from '../report/check-run.ts';
import type { Sayings } from './answers.ts';
import type { Judged } from './judging.ts';
import type { Looking } from './look.ts';

/** What is to be shown after a look, and told. */
export interface Outcome {
  /** What was looked at. */
  readonly own: Judged;
  /** That, and whatever shares its head. */
  readonly judged: readonly Judged[];
  readonly outputs: readonly CheckRunOutput[];
  /** Of the pull requests whose result it is. */
  readonly numbers: readonly number[];
  readonly sayings: Sayings;
}

/** Whether what people decided is not known: somebody's permission may be there to be read in a moment. */
export function isUndecided({ last }: Pick<Looking, 'last'>, judged: readonly Judged[]): boolean {
  return !last && judged.some(({ passing }) => passing);
}

export const undecided = 'a permission could not be read, and grants nothing until it can';

/**
 * What is left of an outcome while a permission cannot be read: the first results on a head, which no override can change
 * yet. Throws UndecidedError where there are none: what is shown stays until more is known, so that no fault of GitHub's
 * takes an override back.
 */
export function firstOf({ own, judged, outputs, numbers, sayings }: Outcome, posted: PostedCheckRuns): Outcome {
  const first = outputs.filter(({ name }) => !isShown(posted, name));
  if (first.length === 0) throw new UndecidedError(undecided);
  const names = new Set(first.map(({ name }) => name));
  const restOf = (one: Judged): Judged => ({
    ...one,
    results: one.results.filter(({ output }) => names.has(output.name)),
    decisions: null,
    comments: null,
  });
  return { own: restOf(own), judged: judged.map(restOf), outputs: first, numbers, sayings };
}
