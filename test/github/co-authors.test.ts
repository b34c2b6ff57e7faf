// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { expect, test } from '@jest/globals';
import { readCoAuthors } from '../../src/github/co-authors.ts';
import { shaOf } from '../helpers/contribution.ts';
import { expectingGitHub } from '../helpers/github.ts';

const github = expectingGitHub();
const head = shaOf(100);

const commit = (...logins: (string | null)[]) => ({
  commit: { authors: { nodes: logins.map((login) => ({ user: login === null ? null : { login } })) } },
});
const page = (nodes: object[], next: string | null, headRefOid = head) => ({
  repository: {
    pullRequest: { headRefOid, commits: { pageInfo: { hasNextPage: next !== null, endCursor: next }, nodes } },
  },
});
const read = () =>
  readCoAuthors(
    { client: github.client, host: 'github.com', appId: 1, pageSize: 100 },
    { owner: 'example-org', name: 'widget', number: 12 },
    head,
  );

test('The authors of all commits are read, and those without an account left out', async () => {
  github.graphql('Authors', page([commit('ada', 'ben'), commit(null)], 'one'));
  const second = github.graphql('Authors', page([commit('mia')], null));
  expect(await read()).toEqual(['ada', 'ben', 'mia']);
  expect(second.variables).toMatchObject({ after: 'one' });
});

test('They are not those of another head', async () => {
  github.graphql('Authors', page([commit('ada')], 'one'));
  github.graphql('Authors', page([commit('mia')], null, shaOf(101)));
  await expect(read()).rejects.toMatchObject({ name: 'MovedError' });
});
