// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { type Client, octokitWith } from '../../src/github/client.ts';
import { newErrand, onErrand } from '../../src/github/errand.ts';
import { classify, type Failure } from '../../src/github/errors.ts';
import { createLimiter } from '../../src/github/limiter.ts';
import { type Limits, publishedLimits } from '../../src/github/limits.ts';
import { rateLimitField } from '../../src/github/rate-budget.ts';
import { type CounterFor, ownCounters } from '../../src/github/windows.ts';
import { files, read } from '../house/tree.ts';

const limiters: ReturnType<typeof createLimiter>[] = [];
const limiterOf = (...limits: Parameters<typeof createLimiter>) => {
  const limiter = createLimiter(...limits);
  limiters.push(limiter);
  return limiter;
};
afterEach(() => {
  for (const limiter of limiters.splice(0)) limiter.close();
});

type Limiter = ReturnType<typeof createLimiter>;

const answer = (body: string, status = 200, headers: Readonly<Record<string, string>> = {}) =>
  new Response(body, { status, headers: { 'content-type': 'application/json', ...headers } });

/** An Octokit of one installation whose requests end when the test says so. */
function clientOf(limiter: Limiter, installationId: number) {
  const waiting: (() => void)[] = [];
  const fetch = () =>
    new Promise<Response>((resolve) => {
      waiting.push(() => resolve(answer('{"data":{}}')));
    });
  return { client: clientWith(limiter, installationId, fetch), waiting };
}

function clientWith(limiter: Limiter, installationId: number, fetch: () => Promise<Response>): Client {
  const Octokit = octokitWith(limiter);
  return new Octokit({
    auth: { token: 'x', installationId } as object,
    authStrategy: () =>
      Object.assign(async () => ({}), {
        hook: (request: (options: unknown) => unknown, options: unknown) => request(options),
      }),
    request: { fetch },
  });
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
    const requests = Array.from({ length: 130 }, (_, number) =>
      number % 2 === 0
        ? checkRuns(client)
        : client.request('GET /repos/{owner}/{repo}', { owner: 'octo', repo: `number-${number}` }),
    );
    await settled(waiting, publishedLimits.concurrent);
    expect(waiting).toHaveLength(publishedLimits.concurrent);
    expect(limiter.pending(1)).toBe(130);
    for (let answered = 0; answered < requests.length; answered += 1) {
      await settled(waiting, 1);
      waiting.shift()?.();
    }
    await Promise.all(requests);
    await turn();
    expect(limiter.pending(1)).toBe(0);
  });

  test('one installation at its limit holds up no other', async () => {
    const limiter = limiterOf({ ...publishedLimits, graphqlPerMinute: 1 });
    const [one, other] = [clientOf(limiter, 1), clientOf(limiter, 2)];
    const first = one.client.graphql('query { x }');
    await settled(one.waiting, 1);
    await expect(one.client.graphql('query { x }')).rejects.toThrow("not sent: GitHub's limits a minute are reached");
    other.client.graphql('query { x }').catch(() => {});
    await settled(other.waiting, 1);
    one.waiting.shift()?.();
    await first;
  });
});

test('A request whose token has still to be asked for does not wait for the place that it has itself', async () => {
  const sent: string[] = [];
  const Octokit = octokitWith(limiterOf({ ...publishedLimits, concurrent: 1 }));
  const client: Client = new Octokit({
    authStrategy: () =>
      Object.assign(async () => ({}), {
        hook: async (request: (options: unknown) => unknown, options: { readonly url: string }) => {
          if (!options.url.endsWith('/access_tokens')) {
            await client.request('POST /app/installations/{installation_id}/access_tokens', { installation_id: 1 });
          }
          return request(options);
        },
      }),
    request: {
      fetch: async (url: string) => {
        sent.push(new URL(url).pathname);
        return answer('{"token":"x"}');
      },
    },
  });
  const names = ['one', 'two', 'three'];
  await Promise.all(names.map((repo) => client.request('GET /repos/{owner}/{repo}', { owner: 'octo', repo })));
  expect(sent.filter((path) => path.startsWith('/repos/'))).toEqual(names.map((name) => `/repos/octo/${name}`));
});

test('Of the requests that wait their turn, those that somebody waits for go before those of a sweep', async () => {
  const { client, waiting } = clientOf(limiterOf({ ...publishedLimits, concurrent: 1 }), 1);
  const order: string[] = [];
  const ask = (who: string, urgency: 'person' | 'sweep') =>
    onErrand(newErrand(urgency), () => query(client)).then(() => order.push(who));
  const asked = [ask('first', 'sweep'), ask('sweep', 'sweep'), ask('person', 'person'), ask('another', 'person')];
  for (let answered = 0; answered < asked.length; answered += 1) {
    await settled(waiting, 1);
    waiting.shift()?.();
  }
  await Promise.all(asked);
  expect(order).toEqual(['first', 'person', 'another', 'sweep']);
});

/** Sends requests one after the other, all answered at once; tells which of them were sent. */
async function sentOf(limits: Partial<Limits>, requests: readonly ((client: Client) => Promise<unknown>)[]) {
  const client = clientWith(limiterOf({ ...publishedLimits, ...limits }), 1, async () => answer('{"data":{}}'));
  const sent: boolean[] = [];
  for (const request of requests) {
    const failure = await request(client).then(
      () => null,
      (error: Error) => error.name,
    );
    expect([null, 'HeldError']).toContain(failure);
    sent.push(failure === null);
  }
  return sent;
}
const query = (client: Client) => client.graphql('query { x }');
const checkRuns = (client: Client) => client.graphql('mutation CheckRuns { run0: createCheckRun(input: $x) { y } }');
const answered = (client: Client) =>
  client.graphql('mutation CheckRuns { run0: createCheckRun(input: $x) { y } say0: addComment(input: $z) { y } }');
const reply = (client: Client) => client.graphql('mutation Reply { addComment(input: $x) { y } }');
const repository = { owner: 'octo', repo: 'hello' };
const get = (client: Client) => client.request('GET /repos/{owner}/{repo}', repository);
const comment = (client: Client) =>
  client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
    ...repository,
    issue_number: 1,
    body: 'x',
  });
const redeliver = (client: Client) =>
  client.request('POST /app/hook/deliveries/{delivery_id}/attempts', { delivery_id: 1 });

describe('What would go over GitHub’s limits is not sent:', () => {
  test.each<[string, Partial<Limits>, readonly ((client: Client) => Promise<unknown>)[], readonly boolean[]]>([
    [
      'a GraphQL mutation counts five',
      { graphqlPerMinute: 7 },
      [checkRuns, checkRuns, query, query, query],
      [true, false, true, true, false],
    ],
    [
      'a REST write counts five',
      { restPerMinute: 7 },
      [redeliver, redeliver, get, get, get],
      [true, false, true, true, false],
    ],
    [
      'REST and GraphQL have limits of their own',
      { restPerMinute: 1, graphqlPerMinute: 1 },
      [query, get, query, get],
      [true, true, false, false],
    ],
    [
      'comments count as content',
      { contentPerMinute: 2 },
      [comment, reply, comment, reply, query],
      [true, true, false, false, true],
    ],
    [
      'a verdict is not held up by the comment that goes with it',
      { contentPerMinute: 1 },
      [answered, answered, comment],
      [true, true, false],
    ],
    ['content has a limit an hour too', { contentPerHour: 1 }, [comment, comment, checkRuns], [true, false, true]],
    [
      'check runs and deliveries are no content',
      { contentPerMinute: 0 },
      [checkRuns, redeliver, get],
      [true, true, true],
    ],
    [
      'what was not sent took nothing of another limit',
      { contentPerMinute: 0, restPerMinute: 5 },
      [comment, redeliver],
      [false, true],
    ],
  ])('%s', async (_, limits, requests, sent) => {
    expect(await sentOf(limits, requests)).toEqual(sent);
  });

  test('Limits for comments leave the rest of the installation alone', async () => {
    const client = clientWith(limiterOf({ ...publishedLimits, contentPerMinute: 0 }), 1, async () => answer('{}'));
    const failure = await comment(client).catch((thrown) => classify(thrown, Date.now()));
    expect(failure).toMatchObject({ kind: 'retry', partly: true });
  });

  test('a sweep leaves half of a limit to those that wait', async () => {
    const sweep = (client: Client) => onErrand(newErrand('sweep'), () => query(client));
    expect(await sentOf({ graphqlPerMinute: 4 }, [sweep, sweep, sweep, query, query, query])).toEqual([
      true,
      true,
      false,
      true,
      true,
      false,
    ]);
  });
});

describe('A look that reserves what it is going to cost', () => {
  const look = (client: Client, reserve: number, ...requests: readonly ((client: Client) => Promise<unknown>)[]) =>
    onErrand(newErrand('person', reserve), async () => {
      for (const request of requests) await request(client);
    }).then(
      () => 'ended',
      (thrown) => classify(thrown, Date.now()),
    );
  const clientOfLimit = (graphqlPerMinute: number) => {
    let sent = 0;
    const fetch = async () => {
      sent += 1;
      return answer('{"data":{}}');
    };
    const limiter = limiterOf({ ...publishedLimits, graphqlPerMinute });
    const [client, other] = [clientWith(limiter, 1, fetch), clientWith(limiter, 2, fetch)];
    return { client, other, sent: () => sent };
  };

  test('can end, or is not begun', async () => {
    const { client, sent } = clientOfLimit(13);
    const looks = await Promise.all([
      look(client, 7, query, query, checkRuns),
      look(client, 7, query, query, checkRuns),
    ]);
    expect(looks).toEqual(['ended', { kind: 'retry', why: expect.any(String), after: expect.any(Number) }]);
    expect(sent()).toBe(3);
  });

  test('waits for what others have reserved and may not need, and no longer', async () => {
    const { client } = clientOfLimit(13);
    let end = () => {};
    const first = look(client, 7, query, () => new Promise<void>((resolve) => (end = resolve)));
    await turn();
    const refused = (await look(client, 7, query)) as { readonly after: number };
    expect(refused.after).toBeGreaterThan(0);
    expect(refused.after).toBeLessThanOrEqual(2_000);
    end();
    expect(await first).toBe('ended');
    expect(await look(client, 7, query, query, checkRuns)).toBe('ended');
  });

  test('waits for the next minute where all of this one is spent', async () => {
    const { client } = clientOfLimit(13);
    expect(await look(client, 7, query, query, checkRuns)).toBe('ended');
    const { after } = (await look(client, 7, query)) as { readonly after: number };
    expect(after).toBeGreaterThan(30_000);
  });

  test('takes what it needs beyond that as anybody does', async () => {
    const { client, sent } = clientOfLimit(8);
    expect(await look(client, 7, query, query, query, checkRuns)).toMatchObject({ kind: 'retry' });
    expect(sent()).toBe(3);
  });

  test('leaves to others what it did not need', async () => {
    const { client } = clientOfLimit(8);
    expect(await look(client, 7, query)).toBe('ended');
    expect(await look(client, 7, query, query, checkRuns)).toBe('ended');
    expect(await look(client, 0, query)).toMatchObject({ kind: 'retry' });
  });

  test('may reserve more than there ever is', async () => {
    expect(await look(clientOfLimit(2).client, 7, query, query)).toBe('ended');
  });

  test('pays for another installation’s requests from that one’s limit', async () => {
    const { client, other, sent } = clientOfLimit(7);
    expect(await look(client, 7, query, () => query(other), checkRuns)).toBe('ended');
    expect(await look(other, 0, checkRuns, query, query)).toMatchObject({ kind: 'retry' });
    expect(sent()).toBe(5);
  });
});

describe('What GitHub says is obeyed:', () => {
  const inAnHour = Math.ceil(Date.now() / 1000) + 3600;
  const budget = (remaining: number, resource = 'graphql') => ({
    'x-ratelimit-limit': '5000',
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(inAnHour),
    'x-ratelimit-resource': resource,
  });
  const limitedAnswer = '{"data":null,"errors":[{"type":"RATE_LIMITED","message":"API rate limit exceeded"}]}';

  /** What comes of a request after one that was answered so. */
  async function following(
    first: { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: string },
    next: (client: Client) => Promise<unknown>,
  ): Promise<Failure | 'sent'> {
    const limiter = limiterOf();
    const answers = [answer(first.body ?? '{"data":{}}', first.status, first.headers)];
    const fetch = async () => answers.shift() ?? answer('{"data":{}}');
    const client = clientWith(limiter, 1, fetch);
    await query(client).catch(() => {});
    await query(clientWith(limiter, 2, fetch));
    return next(client).then(
      () => 'sent' as const,
      (thrown) => classify(thrown, Date.now()),
    );
  }
  const sweeping = (client: Client) => onErrand(newErrand('sweep'), () => query(client));

  test.each<[string, Parameters<typeof following>[0]]>([
    ['a primary limit', { status: 403, headers: budget(0) }],
    ['a secondary limit', { status: 403, headers: { 'retry-after': '90' } }],
    [
      'a secondary limit without a time',
      { status: 403, body: '{"message":"You have exceeded a secondary rate limit"}' },
    ],
    ['too many requests', { status: 429 }],
    ['GraphQL’s own word, with status 200', { body: limitedAnswer, headers: budget(0) }],
    ['nothing left of the hour', { headers: budget(0) }],
  ])('%s leaves the installation alone, and no other', async (_, first) => {
    const failure = await following(first, query);
    expect(failure).toMatchObject({ kind: 'retry', after: expect.any(Number) });
    expect(failure).not.toHaveProperty('partly');
  });

  test.each<[string, Parameters<typeof following>[0], (client: Client) => Promise<unknown>]>([
    ['with something left, whoever waits is served', { headers: budget(1) }, query],
    ['with half of the hour left, sweeps go on', { headers: budget(2501) }, sweeping],
    ['REST’s budget says nothing about GraphQL’s', { headers: budget(0, 'core') }, query],
    ['nor does the one of search', { headers: budget(0, 'search') }, query],
    ['a fault is no limit', { status: 502 }, query],
    ['a server without limits is not held to any', {}, sweeping],
  ])('%s', async (_, first, next) => {
    expect(await following(first, next)).toBe('sent');
  });

  test.each([-1, 1])('by its own clock, however wrong ours is, and set right later: by %s days', async (days) => {
    const day = 86_400_000;
    const real = Date.now();
    const wrong = jest.spyOn(Date, 'now').mockReturnValue(real + days * day);
    const limiter = limiterOf();
    const answers = [
      answer('{}', 403, { 'retry-after': '90' }),
      answer('{}', 200, { ...budget(0), date: new Date(real).toUTCString() }),
    ];
    const [first, second] = [1, 2].map((installation) =>
      clientWith(limiter, installation, async () => answers.shift() ?? answer('{}')),
    );
    await query(first as Client).catch(() => {});
    await query(second as Client).catch(() => {});
    wrong.mockRestore();
    const waitOf = (client?: Client) =>
      query(client as Client).then(
        () => 0,
        (thrown) => (classify(thrown, Date.now()) as { readonly after: number }).after,
      );
    expect(await waitOf(first)).toBeGreaterThan(80_000);
    expect(await waitOf(first)).toBeLessThanOrEqual(90_000);
    expect(await waitOf(second)).toBeGreaterThan(3_500_000);
    expect(await waitOf(second)).toBeLessThanOrEqual(3_601_000);
  });

  test('all processes that count together leave the installation alone, and no other', async () => {
    const counters = new Map<string, ReturnType<CounterFor>>();
    const together: CounterFor = (window) => {
      const counter = counters.get(window.keyPrefix) ?? ownCounters(window);
      counters.set(window.keyPrefix, counter);
      return counter;
    };
    const processes = [1, 2].map(() => limiterOf(publishedLimits, undefined, together));
    const answers = [answer('{}', 403, { 'retry-after': '90' })];
    const ask = (process: number, installation: number, urgency: 'person' | 'sweep' = 'person', reserve = 0) =>
      onErrand(newErrand(urgency, reserve), () =>
        query(
          clientWith(processes[process] as Limiter, installation, async () => answers.shift() ?? answer('{"data":{}}')),
        ),
      ).then(
        () => 'sent',
        (thrown) => classify(thrown, Date.now()),
      );
    expect(await ask(0, 1)).toMatchObject({ after: 90_000 });
    for (const failure of [await ask(1, 1), await ask(1, 1, 'sweep'), await ask(1, 1, 'person', 7)]) {
      expect(failure).toEqual({
        kind: 'retry',
        why: 'not sent: GitHub asked to be left alone',
        after: expect.any(Number),
      });
      expect((failure as { readonly after: number }).after).toBeGreaterThan(60_000);
    }
    expect(await ask(1, 2)).toBe('sent');
  });

  test('with less than half of the hour left, sweeps wait, and only they', async () => {
    expect(await following({ headers: budget(2500) }, sweeping)).toMatchObject({ kind: 'retry', partly: true });
  });
});

describe('What a look has cost', () => {
  test('is counted by GitHub’s own word, and in requests', async () => {
    const answers = ['{"data":{"rateLimit":{"cost":3}}}', '{"data":{"rateLimit":null}}', '{"data":{}}'];
    const client = clientWith(limiterOf(), 1, async () => answer(answers.shift() ?? '{}'));
    const errand = newErrand('person');
    await onErrand(errand, () => Promise.all([query(client), query(client), checkRuns(client)]));
    expect(errand).toEqual({ urgency: 'person', requests: 3, points: 5 });
  });

  test('is asked for in every query', () => {
    const paths = files().filter((path) => path.startsWith('src/github/'));
    const sources = paths.map(read).join('\n');
    const queries = [...sources.matchAll(/^query \w+\([^\n]*\) \{\n(.*)$/gm)];
    expect(queries.length).toBeGreaterThan(5);
    expect(rateLimitField).toMatch(/^rateLimit \{.* cost .*\}$/);
    expect(
      queries.filter(([, first]) => !/^\s*(?:rateLimit \{ cost \}|\$\{rateLimitField\})$/.test(first ?? '')),
    ).toEqual([]);
  });
});
