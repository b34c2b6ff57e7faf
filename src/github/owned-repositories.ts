// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import { checked } from './checked.ts';
import type { Client } from './client.ts';

const ownedRepositoriesQuery = `
query OwnedRepositories($owner: String!, $after: String) {
  rateLimit { cost }
  repositoryOwner(login: $owner) {
    repositories(first: 100, after: $after, ownerAffiliations: OWNER, isArchived: false, orderBy: { field: NAME, direction: ASC }) {
      pageInfo { hasNextPage endCursor }
      nodes { name owner { login } }
    }
  }
}`;

const ownedRepositoriesAnswer = z.object({
  repositoryOwner: z
    .object({
      repositories: z.object({
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
        nodes: z.array(z.object({ name: z.string(), owner: z.object({ login: z.string() }) }).nullable()),
      }),
    })
    .nullable(),
});

/**
 * An account's repositories that are not archived, by name, as far as the token sees them; null where there is no such
 * account. One request per 100.
 */
export async function readOwnedRepositories(
  client: Client,
  owner: string,
): Promise<readonly { readonly owner: string; readonly name: string }[] | null> {
  const found: { owner: string; name: string }[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const answer: unknown = await client.graphql(ownedRepositoriesQuery, { owner, after });
    const { repositoryOwner } = checked(ownedRepositoriesAnswer, answer, "the query for an account's repositories");
    if (repositoryOwner === null) return null;
    const { nodes, pageInfo } = repositoryOwner.repositories;
    found.push(...nodes.filter((node) => node !== null).map((node) => ({ owner: node.owner.login, name: node.name })));
    after = pageInfo.endCursor;
    more = pageInfo.hasNextPage && after !== null;
  }
  return found;
}
