// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { readOpenPullRequests, readRepositories } from '../../src/github/open-pull-requests.ts';
import { shaOf } from '../helpers/contribution.ts';
import { expectingGitHub } from '../helpers/github.ts';

const github = expectingGitHub();
const repository = { owner: 'example-org', name: 'widget' };
const open = (nodes: (object | null)[], endCursor: string | null = null) => ({
  repository: { pullRequests: { pageInfo: { hasNextPage: endCursor !== null, endCursor }, nodes } },
});
const pull = (number: number, headRefOid = shaOf(number)) => ({ number, headRefOid });

describe('Open pull requests', () => {
  test('are read to the last page, those into one base where one is named', async () => {
    const first = github.graphql('OpenPullRequests', open([pull(1), pull(2)], 'next'));
    const second = github.graphql('OpenPullRequests', open([pull(3)]));
    expect(await readOpenPullRequests(github.client, repository, { base: 'main', headSha: null })).toEqual([1, 2, 3]);
    expect([first.variables, second.variables]).toMatchObject([
      { base: 'main', after: null },
      { base: 'main', after: 'next' },
    ]);
  });

  test('are those with one head where one is named', async () => {
    github.graphql('OpenPullRequests', open([pull(1), pull(2, shaOf(9)), pull(3, shaOf(9))]));
    expect(await readOpenPullRequests(github.client, repository, { base: null, headSha: shaOf(9) })).toEqual([2, 3]);
  });

  test('are found though GitHub hides one among them', async () => {
    github.graphql('OpenPullRequests', open([null, pull(2)]));
    expect(await readOpenPullRequests(github.client, repository, { base: null, headSha: null })).toEqual([2]);
  });
});

describe('An installation’s repositories', () => {
  const place = (name: string, more: object = {}) => ({
    id: 1,
    name,
    owner: { login: 'example-org' },
    open_issues_count: 2,
    ...more,
  });
  const page = (number: number) => `GET /installation/repositories?per_page=100&page=${number}`;

  test('are read to the last page, without archived ones', async () => {
    github.rest(page(1), 200, { total_count: 3, repositories: [place('a'), place('old', { archived: true })] });
    github.rest(page(2), 200, { total_count: 3, repositories: [place('b')] });
    expect(await readRepositories(github.client, 7)).toEqual([
      { installationId: 7, owner: 'example-org', name: 'a' },
      { installationId: 7, owner: 'example-org', name: 'b' },
    ]);
  });

  test('are told by name with the most recently changed first', async () => {
    const changed = ['2026-01-01', '2026-01-03', '2026-01-02'];
    const repositories = changed.map((day, index) => place(`r${index}`, { pushed_at: `${day}T00:00:00Z` }));
    github.rest(page(1), 200, { total_count: 3, repositories });
    expect((await readRepositories(github.client, 7)).map(({ name }) => name)).toEqual(['r1', 'r2', 'r0']);
  });

  test('end at an empty page, though the total promises more', async () => {
    github.rest(page(1), 200, { total_count: 2, repositories: [] });
    expect(await readRepositories(github.client, 7)).toEqual([]);
  });
});
