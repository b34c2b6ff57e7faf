// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import type { Membership } from '../../src/contribution/contribution.ts';
import { readNeeds } from '../../src/github/needs.ts';
import type { Need } from '../../src/rules/rule.ts';
import { contributionOf, shaOf, signedCommitBy } from '../helpers/contribution.ts';
import { expectingGitHub } from '../helpers/github.ts';

const github = expectingGitHub();
const contribution = contributionOf([signedCommitBy('Ada Example <ada@example.org>', 'One')]);
const member = '/orgs/example-org/members/ada';
const files = (page: number) => `GET /repos/example-org/widget/commits/${shaOf(1)}?per_page=100&page=${page}`;
const named = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, index) => ({ filename: `${prefix}${index}`, changes: 1 }));
const asking = () => ({ client: github.client, host: 'github.com', appId: 1, pageSize: 100 });
const answered = (...needs: Need[]) => readNeeds(asking(), contribution, needs);

test('Where nothing is needed nothing is asked', async () => {
  expect(await answered()).toBe(contribution);
});

describe('A membership is', () => {
  const membership = async () => (await answered({ fact: 'membership', login: 'ada' })).memberships.ada as Membership;

  test.each<[Membership, number, object, Record<string, string>]>([
    ['member', 204, {}, {}],
    ['none', 404, { message: 'User does not exist or is not a member' }, {}],
    ['unknown', 302, {}, { location: 'https://api.github.com/orgs/example-org/public_members/ada' }],
    ['unknown', 403, { message: 'Resource not accessible by integration' }, {}],
  ])('%s where GitHub answers %i', async (expected, status, body, headers) => {
    github.rest(`GET ${member}`, status, status === 204 ? undefined : body, headers);
    expect(await membership()).toBe(expected);
  });

  test.each<[string, number, string, Record<string, string>]>([
    ['a server error', 502, 'Bad gateway', {}],
    ['a token that is no longer taken', 401, 'Bad credentials', {}],
    ['a rate limit', 403, 'You have exceeded a secondary rate limit', { 'retry-after': '1' }],
  ])('not taken from %s', async (_, status, message, headers) => {
    github.rest(`GET ${member}`, status, { message }, headers);
    await expect(membership()).rejects.toMatchObject({ status });
  });
});

describe('The paths of a commit', () => {
  const paths = async () => (await answered({ fact: 'commit-paths', sha: shaOf(1) })).commits[0]?.paths;

  test('are read to the last page, old names included', async () => {
    github.rest(files(1), 200, { files: named(100, 'a') });
    github.rest(files(2), 200, { files: [{ filename: 'new', previous_filename: 'old', changes: 0 }] });
    expect((await paths())?.slice(-3)).toEqual(['a99', 'new', 'old']);
  });

  test('are none for an empty commit', async () => {
    github.rest(files(1), 200, { files: [] });
    expect(await paths()).toEqual([]);
  });

  test('stay unknown where there are as many as GitHub lists at most', async () => {
    for (let page = 1; page <= 30; page += 1) github.rest(files(page), 200, { files: named(100, `${page}-`) });
    expect(await paths()).toBeNull();
  });

  test('are filled in for the pull requests of a merge group as well', async () => {
    github.rest(files(1), 200, { files: named(1, 'a') });
    const { queued: _, ...facts } = contribution;
    const group = { ...contribution, commits: [], queued: [facts] };
    const { queued } = await readNeeds(asking(), group, [{ fact: 'commit-paths', sha: shaOf(1) }]);
    expect(queued?.[0]?.commits[0]?.paths).toEqual(['a0']);
  });
});
