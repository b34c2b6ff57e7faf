// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { planCheckRuns } from '../../src/github/check-runs.ts';
import { externalId, type PostedCheckRun, postedCheckRuns } from '../../src/github/posted.ts';
import type { PostedRun } from '../../src/overrides/overrides.ts';
import { type CheckRunOutput, digest } from '../../src/report/check-run.ts';

const head = 'a'.repeat(40);
const output = (name: string, more: Partial<CheckRunOutput> = {}): CheckRunOutput => ({
  name,
  conclusion: 'success',
  title: 'Fine',
  summary: 'All fine.',
  text: 'Nothing.',
  annotations: [],
  actions: [],
  ...more,
});
const annotation = { path: 'a', startLine: 1, endLine: 1, level: 'failure' as const, title: 't', message: 'm' };
const run = (name: string, more: Partial<PostedCheckRun> = {}): PostedCheckRun => ({
  id: `id-${name}`,
  name,
  completed: true,
  mark: '7',
  digest: digest(output(name)),
  annotated: false,
  ...more,
});
const posted = (runs: PostedCheckRun[], rerequested = false, attempts: PostedRun[] = []) => ({
  headSha: head,
  mark: '7',
  attempts,
  runs: new Map(runs.map((one) => [one.name, one])),
  rerequested,
});
const ids = (...args: Parameters<typeof planCheckRuns>) => planCheckRuns(...args).map(({ id }) => id);

describe('A check run is', () => {
  test('made where there is none of its name', () => {
    expect(ids(posted([run('Other')]), [output('DCO')])).toEqual([null]);
  });

  test('left alone where it says the same', () => {
    expect(ids(posted([run('DCO')]), [output('DCO')])).toEqual([]);
  });

  test.each<[string, Partial<PostedCheckRun>]>([
    ['says something else', { digest: 'other' }],
    ['was not made by this App’s digest', { digest: null }],
    ['was never completed', { completed: false }],
  ])('brought up to date where it %s', (_, more) => {
    expect(ids(posted([run('DCO', more)]), [output('DCO')])).toEqual(['id-DCO']);
  });

  test('superseded where it has, or gets, annotations, which an update could only add to', () => {
    expect(ids(posted([run('DCO', { digest: 'x', annotated: true })]), [output('DCO')])).toEqual([null]);
    expect(ids(posted([run('DCO')]), [output('DCO', { annotations: [annotation] })])).toEqual([null]);
  });

  test('superseded where it belongs to another pull request with the same head, whose age must not count here', () => {
    expect(ids(posted([run('DCO', { mark: '8', digest: 'x' })]), [output('DCO')])).toEqual([null]);
    expect(ids(posted([run('DCO', { mark: null })]), [output('DCO')])).toEqual([null]);
    expect(ids(posted([run('DCO', { mark: '8' })]), [output('DCO')])).toEqual([null]);
  });

  test('left alone where another pull request’s run says the same and this one has had its own', () => {
    const own = { name: 'DCO', headSha: head, mark: '7', startedAt: null };
    expect(ids(posted([run('DCO', { mark: '8' })], false, [own]), [output('DCO')])).toEqual([]);
  });

  test('made anew after "Re-run", though it says the same, or the suite would wait for ever', () => {
    expect(ids(posted([run('DCO')], true), [output('DCO')])).toEqual([null]);
  });
});

describe('What is posted', () => {
  const digestOfIt = 'd'.repeat(64);
  const node = {
    id: 'i',
    name: 'DCO',
    status: 'COMPLETED',
    conclusion: 'SUCCESS',
    externalId: externalId('7', digestOfIt),
    annotations: null,
  };
  const commit = (status: string, nodes: (typeof node)[], attempts: string[] = []) => {
    const all = attempts.map((externalId) => ({ name: 'DCO', startedAt: '2026-01-31T12:00:00Z', externalId }));
    return { oid: head, checkSuites: { nodes: [{ status, checkRuns: { nodes }, attempts: { nodes: all } }] } };
  };

  test('is read from the head’s suites', () => {
    const { runs, rerequested } = postedCheckRuns(head, commit('COMPLETED', [node]), '7');
    expect([...runs.values()]).toEqual([
      { id: 'i', name: 'DCO', completed: true, mark: '7', digest: digestOfIt, annotated: false },
    ]);
    expect(rerequested).toBe(false);
  });

  test('tells for which pull request each attempt was made', () => {
    const moved = '7@0123456789abcdef';
    const marks = [
      ...['7', moved, 'queue'].map((mark) => externalId(mark, digestOfIt)),
      digestOfIt,
      `7:${digestOfIt} `,
    ];
    const { attempts } = postedCheckRuns(head, commit('COMPLETED', [node], marks), '7');
    expect(attempts.map(({ mark }) => mark)).toEqual(['7', moved, 'queue', null, null]);
  });

  test('was asked for again where the suite is reset and has runs; a fresh suite is only waiting', () => {
    expect(postedCheckRuns(head, commit('QUEUED', [node]), '7').rerequested).toBe(true);
    expect(postedCheckRuns(head, commit('QUEUED', []), '7').rerequested).toBe(false);
  });

  test('of another commit does not count', () => {
    expect(postedCheckRuns('b'.repeat(40), commit('COMPLETED', [node]), '7').runs.size).toBe(0);
  });
});
