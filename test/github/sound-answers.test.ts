// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { createAppAuth } from '@octokit/auth-app';
import { octokitWith } from '../../src/github/client.ts';
import { classify } from '../../src/github/errors.ts';
import { createLimiter, type RequestObserver } from '../../src/github/limiter.ts';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

type Answers = readonly (() => Response)[];
const json = (text: string, status = 200) => {
  return () => new Response(text, { status, headers: { 'content-type': 'application/json' } });
};
const token = (fields: object) => json(JSON.stringify({ expires_at: '2030-01-01T00:00:00Z', ...fields }), 201);
const page = () =>
  new Response('<!doctype html><title>Maintenance</title>', {
    headers: { 'content-type': 'text/html; charset=utf-8' },
  });

/** A client of an installation, of a GitHub that answers in turn as told; `sent` are the authorisations of its requests. */
function clientOf(answers: Answers) {
  const left = [...answers];
  const sent: (string | undefined)[] = [];
  const results: number[] = [];
  const observer: RequestObserver = {
    answered: ({ status }) => results.push(status),
    budget: () => {},
    held: () => {},
  };
  const Octokit = octokitWith(createLimiter(undefined, observer));
  const client = new Octokit({
    authStrategy: createAppAuth,
    auth: { appId: 1, privateKey, installationId: 2 } as object,
    request: {
      fetch: async (_: string, { headers }: { headers: Readonly<Record<string, string>> }) => {
        sent.push(headers.authorization?.replace(/^bearer .*/, 'the App'));
        const answer = left.shift();
        if (answer === undefined) throw new TypeError('fetch failed');
        return answer();
      },
    },
  });
  return { client, sent, results };
}

const failure = async (asked: Promise<unknown>) => {
  const [came] = await Promise.allSettled([asked]);
  return came.status === 'rejected' ? classify(came.reason, 0) : came.value;
};

describe('An answer without a token', () => {
  test.each<[string, () => Response]>([
    ['that is none', token({})],
    ['with an empty one', token({ token: '' })],
    ['with what no header can hold', token({ token: 'a\nb' })],
    ['that is null', json('null', 201)],
    ['that is cut off', json('{"tok', 201)],
    ['that is a proxy’s page', page],
  ])('%s, is tried again, and never used', async (_, answer) => {
    const { client, sent } = clientOf([answer, token({ token: 'ghs_good' }), json('{"data":{"viewer":"ada"}}')]);
    const ask = () => client.graphql('query Viewer { viewer }');
    expect(await failure(ask())).toMatchObject({ kind: 'retry', after: null });
    expect(await ask()).toEqual({ viewer: 'ada' });
    expect(sent).toEqual(['the App', 'the App', 'token ghs_good']);
  });
});

describe('An answer with a good status that is none', () => {
  const granted = token({ token: 'ghs_good' });

  test.each<[string, () => Response, RegExp]>([
    ['a proxy’s page', page, /^a web page with status 200 in place of an answer/],
    ['null', json('null'), /^GitHub's answer to a question of GraphQL is not as documented/],
  ])('of GraphQL, %s, is tried again', async (_, answer, why) => {
    const { client } = clientOf([granted, answer]);
    expect(await failure(client.graphql('query Viewer { viewer }'))).toEqual({
      kind: 'retry',
      why: expect.stringMatching(why),
      after: null,
    });
  });

  test('of a list, a proxy’s page, is tried again', async () => {
    const { client } = clientOf([granted, page]);
    expect(await failure(client.paginate('GET /installation/repositories'))).toMatchObject({ kind: 'retry' });
  });

  test('is counted as no answer of GitHub’s, as is a request that failed on its way', async () => {
    const { client, results } = clientOf([granted, page]);
    await failure(client.request('GET /rate_limit'));
    await failure(client.request('GET /rate_limit'));
    expect(results).toEqual([201, 0, 0]);
  });
});
