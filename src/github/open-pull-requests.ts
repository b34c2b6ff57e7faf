// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
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
    z.object({
      id: z.int(),
      name: z.string(),
      archived: z.boolean().optional(),
      owner: z.object({ login: z.string() }),
      open_issues_count: z.int(),
      updated_at: z.string().nullish(),
      pushed_at: z.string().nullish(),
    }),
  ),
});

/** A repository that an installation reaches. */
export interface InstalledRepository {
  readonly id: number;
  readonly ref: RepositoryRef;
  /** Open issues and pull requests together: no fewer than there are pull requests. */
  readonly openIssues: number;
  /** When somebody last pushed to it or changed it, in milliseconds since 1970; 0 where GitHub does not say. */
  readonly changedAt: number;
}

/**
 * The repositories that an installation reaches, without archived ones, which nobody can open pull requests in. One
 * request per 100.
 */
export async function readInstalledRepositories(
  client: Client,
  installationId: number,
): Promise<readonly InstalledRepository[]> {
  const repositories: InstalledRepository[] = [];
  for (let page = 1, seen = 0, total = 1; seen < total; page += 1) {
    const { data } = await client.request('GET /installation/repositories', { per_page: 100, page });
    const answer = checked(installationRepositories, data, "the list of an installation's repositories");
    if (answer.repositories.length === 0) break;
    seen += answer.repositories.length;
    total = answer.total_count;
    for (const { id, name, owner, archived, open_issues_count, updated_at, pushed_at } of answer.repositories) {
      if (archived === true) continue;
      const changedAt = Math.max(...[updated_at, pushed_at].map((time) => (time == null ? 0 : Date.parse(time))));
      repositories.push({
        id,
        ref: { installationId, owner: owner.login, name },
        openIssues: open_issues_count,
        changedAt,
      });
    }
  }
  return repositories;
}

/** The same, by name alone, the most recently changed first: there somebody is at work, and waits for a check. */
export async function readRepositories(client: Client, installationId: number): Promise<readonly RepositoryRef[]> {
  const repositories = await readInstalledRepositories(client, installationId);
  return repositories.toSorted((a, b) => b.changedAt - a.changedAt).map(({ ref }) => ref);
}
