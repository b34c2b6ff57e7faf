// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { PostedRun } from '../overrides/overrides.ts';
import type { CheckSuites } from './graphql/answers.ts';
import { type Mark, readMark, type Stretch } from './mark.ts';

/** One check run of ours as GitHub has it. */
export interface PostedCheckRun {
  readonly id: string;
  readonly name: string;
  readonly completed: boolean;
  /** null on runs that something else made. */
  readonly mark: Mark | null;
}

/** What our App has posted on one commit. */
export interface PostedCheckRuns {
  readonly headSha: string;
  /** What is to be posted now is for this. */
  readonly stretch: Stretch;
  /** The newest run of every name. */
  readonly runs: ReadonlyMap<string, PostedCheckRun>;
  /** Every attempt, superseded ones included. */
  readonly attempts: readonly PostedRun[];
  /**
   * Whether somebody asked for the checks again. GitHub then resets the suite and leaves the runs as they are, and the
   * suite waits until a run is posted anew, whether or not it says something new.
   */
  readonly rerequested: boolean;
}

export function postedCheckRuns(
  headSha: string,
  commit: { readonly oid: string; readonly checkSuites: CheckSuites } | null,
  stretch: Stretch,
): PostedCheckRuns {
  const suites = commit?.oid === headSha ? (commit.checkSuites?.nodes ?? []) : [];
  const runs = suites.flatMap((suite) => suite.checkRuns?.nodes ?? []);
  return {
    headSha,
    stretch,
    runs: new Map(runs.map((run) => [run.name, toPosted(run)])),
    attempts: suites.flatMap((suite) => suite.attempts?.nodes ?? []).map((run) => toAttempt(run, headSha)),
    rerequested: suites.some((suite) => suite.status !== 'COMPLETED' && (suite.checkRuns?.nodes.length ?? 0) > 0),
  };
}

type Suite = NonNullable<CheckSuites>['nodes'][number];

function toPosted(run: NonNullable<Suite['checkRuns']>['nodes'][number]): PostedCheckRun {
  return {
    id: run.id,
    name: run.name,
    completed: run.status === 'COMPLETED',
    mark: readMark(run.externalId),
  };
}

function toAttempt(run: NonNullable<Suite['attempts']>['nodes'][number], headSha: string): PostedRun {
  const mark = readMark(run.externalId)?.stretch ?? null;
  return { name: run.name, headSha, mark, startedAt: run.startedAt };
}
