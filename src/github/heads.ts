// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import type { RepositoryRef } from '../inbox/inbox.ts';
import { checked } from './checked.ts';
import type { Client } from './client.ts';
import { newestRunsShape } from './graphql/answers.ts';
import { newestRunsFragment } from './graphql/queries.ts';
import { withoutMissing } from './missing.ts';
import { type NewestCheckRuns, newestCheckRuns } from './posted.ts';
import { type RateBudget, rateLimitAnswer, rateLimitField, toBudget } from './rate-budget.ts';

/** The head of an open pull request and what our App has posted on it. */
export interface Head {
  readonly number: number;
  /** ISO 8601, UTC. */
  readonly updatedAt: string;
  readonly baseRef: string;
  readonly inMergeQueue: boolean;
  readonly posted: NewestCheckRuns;
}

/** A page of a repository's open pull requests, the most recently updated first. */
export interface HeadsRequest {
  readonly repository: RepositoryRef;
  /** How many, 1 to 100. */
  readonly first: number;
  /** Cursor of the page before; null for the first one. */
  readonly after: string | null;
}

export interface HeadsAnswer {
  /** For each request its page; null for a repository that is gone. */
  readonly pages: readonly ({ readonly heads: readonly Head[]; readonly next: string | null } | null)[];
  readonly budget: RateBudget | null;
}

const connection = z.object({
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  nodes: z.array(
    z
      .object({
        number: z.int(),
        updatedAt: z.string(),
        headRefOid: z.string(),
        baseRefName: z.string(),
        isInMergeQueue: z.boolean(),
        commits: z.object({
          nodes: z.array(z.object({ commit: z.object({ oid: z.string(), ...newestRunsShape }) }).nullable()),
        }),
      })
      .nullable(),
  ),
});
const headsAnswer = z
  .object({ rateLimit: rateLimitAnswer })
  .catchall(z.object({ pullRequests: connection }).nullable());

/**
 * Reads pages of several repositories in one request, of which GitHub charges about three points per 100 pull requests
 * asked for. Throws whatever Octokit throws.
 */
export async function readHeads(
  client: Client,
  appId: number,
  requests: readonly HeadsRequest[],
): Promise<HeadsAnswer> {
  const variables = Object.fromEntries(
    requests.flatMap(({ repository, after }, index) => [
      [`owner${index}`, repository.owner],
      [`name${index}`, repository.name],
      [`after${index}`, after],
    ]),
  );
  const answer = await withoutMissing(client.graphql(headsQuery(requests), { ...variables, appId }), isRepository);
  const { rateLimit, ...repositories } = checked(headsAnswer, answer, 'the query for the heads of open pull requests');
  return {
    pages: requests.map((_, index) => toPage((repositories as Repositories)[`r${index}`] ?? null)),
    budget: toBudget(rateLimit),
  };
}

type Repositories = Readonly<Record<string, { readonly pullRequests: z.output<typeof connection> } | null>>;

function headsQuery(requests: readonly HeadsRequest[]): string {
  const declarations = requests.map(
    (_, index) => `$owner${index}: String!, $name${index}: String!, $after${index}: String`,
  );
  const fields = requests.map(
    ({ first }, index) => `  r${index}: repository(owner: $owner${index}, name: $name${index}) {
    pullRequests(first: ${first}, after: $after${index}, states: OPEN, orderBy: { field: UPDATED_AT, direction: DESC }) { ...Heads }
  }`,
  );
  return `
query Heads($appId: Int!, ${declarations.join(', ')}) {
  ${rateLimitField}
${fields.join('\n')}
}
fragment Heads on PullRequestConnection {
  pageInfo { hasNextPage endCursor }
  nodes {
    number
    updatedAt
    headRefOid
    baseRefName
    isInMergeQueue
    commits(last: 1) { nodes { commit { oid ...Suites } } }
  }
}
${newestRunsFragment}`;
}

/** One that was deleted or taken away must not hide the others. */
function isRepository([field]: readonly unknown[]): boolean {
  return /^r\d+$/.test(String(field));
}

function toPage(repository: Repositories[string] | null): HeadsAnswer['pages'][number] {
  if (repository === null) return null;
  const { pageInfo, nodes } = repository.pullRequests;
  return {
    next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
    // GitHub answers null for what it hides; one such pull request must not hide the others.
    heads: nodes
      .filter((node) => node !== null)
      .map((node) => ({
        number: node.number,
        updatedAt: node.updatedAt,
        baseRef: node.baseRefName,
        inMergeQueue: node.isInMergeQueue,
        posted: newestCheckRuns(node.headRefOid, node.commits.nodes[0]?.commit ?? null),
      })),
  };
}
