// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { octokitWith } from '../../src/github/client.ts';
import { createLimiter, publishedLimits } from '../../src/github/limiter.ts';

const limiters: ReturnType<typeof createLimiter>[] = [];
const limiterOf = (...limits: Parameters<typeof createLimiter>) => {
  const limiter = createLimiter(...limits);
  limiters.push(limiter);
  return limiter;
};
afterEach(() => {
  for (const limiter of limiters.splice(0)) limiter.close();
});

/** An Octokit of one installation whose requests end when the test says so. */
function clientOf(limiter: ReturnType<typeof createLimiter>, installationId: number) {
  const waiting: (() => void)[] = [];
  const fetch = () =>
    new Promise<Response>((resolve) => {
      waiting.push(() => resolve(new Response('{"data":{}}', { headers: { 'content-type': 'application/json' } })));
    });
  const Octokit = octokitWith(limiter);
  const client = new Octokit({
    auth: { token: 'x', installationId } as object,
    authStrategy: () =>
      Object.assign(async () => ({}), {
        hook: (request: (options: unknown) => unknown, options: unknown) => request(options),
      }),
    request: { fetch },
  });
  return { client, waiting };
}
/** Waits until that many requests wait for an answer, then some turns more for one too many to show. */
const settled = async (waiting: unknown[], count: number) => {
  while (waiting.length < count) await turn();
  for (let turns = 0; turns < 50; turns += 1) await turn();
};

describe('The limiter in force is ours, not Octokit’s:', () => {
  test('as many requests run at once as GitHub allows an installation', async () => {
    const limiter = limiterOf();
    const { client, waiting } = clientOf(limiter, 1);
    const requests = Array.from({ length: 130 }, () =>
      client.request('POST /repos/{owner}/{repo}/issues', { owner: 'o', repo: 'r', title: 't' }),
    );
    await settled(waiting, publishedLimits.concurrent);
    expect(waiting).toHaveLength(publishedLimits.concurrent);
    expect(limiter.pending(1)).toBe(130);
    for (let answered = 0; answered < requests.length; answered += 1) {
      await settled(waiting, 1);
      waiting.shift()?.();
    }
    await Promise.all(requests);
    expect(limiter.pending(1)).toBe(0);
  });

  test('GraphQL is held to its points a minute, a mutation counting five', async () => {
    const limiter = limiterOf({ concurrent: 100, pointsPerMinute: 12, query: 1, mutation: 5 });
    const { client, waiting } = clientOf(limiter, 1);
    for (let number = 0; number < 3; number += 1) client.graphql('mutation CheckRuns { x }').catch(() => {});
    for (let number = 0; number < 3; number += 1) client.graphql('query { x }').catch(() => {});
    await settled(waiting, 2);
    expect(waiting).toHaveLength(2);
  });

  test('one installation at its limit holds up no other', async () => {
    const limiter = limiterOf({ concurrent: 1, pointsPerMinute: 1, query: 1, mutation: 5 });
    const [one, other] = [clientOf(limiter, 1), clientOf(limiter, 2)];
    one.client.graphql('query { x }').catch(() => {});
    one.client.graphql('query { x }').catch(() => {});
    other.client.graphql('query { x }').catch(() => {});
    await settled(other.waiting, 1);
    expect([one.waiting.length, other.waiting.length]).toEqual([1, 1]);
  });
});
