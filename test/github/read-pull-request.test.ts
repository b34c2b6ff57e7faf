// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { Kind, type OperationDefinitionNode, parse } from 'graphql';
import { pageSize, pullRequestQuery } from '../../src/github/graphql/queries.ts';
import { readPullRequest } from '../../src/github/read-pull-request.ts';
import { shaOf } from '../helpers/contribution.ts';
import { expectingGitHub } from '../helpers/github.ts';
import { costOf } from '../simulator/graphql/cost.ts';

const github = expectingGitHub();
const head = shaOf(100);
const ada = { name: 'Ada Example', email: 'ada@example.org', user: { login: 'ada' } };

const commit = (position: number) => ({
  commit: {
    oid: shaOf(position),
    message: `Commit ${position}`,
    authoredDate: '2026-01-05T23:59:59Z',
    author: ada,
    committer: ada,
    signature: null,
    parents: { nodes: [{ oid: shaOf(position - 1) }] },
  },
});
const page = <Node>(nodes: Node[], totalCount = nodes.length, endCursor: string | null = null) => ({
  totalCount,
  pageInfo: { hasNextPage: endCursor !== null, endCursor },
  nodes,
});
const blob = (path: string, text: string) => ({
  path,
  object: { oid: shaOf(text.length), byteSize: text.length, isBinary: false, isTruncated: false, text },
});
const said = { totalCount: 0, pageInfo: { hasPreviousPage: false, startCursor: null }, nodes: [] };
const noPolicy = { yml: null, yaml: null, dco: null };
const policy = { ...noPolicy, yml: blob('.github/countersign.yml', 'dco: {}\n') };
const shared = (nameWithOwner: string, target: object = policy) => ({
  repository: {
    nameWithOwner,
    visibility: 'PUBLIC',
    defaultBranchRef: { name: 'main', target: { oid: shaOf(1), ...target } },
  },
});

function answer({ pullRequest = {}, repository = {}, organisation = null as object | null } = {}) {
  return {
    repository: {
      id: 'R_1',
      name: 'widget',
      owner: { __typename: 'Organization', login: 'example-org' },
      visibility: 'PUBLIC',
      isArchived: false,
      isFork: false,
      repositoryTopics: { nodes: [] },
      squashMergeAllowed: true,
      squashMergeCommitMessage: 'COMMIT_MESSAGES',
      ...repository,
      pullRequest: {
        id: 'PR_12',
        number: 12,
        url: 'https://github.com/example-org/widget/pull/12',
        state: 'OPEN',
        isDraft: false,
        updatedAt: '2026-01-01T00:00:00Z',
        author: { __typename: 'User', login: 'ada' },
        baseRefName: 'main',
        baseRefOid: shaOf(0),
        headRefName: 'topic',
        headRefOid: head,
        baseRef: { target: { oid: shaOf(0), ...noPolicy, mailmap: null } },
        commits: page([commit(100)]),
        files: page([{ path: 'a.c', changeType: 'MODIFIED' }]),
        head: { nodes: [{ commit: { oid: head, ...noPolicy, checkSuites: { nodes: [] } } }] },
        comments: said,
        reviews: said,
        forcePushes: { nodes: [] },
        baseMoves: { nodes: [] },
        ...pullRequest,
      },
    },
    organisation,
  };
}
const more = (what: 'commits' | 'files', connection: object, headRefOid = head) => ({
  repository: { pullRequest: { headRefOid, [what]: connection } },
});
const read = (owner = 'example-org') =>
  readPullRequest(
    { client: github.client, host: 'github.com', appId: 1, pageSize },
    { owner, name: 'widget', number: 12 },
  );

test('A pull request takes one request, which costs one point of the hourly budget', async () => {
  const asked = github.graphql('PullRequest', answer());
  expect(await read()).toMatchObject({ state: 'OPEN', repositoryId: 'R_1', proposedPolicyFiles: null });
  const document = parse(pullRequestQuery());
  const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const variables = asked.variables as Record<string, unknown>;
  expect(costOf(document, operation as OperationDefinitionNode, variables).points).toBe(1);
});

describe('Commits', () => {
  test('are read to the last page', async () => {
    github.graphql('PullRequest', answer({ pullRequest: { commits: page([commit(98)], 3, 'one') } }));
    const second = github.graphql('MoreCommits', more('commits', page([commit(99)], 3, 'two')));
    const third = github.graphql('MoreCommits', more('commits', page([commit(100)], 3)));
    const { contribution } = await read();
    expect(contribution.commits.map(({ sha }) => sha)).toEqual([98, 99, 100].map(shaOf));
    expect(contribution.totals.commits).toBe(3);
    expect([second.variables, third.variables]).toMatchObject([{ after: 'one' }, { after: 'two' }]);
  });

  test('end at a page that leads nowhere, while the total tells what is missing', async () => {
    github.graphql('PullRequest', answer({ pullRequest: { commits: page([commit(99)], 3, 'one') } }));
    github.graphql('MoreCommits', more('commits', page([], 3, 'one')));
    const { contribution } = await read();
    expect([contribution.commits.length, contribution.totals.commits]).toEqual([1, 3]);
  });

  test('are not mixed from two heads', async () => {
    github.graphql('PullRequest', answer({ pullRequest: { commits: page([commit(99)], 2, 'one') } }));
    github.graphql('MoreCommits', more('commits', page([commit(100)], 2), shaOf(101)));
    await expect(read()).rejects.toMatchObject({ name: 'MovedError' });
  });
});

describe('The organisation’s policy', () => {
  const missing = { type: 'NOT_FOUND', path: ['organisation', 'repository'], message: 'Could not resolve' };

  test('is read from its .github repository', async () => {
    github.graphql('PullRequest', answer({ organisation: shared('Example-Org/.github') }));
    const { policyFiles } = await read();
    expect(policyFiles?.organisation).toEqual([expect.objectContaining({ repository: 'Example-Org/.github' })]);
  });

  test.each([
    ['is not there', 'NOT_FOUND', false],
    ['is not ours to see', 'FORBIDDEN', true],
  ])('does not hold where that repository %s', async (_, type, organisationRefused) => {
    github.graphql('PullRequest', answer(), [{ ...missing, type }]);
    const { policyFiles } = await read();
    expect(policyFiles).toMatchObject({ repository: [], organisation: [] });
    expect(policyFiles?.organisationRefused).toBe(organisationRefused);
  });

  test.each([
    ['renamed', 'example-org/old-settings'],
    ['handed to somebody else', 'stranger/.github'],
  ])('does not hold where that repository was %s and GitHub only follows it', async (_, nameWithOwner) => {
    github.graphql('PullRequest', answer({ organisation: shared(nameWithOwner) }));
    expect((await read()).policyFiles?.organisation).toEqual([]);
  });

  test('is the new owner’s where the repository moved', async () => {
    github.graphql('PullRequest', answer({ organisation: shared('old-org/.github') }));
    const again = github.graphql('PullRequest', answer({ organisation: shared('example-org/.github') }));
    const { policyFiles } = await read('old-org');
    expect(again.variables).toMatchObject({ owner: 'example-org', name: 'widget' });
    expect(policyFiles?.organisation).toEqual([expect.objectContaining({ repository: 'example-org/.github' })]);
  });
});

describe('No policy is guessed', () => {
  test.each([
    ['a file of the organisation’s', { type: 'FORBIDDEN', path: ['organisation', 'repository', 'defaultBranchRef'] }],
    [
      'the repository’s own files',
      { type: 'NOT_FOUND', path: ['repository', 'pullRequest', 'baseRef', 'target', 'yml'] },
    ],
    ['anything, without saying what', { message: 'Something went wrong' }],
    ['the organisation, by a fault', { message: 'Something went wrong', path: ['organisation'] }],
  ])('where GitHub could not read %s', async (_, error) => {
    github.graphql('PullRequest', answer(), [error]);
    await expect(read()).rejects.toMatchObject({ name: 'GraphqlResponseError' });
  });

  test.each([
    ['branch', null],
    ['commit on the branch', { target: null }],
  ])('where there is no base %s', async (_, baseRef) => {
    github.graphql('PullRequest', answer({ pullRequest: { baseRef } }));
    expect((await read()).policyFiles).toBeNull();
  });

  test('from a file that is no file', async () => {
    const odd = { oid: shaOf(0), ...noPolicy, yml: { path: '.github/countersign.yml', object: {} }, mailmap: null };
    github.graphql('PullRequest', answer({ pullRequest: { baseRef: { target: odd } } }));
    expect((await read()).policyFiles?.repository).toEqual([expect.objectContaining({ oid: null, text: null })]);
  });
});

describe('A policy is proposed', () => {
  const proposing = { head: { nodes: [{ commit: { oid: head, ...policy, checkSuites: null } }] } };
  const policyPath = { path: '.github/countersign.yml', changeType: 'ADDED' };

  test('where the pull request changes the file, however far down the list of files it is', async () => {
    const files = page([{ path: 'a.c', changeType: 'ADDED' }], 2, 'one');
    github.graphql('PullRequest', answer({ pullRequest: { ...proposing, files } }));
    github.graphql('MoreFiles', more('files', page([policyPath], 2)));
    expect((await read()).proposedPolicyFiles).toHaveLength(1);
  });

  test('where the file may be the one that the pull request moves away', async () => {
    const baseRef = { target: { oid: shaOf(0), ...policy, mailmap: null } };
    const files = page([{ path: 'old/countersign.txt', changeType: 'RENAMED' }]);
    github.graphql('PullRequest', answer({ pullRequest: { baseRef, files } }));
    expect((await read()).proposedPolicyFiles).toEqual([]);
  });

  test('where GitHub lists no files at all, to be safe', async () => {
    github.graphql('PullRequest', answer({ pullRequest: { ...proposing, files: null } }));
    expect((await read()).proposedPolicyFiles).toHaveLength(1);
  });

  test('not where only the base branch has moved on', async () => {
    github.graphql('PullRequest', answer({ pullRequest: proposing }));
    expect((await read()).proposedPolicyFiles).toBeNull();
  });
});

test('An answer that is not as documented names the place', async () => {
  github.graphql('PullRequest', answer({ pullRequest: { headRefOid: null } }));
  await expect(read()).rejects.toThrow('repository.pullRequest.headRefOid');
});
