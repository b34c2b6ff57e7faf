// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { expect, test } from '@jest/globals';
import { readOwnedRepositories } from '../../src/github/owned-repositories.ts';
import { readRecentPullRequests } from '../../src/github/recent-pull-requests.ts';
import { shaOf } from '../helpers/contribution.ts';
import { expectingGitHub } from '../helpers/github.ts';

const github = expectingGitHub();
const repository = { owner: 'example-org', name: 'widget' };
const pageInfo = (endCursor: string | null) => ({ hasNextPage: endCursor !== null, endCursor });
const page = (numbers: (number | null)[], endCursor: string | null = null) => ({
  repository: {
    pullRequests: {
      pageInfo: pageInfo(endCursor),
      nodes: numbers.map(
        (number) => number && { number, title: `Change ${number}`, state: 'OPEN', headRefOid: shaOf(number) },
      ),
    },
  },
});
const numbersOf = async (most: number) =>
  (await readRecentPullRequests(github.client, repository, { base: 'main', most })).map(({ number }) => number);

test('Recent pull requests are read as far as wanted, hidden and repeated ones left out', async () => {
  const first = github.graphql('RecentPullRequests', page([9, null, 7], 'next'));
  const second = github.graphql('RecentPullRequests', page([7, 6], 'more'));
  const third = github.graphql('RecentPullRequests', page([5], 'more'));
  expect(await numbersOf(4)).toEqual([9, 7, 6, 5]);
  expect([first, second, third].map(({ variables }) => variables)).toMatchObject([
    { base: 'main', first: 4, after: null },
    { first: 2, after: 'next' },
    { first: 1, after: 'more' },
  ]);
});

test('Recent pull requests end where the repository has no more', async () => {
  github.graphql('RecentPullRequests', page([2, 1]));
  expect(await numbersOf(500)).toEqual([2, 1]);
});

test('An account’s repositories are read to the last page', async () => {
  const owned = (names: (string | null)[], endCursor: string | null = null) => ({
    repositoryOwner: {
      repositories: {
        pageInfo: pageInfo(endCursor),
        nodes: names.map((name) => name && { name, owner: { login: 'example-org' } }),
      },
    },
  });
  github.graphql('OwnedRepositories', owned(['a', null], 'next'));
  github.graphql('OwnedRepositories', owned(['b']));
  expect(await readOwnedRepositories(github.client, 'example-org')).toEqual([
    { owner: 'example-org', name: 'a' },
    { owner: 'example-org', name: 'b' },
  ]);
});

test('An account that is not there has none, which is not the same as an empty one', async () => {
  github.graphql('OwnedRepositories', { repositoryOwner: null });
  expect(await readOwnedRepositories(github.client, 'nobody')).toBeNull();
});
