// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { operation } from './contracts/openapi.ts';
import { routes } from './rest/router.ts';
import { jwt, rest } from './testing/client.ts';
import { type Scenario, startScenario } from './testing/scenario.ts';

let scenario: Scenario;

beforeAll(async () => {
  scenario = await startScenario();
  await scenario.pullRequest.comment('ada', 'Hello');
});

afterEach(() => scenario.simulator.violations.clear());
afterAll(() => scenario.simulator.close());

/** Asks as the installation; whatever GitHub's contract doesn't have fails the test. */
async function ask(route: string, body?: unknown) {
  const { simulator, token } = scenario;
  const reply = await rest(simulator, route, { token, ...(body ? { body } : {}) });
  expect(simulator.violations.list).toEqual([]);
  return reply;
}

test.each(routes.map(({ route }) => [route]))('%s is one of GitHub’s routes', (route) => {
  const [method = '', template = ''] = route.split(' ');
  expect(operation(method, template)).toBeDefined();
});

describe('answers fit GitHub’s contract', () => {
  test.each([
    ['GET /repos/acme/widgets', { full_name: 'acme/widgets', default_branch: 'main' }],
    ['GET /repos/acme/widgets/pulls?state=all&base=main', [{ number: 1, title: 'Add parts' }]],
    ['GET /repos/acme/widgets/pulls/1', { number: 1, commits: 2, changed_files: 2, additions: 2 }],
    [
      'GET /repos/acme/widgets/pulls/1/commits',
      [{ commit: { verification: { verified: true } } }, { author: { login: 'ada' } }],
    ],
    [
      'GET /repos/acme/widgets/pulls/1/files',
      [{ filename: 'cog.txt', status: 'added', patch: '@@ -0,0 +1 @@\n+cog' }, {}],
    ],
    ['GET /repos/acme/widgets/commits/feature', { files: [{ filename: 'wheel.txt' }], stats: { total: 1 } }],
    ['GET /repos/acme/widgets/compare/main...feature', { status: 'ahead', total_commits: 2, behind_by: 0 }],
    ['GET /repos/acme/widgets/contents/docs%2Fguide.md?ref=main', { path: 'docs/guide.md', content: btoa('Guide\n') }],
    ['GET /repos/acme/widgets/collaborators/ada/permission', { permission: 'read', role_name: 'read' }],
    ['GET /installation/repositories', { total_count: 1 }],
    ['GET /rate_limit', { resources: { core: { limit: 5000 }, graphql: { limit: 5000 } } }],
    ['GET /meta', { installed_version: expect.any(String) }],
  ])('%s', async (route, expected) => {
    const { status, body } = await ask(route);
    expect(status).toBe(200);
    expect(body).toMatchObject(expected);
  });

  test.each([
    ['GET /app'],
    ['GET /app/installations'],
    ['GET /app/hook/deliveries'],
    ['POST /app-manifests/code/conversions'],
  ])('%s, for the App itself', async (route) => {
    const { simulator } = scenario;
    const { status } = await rest(simulator, route, { token: jwt(simulator) });
    expect(status).toBeLessThan(300);
    expect(simulator.violations.list).toEqual([]);
  });

  test('comments and reactions, the same reaction twice being one', async () => {
    const { body } = await ask('POST /repos/acme/widgets/issues/1/comments', { body: 'Thank you' });
    expect(body).toMatchObject({ body: 'Thank you', user: { login: 'countersign[bot]', type: 'Bot' } });
    const route = `POST /repos/acme/widgets/issues/comments/${body.id}/reactions`;
    expect((await ask(route, { content: 'eyes' })).status).toBe(201);
    expect((await ask(route, { content: 'eyes' })).status).toBe(200);
  });

  test('membership is a status and nothing else', async () => {
    expect(await ask('GET /orgs/acme/members/ada')).toMatchObject({ status: 204, body: '' });
    expect(await ask('GET /orgs/acme/members/mallory')).toMatchObject({ status: 404 });
    expect(await ask('GET /orgs/ada/members/ada')).toMatchObject({ status: 404 });
  });
});

describe('what GitHub’s contract doesn’t have is an error and a violation', () => {
  test.each([
    ['a route that nobody has', 'GET /repos/acme/widgets/wheels', undefined, 'contract', 404],
    ['a route that only GitHub has', 'GET /repos/acme/widgets/labels', undefined, 'not-simulated', 404],
    ['a query parameter', 'GET /repos/acme/widgets/pulls?status=open', undefined, 'contract', 422],
    ['a value that a parameter can’t have', 'GET /repos/acme/widgets/pulls?state=merged', undefined, 'contract', 422],
    ['a property', 'POST /repos/acme/widgets/issues/1/comments', { body: 'x', text: 'x' }, 'contract', 422],
    ['a property’s type', 'POST /repos/acme/widgets/issues/1/comments', { body: 1 }, 'contract', 422],
    ['a missing property', 'POST /repos/acme/widgets/check-runs', { head_sha: 'x' }, 'contract', 422],
  ])('%s', async (_, route, body, kind, status) => {
    const { simulator, token } = scenario;
    const reply = await rest(simulator, route, { token, ...(body ? { body } : {}) });
    expect(reply.status).toBe(status);
    expect(simulator.violations.list[0]).toMatchObject({ kind });
  });
});

test.each([
  ['GET /repos/acme/nothing'],
  ['GET /repos/acme/widgets/pulls/99'],
  ['GET /repos/acme/widgets/contents/none.md'],
  ['GET /repos/acme/widgets/commits/none'],
  ['GET /repos/acme/widgets/compare/none...feature'],
  ['GET /repos/acme/widgets/check-runs/1'],
  ['GET /repos/acme/widgets/collaborators/nobody/permission'],
])('%s is not found, which is no violation', async (route) => {
  expect((await ask(route)).status).toBe(404);
});

describe('lists', () => {
  test('have pages that lead on by their link header', async () => {
    const { repository } = scenario;
    repository.commit('long', ...Array.from({ length: 5 }, (_, at) => ({ message: `${at}` })));
    const first = await ask('GET /repos/acme/widgets/compare/main...long?per_page=2');
    expect(first.body).toMatchObject({ total_commits: 5, commits: [{ commit: { message: '0' } }, {}] });
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    const { pathname, search } = new URL(next);
    const second = await ask(`GET ${pathname.replace('/api/v3', '')}${search}`);
    expect(second.body.commits.map((one: { commit: { message: string } }) => one.commit.message)).toEqual(['2', '3']);
  });

  test('end after 250 commits of a pull request', async () => {
    const { repository } = scenario;
    repository.commit('huge', ...Array.from({ length: 251 }, (_, at) => ({ message: `${at}` })));
    const { number } = await repository.openPullRequest({ author: 'ada', head: 'huge' });
    const last = await ask(`GET /repos/acme/widgets/pulls/${number}/commits?per_page=100&page=3`);
    expect(last.body).toHaveLength(50);
    expect((await ask(`GET /repos/acme/widgets/pulls/${number}`)).body.commits).toBe(251);
  });
});

describe('the dependency review', () => {
  const ci = '.github/workflows/ci.yml';
  const steps = (...uses: string[]) =>
    `jobs: { a: { steps: [${uses.map((one) => `{ uses: "${one}" }`).join(', ')}] } }`;

  test('names the actions that come in and go by workflows, as GitHub does', async () => {
    const { repository } = scenario;
    const sha = 'a'.repeat(40);
    repository.state.dependencyReview = [];
    const [before] = repository.commit('uses', {
      message: 'One',
      files: { [ci]: steps('octo/a@v1', 'octo/b@v2', './own', 'docker://alpine:3') },
    });
    const used = ['octo/a@v1', 'octo/b@v3', 'octo/c/sub@1.2', 'octo/d@v1.2.3', `octo/e@${sha}`, 'octo/f@main'];
    const [after] = repository.commit('uses', { message: 'Two', files: { [ci]: steps(...used) } });
    const { body } = await ask(`GET /repos/acme/widgets/dependency-graph/compare/${before}...${after}`);
    expect(
      body.map((one: Record<string, unknown>) => `${one.change_type} ${one.name} ${one.version} ${one.package_url}`),
    ).toEqual([
      'added octo/b 3.*.* pkg:githubactions/octo/b@3.%2A.%2A',
      'added octo/c/sub 1.2.* pkg:githubactions/octo/c/sub@1.2.%2A',
      'added octo/d 1.2.3 pkg:githubactions/octo/d@1.2.3',
      `added octo/e ${sha} pkg:githubactions/octo/e@${sha}`,
      'added octo/f main pkg:githubactions/octo/f@main',
      'removed octo/b 2.*.* pkg:githubactions/octo/b@2.%2A.%2A',
    ]);
    expect(body[0]).toMatchObject({ ecosystem: 'actions', manifest: ci, license: null });
  });

  test('is refused where the dependency graph is off', async () => {
    scenario.repository.state.dependencyReview = null;
    expect((await ask('GET /repos/acme/widgets/dependency-graph/compare/main...feature')).status).toBe(403);
  });
});

test('a comparison says that a branch doesn’t contain a commit, though it can be read through the repository', async () => {
  const { repository } = scenario;
  const fork = repository.fork('mallory');
  const [sha = ''] = fork.commit('elsewhere', { message: 'Only in the fork' });
  expect((await ask(`GET /repos/acme/widgets/commits/${sha}`)).status).toBe(200);
  expect((await ask(`GET /repos/acme/widgets/compare/main...${sha}`)).body.status).toBe('ahead');
});

test('each request is logged with its operation, installation and points, and can be counted', async () => {
  const { simulator, installation } = scenario;
  simulator.requests.reset();
  await ask('GET /repos/acme/widgets');
  await ask('GET /repos/acme/widgets');
  await ask('POST /repos/acme/widgets/issues/1/comments', { body: 'x' });
  expect(simulator.requests.counts()).toEqual({
    'GET /repos/{owner}/{repo}': 2,
    'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': 1,
  });
  expect(simulator.requests.requests.at(-1)).toMatchObject({
    method: 'POST',
    installation: installation.state.id,
    status: 201,
    points: 5,
    fault: null,
  });
});
