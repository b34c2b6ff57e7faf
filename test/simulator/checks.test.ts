// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { PullRequestHandle } from './handles/pull-request.ts';
import { graphql, rest } from './testing/client.ts';
import { type Scenario, startScenario } from './testing/scenario.ts';

let scenario: Scenario;
let pullRequest: PullRequestHandle;
let branches = 0;

beforeAll(async () => {
  scenario = await startScenario();
});

beforeEach(async () => {
  branches += 1;
  const head = `checks-${branches}`;
  scenario.repository.commit(head, { message: 'x', files: { [head]: 'x\n' } });
  pullRequest = await scenario.repository.openPullRequest({ author: 'ada', head });
});

afterEach(() => scenario.simulator.violations.clear());
afterAll(() => scenario.simulator.close());

const mutation = (name: string, input: string) =>
  `mutation Post($input: ${input}!) { ${name}(input: $input) { clientMutationId checkRun { id databaseId name status conclusion } } }`;

function create(input: Record<string, unknown>) {
  const { simulator, token, repository } = scenario;
  const variables = {
    input: { repositoryId: repository.state.nodeId, headSha: pullRequest.state.headSha, name: 'DCO', ...input },
  };
  return graphql(simulator, token, mutation('createCheckRun', 'CreateCheckRunInput'), variables);
}

function update(checkRunId: string, input: Record<string, unknown>) {
  const { simulator, token, repository } = scenario;
  const variables = { input: { repositoryId: repository.state.nodeId, checkRunId, ...input } };
  return graphql(simulator, token, mutation('updateCheckRun', 'UpdateCheckRunInput'), variables);
}

async function suites() {
  const { simulator, token, repository } = scenario;
  const runs = 'checkRuns(first: 10, filterBy: { checkType: $type }) { totalCount nodes { name status conclusion } }';
  const query = `query Suites($owner: String!, $name: String!, $sha: GitObjectID!, $type: CheckRunType!) { repository(owner: $owner, name: $name) { object(oid: $sha) { ... on Commit { checkSuites(first: 5) { totalCount nodes { status conclusion app { databaseId } ${runs} } } } } } }`;
  const { owner, name } = { owner: 'acme', name: repository.state.name };
  const read = async (type: string) => {
    const variables = { owner, name, sha: pullRequest.state.headSha, type };
    return (await graphql(simulator, token, query, variables)).body.data.repository.object.checkSuites;
  };
  return { latest: await read('LATEST'), all: await read('ALL') };
}

const output = { title: 'Fine', summary: 'All is well' };

describe('a check run', () => {
  test('is completed by its conclusion', async () => {
    const { body } = await create({ conclusion: 'SUCCESS', output, clientMutationId: 'a' });
    expect(body.data.createCheckRun).toMatchObject({
      clientMutationId: 'a',
      checkRun: { name: 'DCO', status: 'COMPLETED', conclusion: 'SUCCESS' },
    });
    expect(scenario.simulator.violations.list).toEqual([]);
  });

  test('keeps what an update leaves out, and adds up its annotations', async () => {
    const annotation = {
      path: 'README.md',
      location: { startLine: 1, endLine: 1 },
      annotationLevel: 'WARNING',
      message: 'Look',
    };
    const { body } = await create({
      conclusion: 'FAILURE',
      externalId: 'e',
      output: { ...output, annotations: [annotation] },
    });
    await update(body.data.createCheckRun.checkRun.id, {
      output: { ...output, text: 'More', annotations: [annotation] },
    });
    expect(pullRequest.check('DCO')).toMatchObject({
      conclusion: 'FAILURE',
      externalId: 'e',
      text: 'More',
      title: 'Fine',
    });
    expect(pullRequest.check('DCO')?.annotations).toHaveLength(2);
  });

  test('needs a commit that is there', async () => {
    const { body } = await create({ headSha: 'a'.repeat(40) });
    expect(body.errors).toMatchObject([
      { type: 'UNPROCESSABLE', message: `No commit found for SHA: ${'a'.repeat(40)}` },
    ]);
  });

  test('of another repository is not found', async () => {
    const { simulator, token } = scenario;
    const other = simulator.repository(`acme/other-${branches}`);
    const { body } = await create({ conclusion: 'SUCCESS', output });
    const variables = { input: { repositoryId: other.state.nodeId, checkRunId: body.data.createCheckRun.checkRun.id } };
    const reply = await graphql(simulator, token, mutation('updateCheckRun', 'UpdateCheckRunInput'), variables);
    expect(reply.body.errors).toMatchObject([{ type: 'NOT_FOUND' }]);
  });

  const line = (at: number) => ({ startLine: at, endLine: at });
  const note = (more: object) => ({ path: 'a', location: line(1), annotationLevel: 'NOTICE', message: 'm', ...more });
  const action = { label: 'Again', description: 'Look again', identifier: 'again' };
  test.each([
    ['a summary of 65,536 characters', { output: { ...output, summary: 'x'.repeat(65_536) } }],
    ['a text of 65,536 characters', { output: { ...output, text: 'ä'.repeat(65_536) } }],
    ['51 annotations', { output: { ...output, annotations: Array.from({ length: 51 }, () => note({})) } }],
    ['an annotation on line 0', { output: { ...output, annotations: [note({ location: line(0) })] } }],
    [
      'columns across lines',
      { output: { ...output, annotations: [note({ location: { startLine: 1, endLine: 2, startColumn: 1 } })] } },
    ],
    ['four actions', { actions: [action, action, action, action] }],
    ['a label of 21 characters', { actions: [{ ...action, label: 'x'.repeat(21) }] }],
    ['completion without a conclusion', { status: 'COMPLETED' }],
    ['a conclusion that only GitHub can set', { conclusion: 'STALE' }],
  ])('is refused with %s', async (_, input) => {
    const { body } = await create(input);
    expect(body.errors).toMatchObject([{ type: 'UNPROCESSABLE' }]);
    expect(scenario.simulator.violations.list).toMatchObject([{ kind: 'limit', where: 'createCheckRun' }]);
    expect(pullRequest.check('DCO')).toBeUndefined();
  });

  test('is accepted at each limit', async () => {
    const annotations = Array.from({ length: 50 }, () => note({}));
    await create({
      conclusion: 'SUCCESS',
      output: { ...output, summary: 'x'.repeat(65_535), annotations },
      actions: [action],
    });
    expect(scenario.simulator.violations.list).toEqual([]);
    expect(pullRequest.check('DCO')?.annotations).toHaveLength(50);
  });
});

describe('a check suite', () => {
  test('is one for an App and a commit, and the newest run of a name counts', async () => {
    await create({ conclusion: 'FAILURE', output });
    await create({ name: 'License', conclusion: 'SUCCESS', output });
    await create({ conclusion: 'SUCCESS', output });
    const { latest, all } = await suites();
    expect(latest).toMatchObject({ totalCount: 1, nodes: [{ status: 'COMPLETED', conclusion: 'SUCCESS' }] });
    expect(latest.nodes[0].app.databaseId).toBe(scenario.simulator.app.id);
    expect(latest.nodes[0].checkRuns).toEqual({
      totalCount: 2,
      nodes: [
        { name: 'DCO', status: 'COMPLETED', conclusion: 'SUCCESS' },
        { name: 'License', status: 'COMPLETED', conclusion: 'SUCCESS' },
      ],
    });
    expect(all.nodes[0].checkRuns.totalCount).toBe(3);
  });

  test.each([
    [['SUCCESS', 'FAILURE', 'NEUTRAL'], 'FAILURE'],
    [['SUCCESS', 'ACTION_REQUIRED'], 'ACTION_REQUIRED'],
    [['SKIPPED', 'SUCCESS'], 'SUCCESS'],
    [['NEUTRAL', 'SKIPPED'], 'NEUTRAL'],
  ])('that holds %j concludes with %s', async (conclusions, expected) => {
    for (const [at, conclusion] of conclusions.entries()) await create({ name: `Check ${at}`, conclusion, output });
    expect((await suites()).latest.nodes[0]).toMatchObject({ status: 'COMPLETED', conclusion: expected });
  });

  test('is in progress while one of its runs is', async () => {
    await create({ conclusion: 'SUCCESS', output });
    await create({ name: 'Slow', status: 'IN_PROGRESS' });
    expect((await suites()).latest.nodes[0]).toMatchObject({ status: 'IN_PROGRESS', conclusion: null });
  });

  test('that is run again is queued without a conclusion, while its runs stay as they are', async () => {
    await create({ conclusion: 'FAILURE', output });
    await pullRequest.rerun('DCO');
    const { latest } = await suites();
    expect(latest.nodes[0]).toMatchObject({
      status: 'QUEUED',
      conclusion: null,
      checkRuns: { nodes: [{ status: 'COMPLETED', conclusion: 'FAILURE' }] },
    });
    await create({ conclusion: 'SUCCESS', output });
    expect((await suites()).latest.nodes[0]).toMatchObject({ status: 'COMPLETED', conclusion: 'SUCCESS' });
  });
});

describe('REST', () => {
  const call = (route: string, body?: unknown) =>
    rest(scenario.simulator, route, { token: scenario.token, ...(body ? { body } : {}) });

  test('makes, changes, reads, lists and runs checks again', async () => {
    const head_sha = pullRequest.state.headSha;
    const made = await call('POST /repos/acme/widgets/check-runs', { name: 'DCO', head_sha, status: 'in_progress' });
    expect(made).toMatchObject({ status: 201, body: { name: 'DCO', status: 'in_progress', conclusion: null } });
    const path = `/repos/acme/widgets/check-runs/${made.body.id}`;
    const changed = await call(`PATCH ${path}`, { conclusion: 'failure', output });
    expect(changed).toMatchObject({ status: 200, body: { status: 'completed', conclusion: 'failure', output } });
    expect((await call(`GET ${path}`)).body.pull_requests).toMatchObject([{ number: pullRequest.number }]);
    await call('POST /repos/acme/widgets/check-runs', { name: 'DCO', head_sha, conclusion: 'success' });
    const list = `GET /repos/acme/widgets/commits/${head_sha}/check-runs`;
    expect((await call(list)).body).toMatchObject({ total_count: 1, check_runs: [{ conclusion: 'success' }] });
    expect((await call(`${list}?filter=all`)).body.total_count).toBe(2);
    expect((await call(`POST ${path}/rerequest`)).status).toBe(201);
    expect((await suites()).latest.nodes[0]).toMatchObject({ status: 'QUEUED' });
    expect(scenario.simulator.violations.list).toEqual([]);
  });
});

describe('what a pull request’s page shows', () => {
  test('is the newest run of each name, and whether the required ones allow merging', async () => {
    const { repository } = scenario;
    repository.requireChecks(['DCO', 'License']);
    expect(pullRequest.view()).toMatchObject({
      checks: [],
      rollup: null,
      mergeable: false,
      required: [
        { name: 'DCO', state: 'expected' },
        { name: 'License', state: 'expected' },
      ],
    });
    await create({ conclusion: 'ACTION_REQUIRED', output });
    await create({ name: 'License', status: 'QUEUED' });
    expect(pullRequest.view()).toMatchObject({
      rollup: 'FAILURE',
      required: [
        { name: 'DCO', state: 'failed' },
        { name: 'License', state: 'pending' },
      ],
    });
    // Neutral and skipped satisfy a required check as success does.
    await create({ conclusion: 'NEUTRAL', output });
    await create({ name: 'License', conclusion: 'SKIPPED', output });
    expect(pullRequest.view()).toMatchObject({ rollup: 'SUCCESS', mergeable: true });
    await pullRequest.push([{ message: 'Another commit' }]);
    expect(pullRequest.view()).toMatchObject({ checks: [], mergeable: false });
    repository.requireChecks([]);
  });
});
