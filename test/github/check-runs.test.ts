// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { planCheckRuns } from '../../src/github/check-runs.ts';
import { type PostedCheckRun, postedCheckRuns } from '../../src/github/posted.ts';
import { type CheckRunOutput, digest } from '../../src/report/check-run.ts';

const head = 'a'.repeat(40);
const output = (name: string, more: Partial<CheckRunOutput> = {}): CheckRunOutput => ({
  name,
  conclusion: 'success',
  title: 'Fine',
  summary: 'All fine.',
  text: 'Nothing.',
  annotations: [],
  ...more,
});
const annotation = { path: 'a', startLine: 1, endLine: 1, level: 'failure' as const, title: 't', message: 'm' };
const run = (name: string, more: Partial<PostedCheckRun> = {}): PostedCheckRun => ({
  id: `id-${name}`,
  name,
  completed: true,
  digest: digest(output(name)),
  annotated: false,
  ...more,
});
const posted = (runs: PostedCheckRun[], rerequested = false) => ({
  headSha: head,
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

  test('made anew after "Re-run", though it says the same, or the suite would wait for ever', () => {
    expect(ids(posted([run('DCO')], true), [output('DCO')])).toEqual([null]);
  });
});

describe('What is posted', () => {
  const node = { id: 'i', name: 'DCO', status: 'COMPLETED', conclusion: 'SUCCESS', externalId: 'd', annotations: null };
  const commit = (status: string, nodes: (typeof node)[]) => ({
    oid: head,
    checkSuites: { nodes: [{ status, checkRuns: { nodes } }] },
  });

  test('is read from the head’s suites', () => {
    const { runs, rerequested } = postedCheckRuns(head, commit('COMPLETED', [node]));
    expect([...runs.values()]).toEqual([{ id: 'i', name: 'DCO', completed: true, digest: 'd', annotated: false }]);
    expect(rerequested).toBe(false);
  });

  test('was asked for again where the suite is reset and has runs; a fresh suite is only waiting', () => {
    expect(postedCheckRuns(head, commit('QUEUED', [node])).rerequested).toBe(true);
    expect(postedCheckRuns(head, commit('QUEUED', [])).rerequested).toBe(false);
  });

  test('of another commit does not count', () => {
    expect(postedCheckRuns('b'.repeat(40), commit('COMPLETED', [node])).runs.size).toBe(0);
  });
});
