// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { plainJson } from '../../src/github/plain-json.ts';
import { expectingGitHub } from '../helpers/github.ts';

const github = expectingGitHub();

/** What the plugin makes of an answer with this body, and whether it left reading it to Octokit. */
async function answerTo(url: string, body: string) {
  type Options = { url: string; request?: { parseSuccessResponseBody?: boolean } };
  const options: Options = { url };
  let answer: Promise<{ readonly data: unknown }> | undefined;
  plainJson({
    hook: {
      wrap: (_, wrapper) => {
        answer = wrapper(async () => ({ data: new Response(body).body }), options);
      },
    },
  });
  const data = (await answer)?.data;
  return { data, leftToOctokit: options.request?.parseSuccessResponseBody !== false };
}

describe('An answer of GraphQL', () => {
  test('is read as JSON', async () => {
    expect(await answerTo('https://api.github.com/graphql', '{"data":{"a":[1,"ä"]}}')).toEqual({
      data: { data: { a: [1, 'ä'] } },
      leftToOctokit: false,
    });
  });

  test.each(['<html>502</html>', ''])('that is no JSON (%p) stays the text that it is', async (text) => {
    expect(await answerTo('http://github.example.com/api/graphql', text)).toMatchObject({ data: text });
  });

  test('comes through the whole of Octokit', async () => {
    github.graphql('Viewer', { viewer: { login: 'ada' } });
    expect(await github.client.graphql('query Viewer { viewer { login } }')).toEqual({ viewer: { login: 'ada' } });
  });

  test('that tells of errors is thrown with what it holds', async () => {
    github.graphql('Viewer', { viewer: null }, [{ type: 'NOT_FOUND', message: 'none', path: ['viewer'] }]);
    await expect(github.client.graphql('query Viewer { viewer { login } }')).rejects.toMatchObject({
      name: 'GraphqlResponseError',
      data: { viewer: null },
      errors: [{ type: 'NOT_FOUND' }],
    });
  });
});

describe('An answer of REST', () => {
  test('is left to Octokit', async () => {
    expect(await answerTo('https://api.github.com/app', '{}')).toMatchObject({ leftToOctokit: true });
  });
});
