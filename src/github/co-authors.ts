// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { checked } from './checked.ts';
import { type AuthorsPage, authorsAnswer } from './graphql/answers.ts';
import { authorsQuery } from './graphql/queries.ts';
import { allPages, assertSameHead } from './pages.ts';
import type { Asking, PullRequestRef } from './read-pull-request.ts';

/**
 * Logins of every author that GitHub finds in a pull request's commits, co-authors included: a request for each hundred
 * commits. Not part of the one query, whose cost it would double. Throws MovedError where `head` is no longer the head.
 */
export async function readCoAuthors(asking: Asking, ref: PullRequestRef, head: string): Promise<readonly string[]> {
  const page = async (after: string | null): Promise<AuthorsPage> => {
    const answer = await asking.client.graphql(authorsQuery, { ...ref, pageSize: asking.pageSize, after });
    const { headRefOid, commits } = checked(authorsAnswer, answer, 'the query for authors').repository.pullRequest;
    assertSameHead(head, headRefOid, 'the authors of its commits were');
    return commits;
  };
  const commits = await allPages(await page(null), page);
  return commits.flatMap(({ commit }) => commit.authors.nodes.flatMap((author) => author?.user?.login ?? []));
}
