// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { type Client, octokitWith } from '../../src/github/client.ts';
import { newErrand, onErrand } from '../../src/github/errand.ts';
import { createLimiter } from '../../src/github/limiter.ts';

type Sent = Readonly<Record<string, string>>;

/** Clients of one App whose GitHub answers as told; `sent` holds the headers of every request that reached it. */
function appWith(...answers: (() => Response)[]) {
  const sent: Sent[] = [];
  const Octokit = octokitWith(createLimiter());
  const fetch = async (_: string, { headers }: { headers: Sent }) => {
    sent.push(headers);
    return answers.shift()?.() ?? new Response(null, { status: 500 });
  };
  const clientOf = (installationId: number): Client =>
    new Octokit({
      auth: { installationId } as object,
      authStrategy: () =>
        Object.assign(async () => ({}), {
          hook: (request: (options: unknown) => unknown, options: unknown) => request(options),
        }),
      request: { fetch },
    });
  return { clientOf, sent };
}
const ok = (body: object, etag?: string) => () =>
  new Response(JSON.stringify(body), {
    headers: { 'content-type': 'application/json', ...(etag && { etag }) },
  });
const status = (code: number) => () => new Response(code === 304 ? null : '{}', { status: code });

const ada = { owner: 'octo', repo: 'hello', username: 'ada' };
const permission = (client: Client, of = ada) =>
  client
    .request('GET /repos/{owner}/{repo}/collaborators/{username}/permission', of)
    .then(({ data }) => data.permission)
    .catch(({ status }) => status);

describe('A read that is under way', () => {
  test('is not sent a second time', async () => {
    const { clientOf, sent } = appWith(ok({ permission: 'write' }), ok({ permission: 'read' }));
    expect(await Promise.all([permission(clientOf(1)), permission(clientOf(1))])).toEqual(['write', 'write']);
    expect(await permission(clientOf(1))).toBe('read');
    expect(sent).toHaveLength(2);
  });

  test('fails for all that wait for it, and is sent again afterwards', async () => {
    const { clientOf } = appWith(status(502), ok({ permission: 'read' }));
    expect(await Promise.all([permission(clientOf(1)), permission(clientOf(1))])).toEqual([502, 502]);
    expect(await permission(clientOf(1))).toBe('read');
  });

  test.each<[string, (clientOf: (installationId: number) => Client) => Promise<unknown>]>([
    ['of somebody else', (clientOf) => permission(clientOf(1), { ...ada, username: 'ben' })],
    ['by another installation', (clientOf) => permission(clientOf(2))],
    ['by a sweep, which may have to wait', (clientOf) => onErrand(newErrand('sweep'), () => permission(clientOf(1)))],
  ])('is another one %s', async (_, other) => {
    const { clientOf, sent } = appWith(ok({ permission: 'write' }), ok({ permission: 'read' }));
    expect(await Promise.all([permission(clientOf(1)), other(clientOf)])).toEqual(['write', 'read']);
    expect(sent).toHaveLength(2);
  });

  test('is none where it writes', async () => {
    const { clientOf, sent } = appWith(ok({}), ok({}));
    const mutate = () => clientOf(1).graphql('mutation { x }');
    await Promise.all([mutate(), mutate()]);
    expect(sent).toHaveLength(2);
  });
});

describe('Of what rarely changes', () => {
  test('GitHub is asked only whether the last answer still holds', async () => {
    const { clientOf, sent } = appWith(
      ok({ permission: 'write' }, '"1"'),
      status(304),
      ok({ permission: 'read' }, '"2"'),
      status(304),
    );
    const client = clientOf(1);
    expect([
      await permission(client),
      await permission(client),
      await permission(client),
      await permission(client),
    ]).toEqual(['write', 'write', 'read', 'read']);
    expect(sent.map((headers) => headers['if-none-match'])).toEqual([undefined, '"1"', '"1"', '"2"']);
  });

  test('nothing is granted from memory after it was taken away', async () => {
    const { clientOf, sent } = appWith(ok({ permission: 'write' }, '"1"'), status(404), ok({ permission: 'none' }));
    const client = clientOf(1);
    expect([await permission(client), await permission(client), await permission(client)]).toEqual([
      'write',
      404,
      'none',
    ]);
    expect(sent.at(-1)).not.toHaveProperty('if-none-match');
  });

  test.each<[string, object]>([
    ['a permission', { permissions: 'write' }],
    ['anything', {}],
  ])('an answer that lacks %s is not asked after, but asked for again', async (_, malformed) => {
    const { clientOf, sent } = appWith(ok(malformed, '"1"'), ok({ permission: 'write' }, '"1"'));
    const client = clientOf(1);
    expect([await permission(client), await permission(client)]).toEqual([undefined, 'write']);
    expect(sent[1]).not.toHaveProperty('if-none-match');
  });
});
