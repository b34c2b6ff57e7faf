// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { PostedRun } from '../overrides/overrides.ts';
import type { CheckSuites } from './graphql/answers.ts';

/** What a run was posted for: a pull request, by its `runMark`, or `queue` for a merge queue. */
export type Mark = string;

/** One check run of ours as GitHub has it. */
export interface PostedCheckRun {
  readonly id: string;
  readonly name: string;
  readonly completed: boolean;
  /** null on runs that something else made. */
  readonly mark: Mark | null;
  /** Digest of the output that was posted; null on runs that something else made. */
  readonly digest: string | null;
  readonly annotated: boolean;
}

/** What our App has posted on one commit. */
export interface PostedCheckRuns {
  readonly headSha: string;
  /** What is to be posted now is for this. */
  readonly mark: Mark;
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
  mark: Mark,
): PostedCheckRuns {
  const suites = commit?.oid === headSha ? (commit.checkSuites?.nodes ?? []) : [];
  const runs = suites.flatMap((suite) => suite.checkRuns?.nodes ?? []);
  return {
    headSha,
    mark,
    runs: new Map(runs.map((run) => [run.name, toPosted(run)])),
    attempts: suites.flatMap((suite) => suite.attempts?.nodes ?? []).map((run) => toAttempt(run, headSha)),
    rerequested: suites.some((suite) => suite.status !== 'COMPLETED' && (suite.checkRuns?.nodes.length ?? 0) > 0),
  };
}

/** A check run's external id, by which it is known again. */
export function externalId(mark: Mark, digest: string): string {
  return `${mark}:${digest}`;
}

function parseExternalId(text: string | null): { readonly mark: Mark | null; readonly digest: string | null } {
  const match = /^(\d{1,10}(?:@[0-9a-f]{16})?|queue):([0-9a-f]{64})$/.exec(text ?? '');
  return { mark: match?.[1] ?? null, digest: match?.[2] ?? null };
}

type Suite = NonNullable<CheckSuites>['nodes'][number];

function toPosted(run: NonNullable<Suite['checkRuns']>['nodes'][number]): PostedCheckRun {
  return {
    id: run.id,
    name: run.name,
    completed: run.status === 'COMPLETED',
    ...parseExternalId(run.externalId),
    annotated: (run.annotations?.totalCount ?? 0) > 0,
  };
}

function toAttempt(run: NonNullable<Suite['attempts']>['nodes'][number], headSha: string): PostedRun {
  const { mark } = parseExternalId(run.externalId);
  return { name: run.name, headSha, mark, startedAt: run.startedAt };
}
