// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import type { Listed } from '../preview/preview.ts';
import { checked } from './checked.ts';
import type { Client } from './client.ts';

const recentPullRequestsQuery = `
query RecentPullRequests($owner: String!, $name: String!, $base: String, $first: Int!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $name) {
    pullRequests(first: $first, after: $after, states: [OPEN, MERGED], baseRefName: $base, orderBy: { field: UPDATED_AT, direction: DESC }) {
      pageInfo { hasNextPage endCursor }
      nodes { number title state headRefOid }
    }
  }
}`;

const recentPullRequestsAnswer = z.object({
  repository: z.object({
    pullRequests: z.object({
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      // GitHub answers null for what it hides; one such pull request must not hide the others.
      nodes: z.array(
        z
          .object({
            number: z.int(),
            title: z.string(),
            state: z.enum(['OPEN', 'MERGED']),
            headRefOid: z.string(),
          })
          .nullable(),
      ),
    }),
  }),
});

/** Most that GitHub gives at once. */
const largestPage = 100;

/**
 * The open and the merged pull requests of a repository that were updated last, newest first, `most` at most; those into
 * one base branch where one is named. One request per 100.
 */
export async function readRecentPullRequests(
  client: Client,
  { owner, name }: { readonly owner: string; readonly name: string },
  { base, most }: { readonly base: string | null; readonly most: number },
): Promise<readonly Listed[]> {
  // Others may be updated while a page is read, and come once more with the next.
  const found = new Map<number, Listed>();
  for (let after: string | null = null, more = true; more && found.size < most; ) {
    const first = Math.min(most - found.size, largestPage);
    const answer: unknown = await client.graphql(recentPullRequestsQuery, { owner, name, base, first, after });
    const { nodes, pageInfo } = checked(recentPullRequestsAnswer, answer, 'the query for recent pull requests')
      .repository.pullRequests;
    for (const node of nodes) {
      if (node === null) continue;
      const { headRefOid: headSha, ...rest } = node;
      found.set(node.number, { ...rest, headSha });
    }
    after = pageInfo.endCursor;
    more = pageInfo.hasNextPage && after !== null;
  }
  return [...found.values()];
}
