// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { writeMark } from '../../src/github/mark.ts';
import { newestCheckRuns } from '../../src/github/posted.ts';
import { isDue, whatIsMissing } from '../../src/sweep/reason.ts';
import { shaOf } from '../helpers/contribution.ts';

const mark = (pullRequests: number[], digest: string | null = 'a'.repeat(64)) =>
  writeMark({ digest, annotated: false, pullRequests, stretch: '7' });
/** Fifty numbers and as many more, without 7. */
const fifty = (more: number) => Array.from({ length: 50 + more }, (_, index) => index + 10);
const run = (externalId: string | null, status = 'COMPLETED') => {
  return { id: 'CR_1', name: 'DCO', status, conclusion: status === 'COMPLETED' ? 'SUCCESS' : null, externalId };
};
const posted = (status: string, ...runs: ReturnType<typeof run>[]) =>
  newestCheckRuns(shaOf(1), { oid: shaOf(1), checkSuites: { nodes: [{ status, checkRuns: { nodes: runs } }] } });

describe('A head is looked at', () => {
  test.each([
    ['where GitHub knows no suite of ours', newestCheckRuns(shaOf(1), null), 'no-checks'],
    ['where our suite is empty', posted('QUEUED'), 'no-checks'],
    ['where a run is in progress', posted('IN_PROGRESS', run(mark([7]), 'IN_PROGRESS')), 'unfinished'],
    ['where a run is queued', posted('QUEUED', run(mark([7]), 'QUEUED')), 'unfinished'],
    ['where annotations are still to come', posted('COMPLETED', run(mark([7], null))), 'unfinished'],
    ['where somebody asked for the checks again', posted('QUEUED', run(mark([7]))), 'rerequested'],
    ['where the checks are another pull request’s', posted('COMPLETED', run(mark([6]))), 'not-counted'],
    ['where nothing tells whose the checks are', posted('COMPLETED', run('something else')), 'not-counted'],
    ['no more where its checks are posted', posted('COMPLETED', run(mark([6, 7]))), null],
    ['no more where so many have the head that not all are named', posted('COMPLETED', run(mark(fifty(1)))), null],
    ['where all others that have the head are named', posted('COMPLETED', run(mark(fifty(0)))), 'not-counted'],
  ])('%s', (_, state, expected) => {
    expect(whatIsMissing(state, 7)).toBe(expected);
  });

  test('of a merge group likewise, whose checks are no pull request’s', () => {
    expect(whatIsMissing(posted('COMPLETED', run(mark([]))), null)).toBeNull();
    expect(whatIsMissing(posted('QUEUED'), null)).toBe('no-checks');
  });
});

describe('The daily look', () => {
  const hour = 60 * 60_000;
  const start = 1_800_000_000_000;
  const keys = Array.from({ length: 2400 }, (_, index) => `1/octo/hello#${index}`);
  const dueIn = (from: number, to: number) => keys.filter((key) => isDue(key, from, to));

  test('comes once in any 24 hours, however they are cut up', () => {
    const seen = Array.from({ length: 24 }, (_, index) =>
      dueIn(start + index * hour, start + (index + 1) * hour),
    ).flat();
    expect(seen.toSorted()).toEqual(keys.toSorted());
  });

  test('is spread over the day', () => {
    const share = dueIn(start, start + hour).length / keys.length;
    expect(share).toBeGreaterThan(0.5 / 24);
    expect(share).toBeLessThan(1.5 / 24);
  });

  test('comes at once where nobody knows of an earlier one', () => {
    expect(dueIn(0, start)).toEqual(keys);
  });
});
