// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { AnswerError, classify, HeldError, MovedError, mayBeUnderWay } from '../../src/github/errors.ts';

const now = Date.UTC(2026, 0, 1);
const soon = now / 1000 + 90;

const http = (status: number, message: string, headers: object = {}) =>
  Object.assign(new Error(message), { name: 'HttpError', status, response: { headers } });
/** As Octokit makes it: what GitHub said comes after the message's first line. */
const graphql = (errors: { type?: string; message?: string; [more: string]: unknown }[], headers: object = {}) =>
  Object.assign(
    new Error(['Request failed due to following response errors:', ...errors.map((e) => ` - ${e.message}`)].join('\n')),
    { name: 'GraphqlResponseError', errors, headers },
  );

describe('Tried again, and when:', () => {
  test.each<[string, unknown, number | null]>([
    ['a server error', http(502, 'Bad gateway'), null],
    ['a request that timed out', Object.assign(new Error('The operation was aborted'), { name: 'TimeoutError' }), null],
    ['a connection that was reset', Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }), null],
    ['a fetch that failed', http(500, 'fetch failed'), null],
    ['a firewall’s page, whatever its status', http(403, '<!DOCTYPE html>\n<title>Blocked</title>'), null],
    ['a page of a server that is being updated', http(404, '\n<html><body>Back soon</body></html>'), null],
    ['a proxy’s page that wants a password', http(407, '<html>Proxy Authentication Required</html>'), null],
    ['GitHub’s own page for a limit', http(429, '<!DOCTYPE html>', { 'retry-after': '60' }), 60_000],
    ['a body that is no JSON', new AnswerError('not as documented'), null],
    ['a head that moved', new MovedError('moved'), null],
    [
      'the primary limit, at its reset',
      http(403, 'API rate limit exceeded', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(soon) }),
      91_000,
    ],
    [
      'the primary limit with status 429',
      http(429, 'Too many', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(soon) }),
      91_000,
    ],
    [
      'a secondary limit, when it says',
      http(403, 'You have exceeded a secondary rate limit', { 'retry-after': '17' }),
      17_000,
    ],
    [
      'a retry-after of years, which is not GitHub’s',
      http(429, 'Slow', { 'retry-after': '99999999999999' }),
      3_600_000,
    ],
    [
      'retry-after before the reset',
      http(429, 'Slow down', { 'retry-after': '5', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(soon) }),
      5_000,
    ],
    [
      'a limit that asks for no wait, after a second all the same',
      http(429, 'Slow down', { 'retry-after': '0' }),
      1_000,
    ],
    ['a secondary limit without a time, after a minute', http(403, 'You have exceeded a secondary rate limit'), 60_000],
    [
      'the primary limit, at its reset by GitHub’s own clock where ours is behind',
      http(403, 'limit', {
        date: new Date(now + 86_400_000).toUTCString(),
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(soon + 86_400),
      }),
      91_000,
    ],
    [
      'or ahead',
      http(403, 'limit', {
        date: new Date(now - 86_400_000).toUTCString(),
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(soon - 86_400),
      }),
      91_000,
    ],
    ['a reset that has passed', http(403, 'limit', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' }), 1_000],
    ['GraphQL’s own limit', graphql([{ type: 'RATE_LIMITED' }], { 'x-ratelimit-reset': String(soon) }), 91_000],
    [
      'GraphQL’s own limit as it is told since 2025',
      graphql([{ type: 'RATE_LIMIT', code: 'graphql_rate_limit' }], { 'x-ratelimit-reset': String(soon) }),
      91_000,
    ],
    [
      'GraphQL’s secondary limit, when it says',
      graphql([{ message: 'You have exceeded a secondary rate limit.' }], { 'retry-after': '17' }),
      17_000,
    ],
    [
      'GraphQL’s secondary limit without a time, after a minute',
      graphql([{ message: 'You have exceeded a secondary rate limit.' }]),
      60_000,
    ],
    [
      'a reset days away, which a wrong clock makes of one within the hour',
      http(403, 'limit', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 + 2 * 86_400) }),
      3_601_000,
    ],
    [
      'GraphQL’s "something went wrong"',
      graphql([{ message: 'Something went wrong while executing your query.' }]),
      null,
    ],
  ])('%s', (_, error, after) => {
    expect(classify(error, now)).toMatchObject({ kind: 'retry', after });
  });

  test('a token that is no longer taken, with a new one', () => {
    expect(classify(http(401, 'Bad credentials'), now)).toMatchObject({ kind: 'retry', refreshToken: true });
  });
});

describe('Left alone:', () => {
  test.each<[string, unknown, boolean | undefined]>([
    ['a suspended installation', http(403, 'This installation has been suspended'), undefined],
    ['a permission that was not granted', http(403, 'Resource not accessible by integration'), undefined],
    ['a repository taken down', http(451, 'Unavailable for legal reasons'), undefined],
    ['what is not there, unless it is not there yet', http(404, 'Not Found'), true],
    [
      'a repository that GraphQL can’t resolve, unless not yet',
      graphql([{ type: 'NOT_FOUND', path: ['repository'] }]),
      true,
    ],
    ['what GraphQL forbids', graphql([{ type: 'FORBIDDEN' }]), undefined],
  ])('%s', (_, error, perhaps) => {
    expect(classify(error, now)).toEqual({ kind: 'gone', why: expect.any(String), ...(perhaps ? { perhaps } : {}) });
  });
});

describe('Ours to mend:', () => {
  test.each<[string, unknown]>([
    ['a type error', new TypeError('x is not a function')],
    ['a request that GitHub finds invalid', http(422, 'Validation Failed')],
    ['a query that does not fit the schema', graphql([{ message: "Field 'nope' doesn't exist on type 'Query'" }])],
    ['an input that GraphQL refuses', graphql([{ type: 'UNPROCESSABLE', message: 'No commit found for SHA' }])],
    ['something that is no error', 'oops'],
    ['nothing at all', undefined],
  ])('%s', (_, error) => {
    expect(classify(error, now).kind).toBe('unexpected');
  });
});

test('Only the first line of a message is kept, bounded', () => {
  expect(classify(new Error(`${'x'.repeat(9_999)}\nsecret`), now).why).toHaveLength(500);
});

test('What GraphQL said is told, not that it said something', () => {
  const { why } = classify(graphql([{ message: 'Something went wrong.' }, { message: 'And again.' }]), now);
  expect(why).toBe('Something went wrong. | And again.');
});

const page =
  'a web page with status 502 in place of an answer, as an overloaded GitHub, a proxy or a firewall gives it';
test.each([
  ['<!DOCTYPE html>\n<!--\n\nHello future GitHubber!\n-->\n<html>', page],
  ['  <html lang="en"><body>Bad gateway</body></html>', page],
  ['Bad gateway\nmore', 'Bad gateway'],
  ['<3 lines are wanted', '<3 lines are wanted'],
])('of the message %j says %j', (message, why) => {
  expect(classify(http(502, message), now).why).toBe(why);
});

describe('GitHub may still be at what it was asked for', () => {
  const answered = graphql([{ message: 'Something went wrong' }]);
  test.each<[string, object, boolean]>([
    ['where no answer came', Object.assign(new Error('socket hang up'), { name: 'HttpError', status: 500 }), true],
    ['where a gateway answered in its place', http(502, 'Bad gateway'), true],
    ['and is not where it refused', http(403, 'Resource not accessible by integration'), false],
    ['and is not where it told what went wrong', answered, false],
    ['and is not where nothing was sent', new HeldError(1000, 'left alone'), false],
  ])('%s', (_, error, may) => {
    expect(mayBeUnderWay(error)).toBe(may);
  });
});
