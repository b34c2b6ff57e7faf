// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import type { Contribution } from '../contribution/contribution.ts';
import { checked } from './checked.ts';
import type { Client } from './client.ts';
import { readComparedCommits } from './compared-commits.ts';
import { AnswerError } from './errors.ts';
import { checkRunsAnswer } from './graphql/answers.ts';
import { checkRunsQuery } from './graphql/queries.ts';
import { type PostedCheckRuns, postedCheckRuns } from './posted.ts';
import { parseQueueBranch } from './queue-branch.ts';
import { type Asking, type PullRequestFacts, readPullRequest } from './read-pull-request.ts';

/** What a merge queue asks to be checked. */
export interface MergeGroupRef {
  readonly owner: string;
  readonly name: string;
  readonly headSha: string;
  readonly headRef: string;
  readonly baseSha: string;
  readonly baseRef: string;
}

export interface MergeGroupFacts {
  readonly repositoryId: string;
  /** `commits` are what the queue built, `queued` the pull requests that it built them from. */
  readonly contribution: Contribution;
  /** The pull requests, one at least, whose policy files are those of the queue's base branch. */
  readonly pullRequests: readonly [PullRequestFacts, ...PullRequestFacts[]];
  readonly posted: PostedCheckRuns;
}

/**
 * Reads a merge group and every pull request in it. The queue's own list says which ones they are; where the group
 * has left the queue meanwhile, the branch that the queue made for it still names the last one.
 */
export async function readMergeGroup(asking: Asking, ref: MergeGroupRef): Promise<MergeGroupFacts> {
  const [range, entries, checkRuns] = await Promise.all([
    readComparedCommits(asking, ref, ref.baseSha, ref.headSha),
    readQueue(asking.client, ref),
    readPosted(asking, ref),
  ]);
  const built = new Set(range.commits.map((commit) => commit.sha));
  const numbers = new Set(entries.filter((entry) => built.has(entry.headSha)).map((entry) => entry.number));
  const named = pullRequestOfQueueBranch(ref.headRef);
  if (named !== null) numbers.add(named);
  const { owner, name } = ref;
  const pullRequests = await Promise.all(
    [...numbers].sort((a, b) => a - b).map((number) => readPullRequest(asking, { owner, name, number })),
  );
  const [first, ...further] = pullRequests;
  if (first === undefined) throw new AnswerError(`no pull request is known for the merge group ${ref.headRef}`);
  return {
    repositoryId: checkRuns.repositoryId,
    pullRequests: [first, ...further],
    posted: checkRuns.posted,
    contribution: {
      ...first.contribution,
      pullRequest: null,
      base: { ref: ref.baseRef, sha: ref.baseSha },
      head: { ref: ref.headRef, sha: ref.headSha },
      commits: range.commits,
      totals: { commits: range.total, files: null },
      files: null,
      queued: pullRequests.map(({ contribution: { queued: _, ...facts } }) => facts),
    },
  };
}

function pullRequestOfQueueBranch(branch: string): number | null {
  return parseQueueBranch(branch)?.number ?? null;
}

const queueQuery = `
query MergeQueue($owner: String!, $name: String!, $branch: String!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $name) {
    mergeQueue(branch: $branch) {
      entries(first: 100, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { headCommit { oid } pullRequest { number } }
      }
    }
  }
}`;

const queueAnswer = z.object({
  repository: z.object({
    mergeQueue: z
      .object({
        entries: z.object({
          pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
          nodes: z.array(
            z.object({
              headCommit: z.object({ oid: z.string() }).nullable(),
              pullRequest: z.object({ number: z.int() }).nullable(),
            }),
          ),
        }),
      })
      .nullable(),
  }),
});

interface QueueEntry {
  readonly headSha: string;
  readonly number: number;
}

async function readQueue(client: Client, ref: MergeGroupRef): Promise<readonly QueueEntry[]> {
  const entries: QueueEntry[] = [];
  const { owner, name, baseRef } = ref;
  for (let after: string | null = null, more = true; more; ) {
    const answer: unknown = await client.graphql(queueQuery, { owner, name, branch: baseRef, after });
    const queue = checked(queueAnswer, answer, 'the query for the merge queue').repository.mergeQueue;
    for (const { headCommit, pullRequest } of queue?.entries.nodes ?? []) {
      if (headCommit !== null && pullRequest !== null)
        entries.push({ headSha: headCommit.oid, number: pullRequest.number });
    }
    after = queue?.entries.pageInfo.endCursor ?? null;
    more = queue?.entries.pageInfo.hasNextPage === true && after !== null;
  }
  return entries;
}

async function readPosted(asking: Asking, { owner, name, headSha }: MergeGroupRef) {
  const variables = { owner, name, sha: headSha, appId: asking.appId };
  const { repository } = checked(
    checkRunsAnswer,
    await asking.client.graphql(checkRunsQuery, variables),
    'the query for check runs',
  );
  return { repositoryId: repository.id, posted: postedCheckRuns(headSha, repository.object, 'queue') };
}
