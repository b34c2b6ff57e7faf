// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { octokitWith } from '../../src/github/client.ts';
import { createLimiter } from '../../src/github/limiter.ts';
import { expectingGitHub } from '../helpers/github.ts';

const github = expectingGitHub();

interface Sent {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const granted = async () => ({ token: 'secret' });

/** Asks a GitHub that answers in turn as told; what came of it, what was sent, and how often Octokit authorised a request. */
async function ask(answers: readonly (() => Response)[], baseUrl = 'https://api.github.com', auth = granted) {
  const sent: Sent[] = [];
  let authorised = 0;
  const left = [...answers];
  const fetch = async (url: string, request: Omit<Sent, 'url'>) => {
    sent.push({ url, ...request });
    return left.shift()?.();
  };
  const Octokit = octokitWith(createLimiter());
  const client = new Octokit({
    authStrategy: () =>
      Object.assign(() => auth(), {
        hook: (request: (options: unknown) => unknown, options: unknown) => {
          authorised += 1;
          return request(options);
        },
      }),
    baseUrl,
    request: { fetch },
  });
  const asked = client.graphql('query Viewer($a: Int!) { viewer }', { a: 1 });
  const [came] = await Promise.allSettled([asked]);
  return { came, sent, authorised };
}

const json = (body: object, status = 200, headers: Readonly<Record<string, string>> = {}) => {
  return () =>
    new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
};

describe('A request of GraphQL', () => {
  test.each([
    ['https://api.github.com', 'https://api.github.com/graphql'],
    ['http://github.example.com/api/v3', 'http://github.example.com/api/graphql'],
  ])('to %s has what Octokit would send', async (baseUrl, url) => {
    const { sent, authorised } = await ask([json({ data: {} })], baseUrl);
    expect(sent).toEqual([
      {
        url,
        method: 'POST',
        headers: expect.objectContaining({
          accept: 'application/vnd.github.v3+json',
          authorization: 'token secret',
          'content-type': 'application/json; charset=utf-8',
          'user-agent': expect.stringMatching(/^countersign /),
        }),
        body: '{"query":"query Viewer($a: Int!) { viewer }","variables":{"a":1}}',
      },
    ]);
    expect(authorised).toBe(0);
  });

  test('is left to Octokit where GitHub gives no token, since it may be for this machine’s clock', async () => {
    const refused = async () => {
      throw Object.assign(new Error("'Issued at' claim ('iat') must be an Integer"), { status: 401 });
    };
    const { came, authorised } = await ask([json({ data: { viewer: 'ada' } })], undefined, refused);
    expect(came).toEqual({ status: 'fulfilled', value: { viewer: 'ada' } });
    expect(authorised).toBe(1);
  });

  test('is left to Octokit where the token is not taken, since it may only be too new', async () => {
    const { came, sent, authorised } = await ask([json({}, 401), json({ data: { viewer: 'ada' } })]);
    expect(came).toEqual({ status: 'fulfilled', value: { viewer: 'ada' } });
    expect([sent.length, authorised]).toEqual([2, 1]);
  });
});

describe('An answer of GraphQL', () => {
  test('is read as JSON', async () => {
    const { came } = await ask([json({ data: { a: [1, 'ä'] } })]);
    expect(came).toEqual({ status: 'fulfilled', value: { a: [1, 'ä'] } });
  });

  test.each(['<html>Please log in</html>', ''])('that is no JSON (%p) is none', async (text) => {
    const { came } = await ask([() => new Response(text)]);
    expect(came).toMatchObject({ status: 'rejected', reason: { name: 'AnswerError' } });
  });

  test.each([
    ['JSON', json({ message: 'API rate limit exceeded' }, 403, { 'retry-after': '7' }), 'API rate limit exceeded'],
    ['a page', () => new Response('Bad gateway', { status: 403, headers: { 'retry-after': '7' } }), 'Bad gateway'],
    [
      'a number',
      () => new Response('1', { status: 403, headers: { 'retry-after': '7' } }),
      'an error without a message',
    ],
  ])('with another status is thrown as Octokit does, with %s', async (_, answer, message) => {
    const { came } = await ask([answer]);
    const response = { status: 403, headers: { 'retry-after': '7' } };
    expect(came).toMatchObject({ reason: { name: 'HttpError', status: 403, message, response } });
    expect(JSON.stringify(came)).not.toContain('secret');
  });

  test('that tells of errors is thrown with what it holds', async () => {
    github.graphql('Viewer', { viewer: null }, [{ type: 'NOT_FOUND', message: 'none', path: ['viewer'] }]);
    await expect(github.client.graphql('query Viewer { viewer { login } }')).rejects.toMatchObject({
      name: 'GraphqlResponseError',
      data: { viewer: null },
      errors: [{ type: 'NOT_FOUND' }],
    });
  });

  test('that never comes is thrown as Octokit does, with the reason', async () => {
    const away = () => {
      throw new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') });
    };
    const { came } = await ask([away]);
    expect(came).toMatchObject({ reason: { name: 'HttpError', status: 500, message: 'connect ECONNREFUSED' } });
  });
});

test('A request of REST is left to Octokit', async () => {
  github.rest('GET /app', 200, { slug: 'countersign' });
  expect((await github.client.request('GET /app')).data).toEqual({ slug: 'countersign' });
});
