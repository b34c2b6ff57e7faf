// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { z } from 'zod';
import type { RepositoryRef } from '../inbox/inbox.ts';
import { checked } from './checked.ts';
import type { Client } from './client.ts';

const openPullRequestsQuery = `
query OpenPullRequests($owner: String!, $name: String!, $base: String, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $name) {
    pullRequests(first: 100, after: $after, states: OPEN, baseRefName: $base, orderBy: { field: UPDATED_AT, direction: DESC }) {
      pageInfo { hasNextPage endCursor }
      nodes { number headRefOid }
    }
  }
}`;

const openPullRequestsAnswer = z.object({
  repository: z.object({
    pullRequests: z.object({
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      // GitHub answers null for what it hides; one such pull request must not hide the others.
      nodes: z.array(z.object({ number: z.int(), headRefOid: z.string() }).nullable()),
    }),
  }),
});

/** Which open pull requests: those into one base branch, those with one head commit; null does not narrow. */
export interface OpenPullRequestsFilter {
  readonly base: string | null;
  readonly headSha: string | null;
}

/** The numbers of a repository's open pull requests, most recently updated first; one request per 100. */
export async function readOpenPullRequests(
  client: Client,
  repository: Pick<RepositoryRef, 'owner' | 'name'>,
  filter: OpenPullRequestsFilter,
): Promise<readonly number[]> {
  const numbers: number[] = [];
  const { owner, name } = repository;
  for (let after: string | null = null, more = true; more; ) {
    const answer: unknown = await client.graphql(openPullRequestsQuery, { owner, name, base: filter.base, after });
    const { nodes, pageInfo } = checked(openPullRequestsAnswer, answer, 'the query for open pull requests').repository
      .pullRequests;
    numbers.push(
      ...nodes
        .filter((node) => node !== null)
        .filter((node) => filter.headSha === null || node.headRefOid === filter.headSha)
        .map(({ number }) => number),
    );
    after = pageInfo.endCursor;
    more = pageInfo.hasNextPage && after !== null;
  }
  return numbers;
}

const installationRepositories = z.object({
  total_count: z.int(),
  repositories: z.array(
    z.object({ name: z.string(), archived: z.boolean().optional(), owner: z.object({ login: z.string() }) }),
  ),
});

/** The repositories that an installation reaches, without archived ones, which nobody can open pull requests in. */
export async function readRepositories(client: Client, installationId: number): Promise<readonly RepositoryRef[]> {
  const repositories: RepositoryRef[] = [];
  for (let page = 1, seen = 0, total = 1; seen < total; page += 1) {
    const { data } = await client.request('GET /installation/repositories', { per_page: 100, page });
    const answer = checked(installationRepositories, data, "the list of an installation's repositories");
    if (answer.repositories.length === 0) break;
    seen += answer.repositories.length;
    total = answer.total_count;
    for (const { name, owner, archived } of answer.repositories) {
      if (archived !== true) repositories.push({ installationId, owner: owner.login, name });
    }
  }
  return repositories;
}
