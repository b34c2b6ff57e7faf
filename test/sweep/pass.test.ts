// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { writeMark } from '../../src/github/mark.ts';
import type { InstalledRepository } from '../../src/github/open-pull-requests.ts';
import { createAllowance } from '../../src/sweep/allowance.ts';
import { createAsked } from '../../src/sweep/asked.ts';
import { goOn, type PassContext, type PassProgress, startPass } from '../../src/sweep/pass.ts';
import type { Look } from '../../src/sweep/sweep-report.ts';
import { shaOf } from '../helpers/contribution.ts';
import { expectingGitHub } from '../helpers/github.ts';

const github = expectingGitHub();
const now = Date.parse('2026-01-02T00:00:00Z');
const noon = '2026-01-01T12:00:00Z';

function repository(name: string, openIssues: number, more: Partial<InstalledRepository> = {}): InstalledRepository {
  return { id: 1, ref: { installationId: 7, owner: 'octo', name }, openIssues, changedAt: Date.parse(noon), ...more };
}

/** A pass for which no daily look is due. */
const passOver = (repositories: InstalledRepository[], lost: number[] = []) =>
  startPass(repositories, { startedAt: now, since: now, lost: new Set(lost) });

function contextWith(more: Partial<PassContext> = {}) {
  const looks: Look[] = [];
  const context: PassContext = {
    client: github.client,
    appId: 42,
    allowance: createAllowance(1, () => now),
    asked: createAsked(),
    underWay: 60_000,
    now: () => now,
    have: async (look) => void looks.push(look),
    signal: new AbortController().signal,
    ...more,
  };
  const progress: PassProgress = { repositories: 0, pullRequests: 0, looks: [] };
  return { context, progress, looks };
}

const rateLimit = (more: object = {}) => ({
  rateLimit: { limit: 5000, remaining: 4000, cost: 3, resetAt: '2026-01-02T01:00:00Z', ...more },
});

function suites(runs: readonly string[]) {
  const nodes = runs.map((externalId, index) => {
    return { id: `CR_${index}`, name: `check ${index}`, status: 'COMPLETED', conclusion: 'SUCCESS', externalId };
  });
  return { checkSuites: { nodes: [{ status: 'COMPLETED', checkRuns: { nodes } }] } };
}
const judged = (number: number) => [
  writeMark({ digest: 'a'.repeat(64), annotated: false, pullRequests: [number], stretch: `${number}` }),
];

/** A pull request without check runs, unless told otherwise. */
function pull(number: number, { runs = [] as string[], updatedAt = noon, queued = false } = {}) {
  const oid = shaOf(number);
  const commits = { nodes: [{ commit: { oid, ...suites(runs) } }] };
  return { number, updatedAt, headRefOid: oid, baseRefName: 'main', isInMergeQueue: queued, commits };
}
const page = (nodes: (object | null)[], endCursor: string | null = null) => ({
  pullRequests: { pageInfo: { hasNextPage: endCursor !== null, endCursor }, nodes },
});
const numbers = (looks: readonly Look[]) =>
  looks.map(({ subject, reason }) => [subject.kind === 'pull-request' ? subject.number : subject.kind, reason]);

describe('A pass', () => {
  test('reads several repositories in one request, those that changed last first, and has looked at what lacks checks', async () => {
    const heads = github.graphql('Heads', {
      ...rateLimit(),
      r0: page([pull(1), pull(2, { runs: judged(2) })]),
      r1: page([null, pull(3)]),
    });
    const pass = passOver([repository('old', 1, { changedAt: 0 }), repository('busy', 2), repository('empty', 0)]);
    const { context, progress, looks } = contextWith();
    expect(await goOn(pass, context, progress)).toBe(true);
    expect(heads.variables).toMatchObject({ appId: 42, name0: 'busy', name1: 'old', after0: null });
    expect(numbers(looks)).toEqual([
      [1, 'no-checks'],
      [3, 'no-checks'],
    ]);
    expect(progress).toMatchObject({ repositories: 2, pullRequests: 3, looks });
  });

  test('follows pages to the last', async () => {
    github.graphql('Heads', { ...rateLimit(), r0: page([pull(1)], 'next') });
    const second = github.graphql('Heads', { ...rateLimit(), r0: page([pull(2)]) });
    const { context, progress, looks } = contextWith();
    expect(await goOn(passOver([repository('a', 500)]), context, progress)).toBe(true);
    expect(second.variables).toMatchObject({ after0: 'next' });
    expect(numbers(looks).map(([number]) => number)).toEqual([1, 2]);
  });

  test('asks for at most a hundred pull requests at once', async () => {
    const first = github.graphql('Heads', { ...rateLimit(), r0: page([]), r1: page([]) });
    const second = github.graphql('Heads', { ...rateLimit(), r0: page([]) });
    const { context, progress } = contextWith();
    await goOn(passOver([repository('a', 60), repository('b', 40), repository('c', 1)]), context, progress);
    expect([first.variables, second.variables]).toMatchObject([{ name0: 'a', name1: 'b' }, { name0: 'c' }]);
  });

  test.each(['NOT_FOUND', 'FORBIDDEN'])('goes on without a repository that GitHub answers %s for', async (type) => {
    const gone = [{ type, path: ['r0'], message: 'No' }];
    github.graphql('Heads', { ...rateLimit(), r0: null, r1: page([pull(2)]) }, gone);
    const { context, progress, looks } = contextWith();
    expect(await goOn(passOver([repository('gone', 1), repository('there', 1)]), context, progress)).toBe(true);
    expect(numbers(looks)).toEqual([[2, 'no-checks']]);
  });

  test('leaves alone what changed a moment ago, whose webhook is under way', async () => {
    github.graphql('Heads', { ...rateLimit(), r0: page([pull(1, { updatedAt: '2026-01-01T23:59:30Z' })]) });
    const { context, progress, looks } = contextWith();
    await goOn(passOver([repository('a', 1)]), context, progress);
    expect(looks).toEqual([]);
  });

  test('has every pull request of a repository looked at whose webhooks were lost', async () => {
    github.graphql('Heads', { ...rateLimit(), r0: page([pull(1, { runs: judged(1) })]), r1: page([]) });
    const pass = passOver([repository('a', 1), repository('b', 1, { id: 2 })], [1]);
    const { context, progress, looks } = contextWith();
    await goOn(pass, context, progress);
    expect(numbers(looks)).toEqual([[1, 'webhooks-lost']]);
  });

  test('asks for nothing twice within minutes', async () => {
    const { context, progress, looks } = contextWith();
    for (const _ of ['first', 'second']) {
      github.graphql('Heads', { ...rateLimit(), r0: page([pull(1)]) });
      await goOn(passOver([repository('a', 1)]), context, progress);
    }
    expect(numbers(looks)).toEqual([[1, 'no-checks']]);
  });

  test('asks even repositories without open issues once a day', async () => {
    const heads = github.graphql('Heads', { ...rateLimit(), r0: page([]) });
    const pass = startPass([repository('empty', 0)], { startedAt: now, since: 0, lost: new Set() });
    const { context, progress } = contextWith();
    await goOn(pass, context, progress);
    expect(heads.variables).toMatchObject({ name0: 'empty' });
  });
});

describe('A pass whose share is spent', () => {
  test('stops before what it found is put, and goes on there', async () => {
    github.graphql('Heads', { ...rateLimit({ limit: 10, remaining: 10, cost: 7 }), r0: page([pull(1), pull(2)]) });
    const pass = passOver([repository('a', 2)]);
    const { context, progress, looks } = contextWith();
    expect(await goOn(pass, context, progress)).toBe(false);
    expect(numbers(looks)).toEqual([[1, 'no-checks']]);
    const later = { ...context, allowance: createAllowance(1, () => now) };
    expect(await goOn(pass, later, progress)).toBe(true);
    expect(numbers(looks)).toEqual([
      [1, 'no-checks'],
      [2, 'no-checks'],
    ]);
  });

  test('stops before it reads on', async () => {
    github.graphql('Heads', { ...rateLimit({ limit: 10, remaining: 10, cost: 9 }), r0: page([]) });
    const pass = passOver([repository('a', 100), repository('b', 100)]);
    const { context, progress } = contextWith();
    expect(await goOn(pass, context, progress)).toBe(false);
    expect(pass.requests.map(({ repository: { name } }) => name)).toEqual(['b']);
  });

  test('still sees to merge queues, which hold up people', async () => {
    github.graphql('Heads', {
      ...rateLimit({ limit: 10, remaining: 10, cost: 10 }),
      r0: page([pull(1, { runs: judged(1), queued: true }), pull(2, { queued: true })]),
    });
    const entry = (number: number, state: string, runs: string[]) => ({
      state,
      enqueuedAt: noon,
      baseCommit: { oid: shaOf(number + 10) },
      headCommit: { oid: shaOf(number + 20), ...suites(runs) },
      pullRequest: { number },
    });
    const queue = github.graphql('QueueHeads', {
      ...rateLimit({ limit: 10, remaining: 0 }),
      repository: {
        mergeQueue: {
          entries: {
            nodes: [
              entry(1, 'AWAITING_CHECKS', []),
              entry(2, 'AWAITING_CHECKS', [
                writeMark({ digest: 'a'.repeat(64), annotated: false, pullRequests: [], stretch: 'queue' }),
              ]),
              entry(3, 'QUEUED', []),
            ],
          },
        },
      },
    });
    const { context, progress, looks } = contextWith();
    expect(await goOn(passOver([repository('a', 2)]), context, progress)).toBe(false);
    expect(queue.variables).toMatchObject({ owner: 'octo', name: 'a', branch: 'main' });
    expect(looks).toEqual([
      {
        reason: 'no-checks',
        subject: {
          kind: 'merge-group',
          repository: { installationId: 7, owner: 'octo', name: 'a' },
          headSha: shaOf(21),
          headRef: `gh-readonly-queue/main/pr-1-${shaOf(11)}`,
          baseSha: shaOf(11),
          baseRef: 'main',
        },
      },
    ]);
  });
});

test('What could not be stored is put again by the next sweep, and nothing else', async () => {
  github.graphql('Heads', { ...rateLimit(), r0: page([pull(1), pull(2), pull(3)]) });
  const pass = passOver([repository('busy', 3)]);
  let waiting = 0;
  let most = 0;
  let broken = true;
  const put: number[] = [];
  const have: PassContext['have'] = async ({ subject }) => {
    waiting += 1;
    most = Math.max(most, waiting);
    await new Promise(setImmediate);
    waiting -= 1;
    const number = subject.kind === 'pull-request' ? subject.number : 0;
    if (broken && number === 2) throw new Error('the disk is full');
    put.push(number);
  };
  const { context, progress } = contextWith({ have });
  await expect(goOn(pass, context, progress)).rejects.toThrow('the disk is full');
  broken = false;
  expect(await goOn(pass, context, progress)).toBe(true);
  expect(put).toEqual([1, 3, 2]);
  expect(progress.looks).toHaveLength(3);
  // Together, since a storage takes many as fast as one.
  expect(most).toBe(3);
});

test('A pass stops at once when it is told to', async () => {
  const { context, progress } = contextWith({ signal: AbortSignal.abort() });
  expect(await goOn(passOver([repository('a', 1)]), context, progress)).toBe(false);
});
