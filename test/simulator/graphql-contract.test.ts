// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { graphql, tokenFor } from './testing/client.ts';
import { type Scenario, startScenario } from './testing/scenario.ts';

let scenario: Scenario;

beforeAll(async () => {
  scenario = await startScenario();
});

afterEach(() => scenario.simulator.violations.clear());
afterAll(() => scenario.simulator.close());

const ask = (query: string, variables = {}) => graphql(scenario.simulator, scenario.token, query, variables);
const inRepository = (fields: string) => `query Read { repository(owner: "acme", name: "widgets") { ${fields} } }`;

describe('a query that GitHub would refuse is an error and a violation', () => {
  test.each([
    ['a field that GitHub does not have', 'pullRequest(number: 1) { mergability }', /Cannot query field "mergability"/],
    ['an argument that GitHub does not have', 'pullRequest(id: 1) { id }', /Unknown argument "id"/],
    ['an argument of the wrong type', 'pullRequest(number: "1") { id }', /Int cannot represent/],
    ['a fragment that cannot apply', 'owner { ... on Blob { text } }', /can never be of type "Blob"/],
    ['no GraphQL at all', '}', /Syntax Error/],
  ])('%s', async (_, fields, message) => {
    const { body, status } = await ask(inRepository(fields));
    expect(status).toBe(200);
    expect(body.data).toBeUndefined();
    expect(body.errors[0].message).toMatch(message);
    expect(scenario.simulator.violations.list[0]).toMatchObject({
      kind: 'contract',
      message: expect.stringMatching(message),
    });
  });

  test('a variable of the wrong type', async () => {
    const { body } = await ask(
      'query Read($n: Int!) { repository(owner: "acme", name: "widgets") { pullRequest(number: $n) { id } } }',
      { n: 'one' },
    );
    expect(body.data).toBeUndefined();
    expect(scenario.simulator.violations.list).toMatchObject([{ kind: 'contract', where: 'query Read' }]);
  });
});

describe('what GitHub has and the simulator lacks is an error and a violation, never null', () => {
  test.each([
    ['a field', 'stargazerCount', 'The simulator does not implement Repository.stargazerCount'],
    [
      'a field below an empty list',
      'pullRequests(first: 1, states: [MERGED]) { nodes { checksUrl } }',
      'The simulator does not implement PullRequest.checksUrl',
    ],
    [
      'an argument',
      'pullRequests(first: 1, labels: ["x"]) { totalCount }',
      'The simulator does not implement Repository.pullRequests(labels:)',
    ],
    [
      'a field of a type behind an interface',
      'owner { ... on Organization { teams(first: 1) { totalCount } } }',
      'The simulator does not implement Organization.teams',
    ],
  ])('%s', async (_, fields, message) => {
    const { body } = await ask(inRepository(fields));
    expect(body.data).toBeUndefined();
    expect(body.errors).toEqual([{ message }]);
    expect(scenario.simulator.violations.list).toEqual([{ kind: 'not-simulated', where: 'query Read', message }]);
  });
});

describe('GitHub’s limits', () => {
  test.each([
    ['no page size', 'commits { totalCount }', 'MISSING_PAGINATION_BOUNDARIES'],
    ['a page of more than 100', 'commits(first: 101) { totalCount }', 'EXCESSIVE_PAGINATION'],
    ['a cursor that GitHub never gave', 'commits(first: 1, after: "x") { totalCount }', 'INVALID_CURSOR_ARGUMENTS'],
  ])('%s is refused', async (_, fields, type) => {
    const { body } = await ask(inRepository(`pullRequest(number: 1) { ${fields} }`));
    expect(body.errors).toMatchObject([{ type }]);
  });

  test('half a million nodes in one query are the most', async () => {
    const commits = 'commits(first: 100) { nodes { commit { parents(first: 100) { totalCount } } } }';
    const { body } = await ask(inRepository(`pullRequests(first: 100) { nodes { ${commits} } }`));
    expect(body.errors).toMatchObject([{ type: 'MAX_NODE_LIMIT_EXCEEDED' }]);
    expect(scenario.simulator.violations.list).toMatchObject([{ kind: 'limit' }]);
  });
});

test('what isn’t there is null with an error of type NOT_FOUND, and no violation', async () => {
  const { body } = await ask('query { repository(owner: "acme", name: "gone") { id } }');
  expect(body).toEqual({
    data: { repository: null },
    errors: [
      {
        type: 'NOT_FOUND',
        path: ['repository'],
        locations: [{ line: 1, column: 9 }],
        message: "Could not resolve to a Repository with the name 'acme/gone'.",
      },
    ],
  });
  expect(scenario.simulator.violations.list).toEqual([]);
});

describe('a field beyond the token’s permissions is FORBIDDEN and a violation', () => {
  const number = 'pullRequest(number: 1)';
  test.each([
    ['contents', `object(expression: "main:README.md") { oid }`],
    ['pull_requests', `${number} { id }`],
    ['merge_queues', 'mergeQueue { id }'],
    ['checks', `${number} { commits(first: 1) { nodes { commit { checkSuites(first: 1) { totalCount } } } } }`],
  ])('%s', async (permission, fields) => {
    const { simulator, installation } = scenario;
    const all = { checks: 'read', contents: 'read', pull_requests: 'read', merge_queues: 'read' };
    const permissions = Object.fromEntries(Object.entries(all).filter(([name]) => name !== permission));
    const token = await tokenFor(simulator, installation.state.id, { permissions });
    const { body } = await graphql(simulator, token, inRepository(fields));
    expect(body.errors[0]).toMatchObject({
      type: 'FORBIDDEN',
      message: 'Resource not accessible by integration',
      extensions: { saml_failure: false },
    });
    expect(simulator.violations.list[0]).toMatchObject({ kind: 'permission', message: `needs ${permission}: read` });
  });
});
