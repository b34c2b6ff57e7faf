// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import nock from 'nock';
import { type Client, octokitWith } from '../../src/github/client.ts';
import { createLimiter, type Limiter } from '../../src/github/limiter.ts';

const api = 'https://api.github.com';

export interface ExpectingGitHub {
  /** Speaks to github.com, which answers what was expected and nothing else. */
  readonly client: Client;
  /** The same for another installation, or at another time: nothing that the first was told holds it up. */
  anotherClient(): Client;
  /** Expects one REST request, such as `GET /orgs/o/members/ada`. */
  rest(request: string, status: number, body?: object, headers?: Record<string, string>): void;
  /** Expects one GraphQL request by its operation's name. Returns its variables once it has come. */
  graphql(operation: string, data: object | null, errors?: readonly object[]): { readonly variables: unknown };
}

/**
 * GitHub as far as a test expects it, for handlers that speak to it; call it once in a test file. A request that no test
 * expected fails the test, and so does an expected one that never came.
 */
export function expectingGitHub(): ExpectingGitHub {
  const unexpected: string[] = [];
  const note = (request: { method?: string; path?: string }) => unexpected.push(`${request.method} ${request.path}`);
  let limiter = createLimiter();
  let client = clientWith(limiter);
  const others: Limiter[] = [];
  beforeAll(() => {
    nock.disableNetConnect();
    nock.emitter.on('no match', note);
  });
  beforeEach(() => {
    // What one test was told of rate limits must not hold the next one's requests.
    limiter = createLimiter();
    client = clientWith(limiter);
  });
  afterEach(() => {
    for (const each of [limiter, ...others.splice(0)]) each.close();
    const neverCame = nock.pendingMocks();
    nock.cleanAll();
    expect({ neverCame, unexpected: unexpected.splice(0) }).toEqual({ neverCame: [], unexpected: [] });
  });
  afterAll(() => {
    nock.emitter.off('no match', note);
    // nock stays in force for the test files that the same process runs next, and would refuse their loopback too.
    nock.enableNetConnect();
    nock.restore();
  });
  return {
    get client() {
      return client;
    },
    anotherClient: () => {
      const other = createLimiter();
      others.push(other);
      return clientWith(other);
    },
    rest: (request, status, body = {}, headers = {}) => {
      const [method = '', path = ''] = request.split(' ');
      nock(api).intercept(path, method).reply(status, body, headers);
    },
    graphql: (operation, data, errors) => {
      const came: { variables: unknown } = { variables: undefined };
      const asked = new RegExp(`^\\s*(?:query|mutation) ${operation}\\b`);
      nock(api)
        .post('/graphql', ({ query, variables }) => {
          if (!asked.test(String(query))) return false;
          came.variables = variables;
          return true;
        })
        .reply(200, { data, ...(errors && { errors }) });
      return came;
    },
  };
}

function clientWith(limiter: Limiter): Client {
  const Octokit = octokitWith(limiter);
  return new Octokit({ auth: { token: 'a token of the test' } });
}
