// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { PostedRun } from '../overrides/overrides.ts';
import type { CheckSuites, NewestRuns } from './graphql/answers.ts';
import { type Mark, readMark, type Stretch } from './mark.ts';

/** One check run of ours as GitHub has it. */
export interface PostedCheckRun {
  readonly id: string;
  readonly name: string;
  readonly completed: boolean;
  /** null on runs that something else made. */
  readonly mark: Mark | null;
}

/** The newest that our App has posted on one commit. */
export interface NewestCheckRuns {
  readonly headSha: string;
  /** By name. */
  readonly runs: ReadonlyMap<string, PostedCheckRun>;
  /**
   * Whether somebody asked for the checks again. GitHub then resets the suite and leaves the runs as they are, and the
   * suite waits until a run is posted anew, whether or not it says something new.
   */
  readonly rerequested: boolean;
}

/** Everything that our App has posted on one commit. */
export interface PostedCheckRuns extends NewestCheckRuns {
  /** What is to be posted now is for this. */
  readonly stretch: Stretch;
  /** Every attempt, superseded ones included. */
  readonly attempts: readonly PostedRun[];
}

/** A commit as GitHub shows it, with its suites; another one than was asked for, or null, has nothing posted. */
type CommitWith<T> = { readonly oid: string; readonly checkSuites: T } | null;

export function newestCheckRuns(headSha: string, commit: CommitWith<NewestRuns>): NewestCheckRuns {
  const suites = suitesOf(headSha, commit);
  const runs = suites.flatMap((suite) => suite.checkRuns?.nodes ?? []);
  return {
    headSha,
    runs: new Map(runs.map((run) => [run.name, toPosted(run)])),
    rerequested: suites.some((suite) => suite.status !== 'COMPLETED' && (suite.checkRuns?.nodes.length ?? 0) > 0),
  };
}

export function postedCheckRuns(headSha: string, commit: CommitWith<CheckSuites>, stretch: Stretch): PostedCheckRuns {
  const attempts = suitesOf(headSha, commit).flatMap((suite) => suite.attempts?.nodes ?? []);
  return {
    ...newestCheckRuns(headSha, commit),
    stretch,
    attempts: attempts.map((run) => toAttempt(run, headSha)),
  };
}

function suitesOf<T>(headSha: string, commit: CommitWith<{ readonly nodes: readonly T[] } | null>): readonly T[] {
  return commit?.oid === headSha ? (commit.checkSuites?.nodes ?? []) : [];
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
