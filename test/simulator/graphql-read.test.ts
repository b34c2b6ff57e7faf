// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { graphql, tokenFor } from './testing/client.ts';
import { type Scenario, startScenario } from './testing/scenario.ts';

let scenario: Scenario;

beforeAll(async () => {
  scenario = await startScenario();
});

afterAll(() => scenario.simulator.close());

/** Reads fields of the scenario's pull request. */
async function read(fields: string, number = scenario.pullRequest.number) {
  const query = `query { repository(owner: "acme", name: "widgets") { pullRequest(number: ${number}) { ${fields} } } }`;
  const reply = await graphql(scenario.simulator, scenario.token, query);
  expect(scenario.simulator.violations.list).toEqual([]);
  return reply.body.data.repository.pullRequest;
}

async function readRepository(fields: string) {
  const query = `query { repository(owner: "acme", name: "widgets") { ${fields} } }`;
  const reply = await graphql(scenario.simulator, scenario.token, query);
  expect(scenario.simulator.violations.list).toEqual([]);
  return reply.body.data.repository;
}

describe('a pull request', () => {
  test('shows who opened it, from where and into what', async () => {
    const fields =
      'number title isDraft state baseRefName baseRefOid headRefName headRefOid isCrossRepository author { __typename login }';
    expect(
      await read(`${fields} baseRef { name target { oid } } headRepository { nameWithOwner } authorAssociation`),
    ).toEqual({
      number: 1,
      title: 'Add parts',
      isDraft: false,
      state: 'OPEN',
      baseRefName: 'main',
      baseRefOid: scenario.repository.tip(),
      headRefName: 'feature',
      headRefOid: scenario.repository.tip('feature'),
      isCrossRepository: false,
      author: { __typename: 'User', login: 'ada' },
      baseRef: { name: 'main', target: { oid: scenario.repository.tip() } },
      headRepository: { nameWithOwner: 'acme/widgets' },
      authorAssociation: 'MEMBER',
    });
  });

  test('lists its commits, parents first, with the account behind each address', async () => {
    const { commits } = await read(
      'commits(first: 10) { totalCount pageInfo { hasNextPage } nodes { commit { messageHeadline author { name email user { login } } parents(first: 1) { totalCount nodes { oid } } } } }',
    );
    const author = { name: 'Ada Example', email: 'ada@example.org', user: { login: 'ada' } };
    expect(commits).toMatchObject({ totalCount: 2, pageInfo: { hasNextPage: false } });
    expect(commits.nodes[0].commit).toEqual({
      messageHeadline: 'Add a cog',
      author,
      parents: { totalCount: 1, nodes: [{ oid: scenario.repository.tip() }] },
    });
    expect(commits.nodes[1].commit).toMatchObject({ messageHeadline: 'Add a wheel', author });
  });

  test('says of each commit whether its signature is good', async () => {
    const { commits } = await read(
      'commits(first: 10) { nodes { commit { signature { __typename isValid state wasSignedByGitHub signer { login } } } } }',
    );
    expect(commits.nodes.map((node: { commit: unknown }) => node.commit)).toEqual([
      {
        signature: {
          __typename: 'GpgSignature',
          isValid: true,
          state: 'VALID',
          wasSignedByGitHub: false,
          signer: { login: 'ada' },
        },
      },
      { signature: null },
    ]);
  });

  test('lists its changed files with their kind of change', async () => {
    const { files } = await read('files(first: 10) { totalCount nodes { path changeType additions deletions } }');
    expect(files).toEqual({
      totalCount: 2,
      nodes: [
        { path: 'cog.txt', changeType: 'ADDED', additions: 1, deletions: 0 },
        { path: 'wheel.txt', changeType: 'ADDED', additions: 1, deletions: 0 },
      ],
    });
  });

  test('has no head repository any more once the fork was deleted', async () => {
    const { simulator, repository } = scenario;
    const fork = repository.fork('mallory');
    fork.commit('patch', { message: 'From a fork', files: { 'fork.txt': 'x\n' } });
    const { number } = await repository.openPullRequest({ author: 'mallory', head: 'patch', from: fork });
    const before = await read(
      'isCrossRepository headRepository { nameWithOwner } commits(first: 1) { totalCount }',
      number,
    );
    expect(before).toEqual({
      isCrossRepository: true,
      headRepository: { nameWithOwner: 'mallory/widgets' },
      commits: { totalCount: 1 },
    });
    fork.delete();
    expect(await read('headRepository { id } headRef { id } commits(first: 1) { totalCount }', number)).toEqual({
      headRepository: null,
      headRef: null,
      commits: { totalCount: 1 },
    });
    expect(simulator.violations.list).toEqual([]);
  });

  test('names a bot without [bot], and shows no user behind a bot’s commit', async () => {
    const { simulator, repository } = scenario;
    const bot = simulator.bot('updater[bot]');
    const author = { name: 'updater[bot]', email: `${bot.id}+updater[bot]@users.noreply.github.com` };
    repository.commit('update', { message: 'Update', author, files: { 'u.txt': 'u\n' } });
    const { number } = await repository.openPullRequest({ author: 'updater[bot]', head: 'update' });
    expect(
      await read(
        'author { __typename login } commits(first: 1) { nodes { commit { author { name user { login } } } } }',
        number,
      ),
    ).toEqual({
      author: { __typename: 'Bot', login: 'updater' },
      commits: { nodes: [{ commit: { author: { name: 'updater[bot]', user: null } } }] },
    });
  });

  test('keeps the base commit that it was opened on until it is pushed to', async () => {
    const { repository } = scenario;
    repository.branch('late');
    repository.commit('late', { message: 'Late', files: { 'late.txt': 'x\n' } });
    const late = await repository.openPullRequest({ author: 'ada', head: 'late' });
    const opened = repository.tip();
    repository.commit('main', { message: 'Main goes on', files: { 'on.txt': 'x\n' } });
    expect(await read('baseRefOid baseRef { target { oid } }', late.number)).toEqual({
      baseRefOid: opened,
      baseRef: { target: { oid: repository.tip() } },
    });
    await late.push([{ message: 'Later' }]);
    expect(await read('baseRefOid', late.number)).toEqual({ baseRefOid: repository.tip() });
  });
});

describe('files of a repository', () => {
  test('are read by branch and path, and absent ones are null', async () => {
    expect(
      await readRepository(
        'readme: object(expression: "main:README.md") { ... on Blob { text byteSize isBinary isTruncated } } absent: object(expression: "main:nope") { oid } branch: object(expression: "nope:README.md") { oid }',
      ),
    ).toEqual({
      readme: { text: '# Widgets\n', byteSize: 10, isBinary: false, isTruncated: false },
      absent: null,
      branch: null,
    });
  });

  test('are read below a commit', async () => {
    const file =
      'file(path: "docs/guide.md") { type path object { ... on Blob { text } } } none: file(path: "docs/none.md") { path }';
    const { ref } = await readRepository(
      `ref(qualifiedName: "refs/heads/main") { target { ... on Commit { ${file} } } }`,
    );
    expect(ref.target).toEqual({
      file: { type: 'blob', path: 'docs/guide.md', object: { text: 'Guide\n' } },
      none: null,
    });
  });

  test('have no text where they are binary, and a part of it where they are too large', async () => {
    scenario.repository.commit('blobs', {
      message: 'Blobs',
      files: { binary: Buffer.from([1, 0, 2]), large: Buffer.alloc(600_000, 'x') },
    });
    const fields = '{ ... on Blob { text byteSize isBinary isTruncated } }';
    const { binary, large } = await readRepository(
      `binary: object(expression: "blobs:binary") ${fields} large: object(expression: "blobs:large") ${fields}`,
    );
    expect(binary).toEqual({ text: null, byteSize: 3, isBinary: true, isTruncated: false });
    expect(large).toMatchObject({ byteSize: 600_000, isTruncated: true });
    expect(large.text.length).toBeLessThan(600_000);
  });
});

describe('pages', () => {
  test('lead through a list by their cursors', async () => {
    const { repository } = scenario;
    repository.commit('many', ...Array.from({ length: 25 }, (_, at) => ({ message: `Commit ${at}` })));
    const { number } = await repository.openPullRequest({ author: 'ada', head: 'many' });
    const subjects: string[] = [];
    let after = '';
    for (let more = true; more; ) {
      const { commits } = await read(
        `commits(first: 10${after}) { totalCount pageInfo { hasNextPage endCursor } nodes { commit { message } } }`,
        number,
      );
      subjects.push(...commits.nodes.map((node: { commit: { message: string } }) => node.commit.message));
      after = `, after: "${commits.pageInfo.endCursor}"`;
      more = commits.pageInfo.hasNextPage;
    }
    expect(subjects).toEqual(Array.from({ length: 25 }, (_, at) => `Commit ${at}`));
    const { commits } = await read(
      'commits(last: 2) { pageInfo { hasPreviousPage } nodes { commit { message } } }',
      number,
    );
    expect(commits.nodes.map((node: { commit: { message: string } }) => node.commit.message)).toEqual([
      'Commit 23',
      'Commit 24',
    ]);
    expect(commits.pageInfo.hasPreviousPage).toBe(true);
  });

  test('can stop short of the total, as GitHub’s lists do', async () => {
    const { quirks } = scenario.simulator;
    quirks.commitLimit = 1;
    const { commits } = await read(
      'commits(first: 10) { totalCount pageInfo { hasNextPage } nodes { commit { oid } } }',
    );
    quirks.commitLimit = Number.POSITIVE_INFINITY;
    expect(commits).toMatchObject({ totalCount: 2, pageInfo: { hasNextPage: false } });
    expect(commits.nodes).toHaveLength(1);
  });
});

test('a list of pull requests can be filtered by state and base, and sorted', async () => {
  const { repository } = scenario;
  repository.branch('stable');
  const into = await repository.openPullRequest({ author: 'ada', head: 'feature', base: 'stable' });
  await into.close();
  const { closed, stable } = await readRepository(
    'closed: pullRequests(first: 5, states: [CLOSED]) { nodes { number } } stable: pullRequests(first: 5, baseRefName: "stable", orderBy: { field: CREATED_AT, direction: DESC }) { nodes { number state } }',
  );
  expect(closed.nodes).toEqual([{ number: into.number }]);
  expect(stable.nodes).toEqual([{ number: into.number, state: 'CLOSED' }]);
});

test('the organisation’s own repository is found through its owner, a missing one is an error in an answer with data', async () => {
  const { simulator, token } = scenario;
  const query =
    'query { repositoryOwner(login: "acme") { __typename login repository(name: ".github") { id } } nobody: repositoryOwner(login: "nobody") { login } }';
  const before = await graphql(simulator, token, query);
  expect(before.body).toEqual({
    data: { repositoryOwner: { __typename: 'Organization', login: 'acme', repository: null }, nobody: null },
    errors: [
      {
        type: 'NOT_FOUND',
        path: ['repositoryOwner', 'repository'],
        locations: [{ line: 1, column: 59 }],
        message: "Could not resolve to a Repository with the name 'acme/.github'.",
      },
    ],
  });
  const { state } = simulator.repository('acme/.github');
  const after = await graphql(simulator, token, query);
  expect(after.body.data.repositoryOwner.repository).toEqual({ id: state.nodeId });
  expect(simulator.violations.list).toEqual([]);
});

test('a private repository of somebody else looks like one that isn’t there', async () => {
  const { simulator, token } = scenario;
  simulator.organization('other');
  const { state } = simulator.repository('other/secret', { isPrivate: true });
  simulator.repository('other/open');
  const query =
    'query($id: ID!) { secret: repository(owner: "other", name: "secret") { id } open: repository(owner: "other", name: "open") { name object(expression: "main:README.md") { oid } } node(id: $id) { id } }';
  const { body } = await graphql(simulator, token, query, { id: state.nodeId });
  expect(body.data).toMatchObject({
    secret: null,
    open: { name: 'open', object: { oid: expect.any(String) } },
    node: null,
  });
  expect(body.errors.map((error: { type: string }) => error.type)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
});

test('the rate limit is charged by the connections that are asked for, and shown per installation', async () => {
  const { simulator } = scenario;
  simulator.organization('quiet');
  const quiet = await simulator.install('quiet');
  const token = await tokenFor(simulator, quiet.state.id);
  const deep =
    'query { rateLimit { cost nodeCount limit used remaining } repository(owner: "acme", name: "widgets") { pullRequests(first: 100) { nodes { commits(first: 100) { nodes { commit { parents(first: 2) { totalCount } } } } } } } }';
  const { body, headers } = await graphql(simulator, token, deep);
  // 1 + 1 for the pull requests, 100 for their commits, 10,000 for the parents.
  expect(body.data.rateLimit).toEqual({ cost: 101, nodeCount: 30_100, limit: 5000, used: 101, remaining: 4899 });
  expect(headers.get('x-ratelimit-remaining')).toBe('4899');
  expect(headers.get('x-ratelimit-resource')).toBe('graphql');
});
