// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import type { RepositoryRef } from '../inbox/inbox.ts';
import { checked } from './checked.ts';
import type { Client } from './client.ts';
import { newestRunsShape } from './graphql/answers.ts';
import { newestRunsFragment } from './graphql/queries.ts';
import type { MergeGroupRef } from './merge-group.ts';
import { type NewestCheckRuns, newestCheckRuns } from './posted.ts';
import { queueBranch } from './queue-branch.ts';
import { type RateBudget, rateLimitAnswer, rateLimitField, toBudget } from './rate-budget.ts';

/** A merge group that waits for checks, and what our App has posted on it. */
export interface QueueHead {
  readonly group: MergeGroupRef;
  readonly posted: NewestCheckRuns;
  /** When it came into the queue; ISO 8601, UTC. */
  readonly enqueuedAt: string;
}

const queueHeadsQuery = `
query QueueHeads($owner: String!, $name: String!, $branch: String!, $appId: Int!) {
  ${rateLimitField}
  repository(owner: $owner, name: $name) {
    mergeQueue(branch: $branch) {
      entries(first: 100) {
        nodes {
          state
          enqueuedAt
          baseCommit { oid }
          headCommit { oid ...Suites }
          pullRequest { number }
        }
      }
    }
  }
}
${newestRunsFragment}`;

const queueHeadsAnswer = z.object({
  rateLimit: rateLimitAnswer,
  repository: z.object({
    mergeQueue: z
      .object({
        entries: z.object({
          nodes: z.array(
            z.object({
              state: z.string(),
              enqueuedAt: z.string(),
              baseCommit: z.object({ oid: z.string() }).nullable(),
              headCommit: z.object({ oid: z.string(), ...newestRunsShape }).nullable(),
              pullRequest: z.object({ number: z.int() }).nullable(),
            }),
          ),
        }),
      })
      .nullable(),
  }),
});

/**
 * The groups of a branch's merge queue that wait for checks: the first 100 entries, which are all that a queue builds
 * at once ("Managing a merge queue": build concurrency).
 */
export async function readQueueHeads(
  client: Client,
  appId: number,
  { owner, name }: RepositoryRef,
  branch: string,
): Promise<{ readonly heads: readonly QueueHead[]; readonly budget: RateBudget | null }> {
  const answer: unknown = await client.graphql(queueHeadsQuery, { owner, name, branch, appId });
  const { repository, rateLimit } = checked(queueHeadsAnswer, answer, 'the query for the heads of a merge queue');
  const heads = (repository.mergeQueue?.entries.nodes ?? []).flatMap((entry): QueueHead[] => {
    const { state, enqueuedAt, baseCommit, headCommit, pullRequest } = entry;
    if (state !== 'AWAITING_CHECKS' || baseCommit === null || headCommit === null || pullRequest === null) return [];
    const headRef = queueBranch(branch, pullRequest.number, baseCommit.oid);
    const group = { owner, name, headSha: headCommit.oid, headRef, baseSha: baseCommit.oid, baseRef: branch };
    return [{ group, enqueuedAt, posted: newestCheckRuns(headCommit.oid, headCommit) }];
  });
  return { heads, budget: toBudget(rateLimit) };
}
