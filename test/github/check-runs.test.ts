// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { planCheckRuns } from '../../src/github/check-runs.ts';
import { type Mark, readMark, writeMark } from '../../src/github/mark.ts';
import { type PostedCheckRun, type PostedCheckRuns, postedCheckRuns } from '../../src/github/posted.ts';
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
const markOf = (one: CheckRunOutput, more: Partial<Mark> = {}): Mark => ({
  digest: digest(one),
  annotated: one.annotations.length > 0,
  pullRequests: [5],
  stretch: '5',
  ...more,
});
const run = (name: string, more: Partial<PostedCheckRun> = {}): PostedCheckRun => ({
  id: `id-${name}`,
  name,
  completed: true,
  mark: markOf(output(name)),
  ...more,
});
const posted = (runs: PostedCheckRun[], rerequested = false, attempts: PostedRun[] = []) => ({
  headSha: head,
  stretch: '5',
  attempts,
  runs: new Map(runs.map((one) => [one.name, one])),
  rerequested,
});
const ids = (before: PostedCheckRuns, outputs: CheckRunOutput[]) =>
  planCheckRuns(before, outputs, [5]).map(({ id }) => id);

describe('A check run is', () => {
  test('made where there is none of its name', () => {
    expect(ids(posted([run('Other')]), [output('DCO')])).toEqual([null]);
  });

  test('left alone where it says the same', () => {
    expect(ids(posted([run('DCO')]), [output('DCO')])).toEqual([]);
  });

  test.each<[string, Partial<PostedCheckRun>]>([
    ['says something else', { mark: markOf(output('DCO', { title: 'Other' })) }],
    ['was never completed', { completed: false }],
    ['says the same of other pull requests', { mark: markOf(output('DCO'), { pullRequests: [4] }) }],
    ['says the same of more pull requests', { mark: markOf(output('DCO'), { pullRequests: [5, 50] }) }],
  ])('brought up to date where it %s', (_, more) => {
    expect(ids(posted([run('DCO', more)]), [output('DCO')])).toEqual(['id-DCO']);
  });

  test.each<[string, Mark | null]>([
    ['has annotations', markOf(output('DCO'), { digest: null, annotated: true })],
    ['was not made by us, and may have some', null],
  ])('superseded where it %s, which an update could only add to', (_, mark) => {
    expect(ids(posted([run('DCO', { mark })]), [output('DCO')])).toEqual([null]);
  });

  test('superseded where it gets annotations', () => {
    expect(ids(posted([run('DCO')]), [output('DCO', { annotations: [annotation] })])).toEqual([null]);
  });

  test.each<[string, string]>([
    ['another pull request', '7'],
    ['another stretch', '5@0123456789abcdef'],
    ['a merge queue', 'queue'],
  ])('superseded where it was posted for %s, whose age must not count here', (_, stretch) => {
    const shared = { pullRequests: [5], stretch };
    expect(ids(posted([run('DCO', { mark: markOf(output('DCO'), shared) })]), [output('DCO')])).toEqual([null]);
    const other = markOf(output('DCO', { title: 'Other' }), shared);
    expect(ids(posted([run('DCO', { mark: other })]), [output('DCO')])).toEqual([null]);
  });

  test('left alone where another pull request’s run says the same of both and this one has had its own', () => {
    const own = { name: 'DCO', headSha: head, mark: '5', startedAt: null };
    const mark = markOf(output('DCO'), { stretch: '7' });
    expect(ids(posted([run('DCO', { mark })], false, [own]), [output('DCO')])).toEqual([]);
    expect(ids(posted([run('DCO', { mark })], false, [{ ...own, name: 'Other' }]), [output('DCO')])).toEqual([null]);
  });

  test('made anew after "Re-run", though it says the same, or the suite would wait for ever', () => {
    expect(ids(posted([run('DCO')], true), [output('DCO')])).toEqual([null]);
  });
});

describe('A preview', () => {
  const key = '0123456789abcdef';
  const other = 'fedcba9876543210';
  const ready = { key, ready: true, text: 'What would differ' };
  const toCome = { key, ready: false, text: 'To come' };
  const of = (preview?: CheckRunOutput['preview']) => output('Policy', preview === undefined ? {} : { preview });
  const ran = (preview?: string) =>
    posted([run('Policy', { mark: markOf(output('Policy'), preview === undefined ? {} : { preview }) })]);

  test.each<[string, PostedCheckRuns, CheckRunOutput, boolean]>([
    ['posted is left alone', ran(key), of(ready), false],
    ['posted is not taken back while it is made again', ran(key), of(toCome), false],
    ['to come is told of once', ran(), of(toCome), false],
    ['that is ready is posted', ran(), of(ready), true],
    ['of other policies is replaced', ran(other), of(ready), true],
    ['of other policies is taken away until the new one is ready', ran(other), of(toCome), true],
    ['of a change that was withdrawn is taken away', ran(key), of(), true],
  ])('%s', (_, before, now, written) => {
    expect(ids(before, [now])).toEqual(written ? ['id-Policy'] : []);
  });
});

describe('A mark', () => {
  test.each<[string, Mark]>([
    ['of a pull request', { digest: 'a'.repeat(64), annotated: false, pullRequests: [5], stretch: '5' }],
    [
      'of several',
      {
        digest: 'a'.repeat(64),
        annotated: true,
        pullRequests: [5, 12, 2_000_000_000],
        stretch: '12@0123456789abcdef',
      },
    ],
    [
      'of a run with a preview',
      { digest: 'a'.repeat(64), annotated: true, pullRequests: [5], stretch: '5', preview: '0123456789abcdef' },
    ],
    ['of a crowd', { digest: 'a'.repeat(64), annotated: false, pullRequests: [5, 6], stretch: 'crowd' }],
    ['of a merge group', { digest: 'a'.repeat(64), annotated: false, pullRequests: [], stretch: 'queue' }],
    [
      'of a run whose annotations are still to come',
      { digest: null, annotated: true, pullRequests: [5], stretch: '5' },
    ],
  ])('%s can be read as it was written', (_, mark) => {
    expect(readMark(writeMark(mark))).toEqual(mark);
  });

  const some = 'a'.repeat(64);
  test.each([
    null,
    '',
    'd',
    some,
    'unfinished#5 for 5',
    `${some} #0 for 5`,
    `${some} #5 `,
    `${some} #5 for 5 `,
    `${some} #5 for 5@`,
    `${some} #5 for 5 for 6`,
    `${some} #5 for queue@0123456789abcdef`,
  ])('is not %j', (text) => {
    expect(readMark(text)).toBeNull();
  });
});

describe('What is posted', () => {
  const mark = markOf(output('DCO'), { stretch: '7' });
  const node = { id: 'i', name: 'DCO', status: 'COMPLETED', conclusion: 'SUCCESS', externalId: writeMark(mark) };
  const commit = (status: string, nodes: (typeof node)[], attempts: string[] = []) => {
    const all = attempts.map((externalId) => ({ name: 'DCO', startedAt: '2026-01-31T12:00:00Z', externalId }));
    return { oid: head, checkSuites: { nodes: [{ status, checkRuns: { nodes }, attempts: { nodes: all } }] } };
  };

  test('is read from the head’s suites', () => {
    const { runs, rerequested } = postedCheckRuns(head, commit('COMPLETED', [node]), '7');
    expect([...runs.values()]).toEqual([{ id: 'i', name: 'DCO', completed: true, mark }]);
    expect(rerequested).toBe(false);
  });

  test('tells for which pull request each attempt was made', () => {
    const moved = '7@0123456789abcdef';
    const marks = [
      ...['7', moved, 'queue'].map((stretch) => writeMark({ ...mark, stretch })),
      'd'.repeat(64),
      `${writeMark(mark)} `,
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
