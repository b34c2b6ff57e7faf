// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { buildroot } from '../../../../src/rules/upstream/conventions/buildroot.ts';
import { mail, mended, readingOf, stated } from '../patches.ts';

const url = (address: string) => ({ kind: 'url', url: address });
const reason = (text: string) => ({ kind: 'reason', text });

describe('The address of a commit means that upstream has the change', () => {
  test.each([
    'https://github.com/example/foo/commit/0123456789abcdef0123456789abcdef01234567',
    'https://github.com/example/foo/commit/0123456789ab.patch',
    'https://gitlab.example.org/foo/bar/-/commit/0123456789ab',
    'https://git.example.org/foo.git/commit/?id=0123456789ab',
    'https://git.example.org/foo.git/commit/src/a.c?h=main&id=0123456789ab',
    'https://git.example.org/?p=foo.git;a=commitdiff;h=0123456789ab',
    'https://gerrit.example.org/plugins/gitiles/foo/+/0123456789ab',
    'https://hg.example.org/foo/rev/0123456789ab',
    'https://git.example.org/linus/0123456789ab',
  ])('%s', (address) => {
    expect(readingOf(buildroot, `Upstream: ${address}`)).toMatchObject({
      markers: [{ state: 'merged' }],
      problems: [],
    });
  });
});

describe('Any other address means that it was sent', () => {
  test.each([
    'https://github.com/example/foo/pull/12',
    'https://github.com/example/foo/pull/12/commits/0123456789ab',
    'https://gitlab.example.org/foo/bar/-/merge_requests/12/diffs?commit_id=0123456789ab',
    'https://lists.example.org/archives/2026-January/012345.html',
    'https://patchwork.example.org/project/foo/patch/20260101.1234567-1-ada@example.org/',
    'https://gerrit.example.org/c/foo/+/1234567',
    'https://bugs.example.org/attachment.cgi?id=1234567&action=diff',
  ])('%s', (address) => {
    expect(stated(readingOf(buildroot, `Why\n\nUpstream: ${address}`))).toEqual([['submitted', url(address)]]);
  });
});

describe('A patch is Buildroot’s own', () => {
  test.each([
    ['N/A Buildroot builds without a shell', 'Buildroot builds without a shell'],
    ['N/A, Buildroot builds without a shell', 'Buildroot builds without a shell'],
  ])('with %s', (value, why) => {
    expect(stated(readingOf(buildroot, `Upstream: ${value}`))).toEqual([['downstream-only', reason(why)]]);
  });

  test('with a reason, which is asked for', () => {
    const reading = readingOf(buildroot, 'Upstream: N/A');
    expect([stated(reading), mended(reading)]).toEqual([
      [['downstream-only']],
      [['missing-evidence', 'Upstream: N/A REASON']],
    ]);
  });
});

test('Words about how the patch was changed may follow the address', () => {
  const address = 'https://github.com/example/foo/commit/0123456789ab';
  const reading = readingOf(buildroot, `Upstream: ${address} adapted to 1.2`);
  expect([stated(reading)[0]?.slice(0, 2), reading.problems]).toEqual([['merged', url(address)], []]);
});

test('Each of several tags is read', () => {
  const header = 'Upstream: https://example.org/1\nUpstream: N/A ours';
  expect(stated(readingOf(buildroot, header)).map(([state]) => state)).toEqual(['submitted', 'downstream-only']);
});

describe('A near miss is corrected', () => {
  test.each([
    ['upstream: https://example.org/1', 'https://example.org/1'],
    ['Upstream:https://example.org/1', 'https://example.org/1'],
    ['Upstream : https://example.org/1', 'https://example.org/1'],
    ['Upstream: <https://example.org/1>', 'https://example.org/1'],
    ['[Upstream: https://example.org/1]', 'https://example.org/1'],
    ['Upstream-URL: https://example.org/1', 'https://example.org/1'],
    ['Upstream-Status: Submitted [https://example.org/1]', 'https://example.org/1'],
    ['Upstream: submitted, https://example.org/1', 'https://example.org/1'],
    ['Upstream: see (https://example.org/1).', 'https://example.org/1'],
    ['Upstream:\nhttps://example.org/1', 'https://example.org/1'],
    ['Fetch from: https://example.org/1', 'https://example.org/1'],
    ['Upstream: n/a ours', 'N/A ours'],
    ['Upstream: N.A. ours', 'N/A ours'],
    ['Upstream: Not applicable (ours)', 'N/A ours'],
    ['Upstream: none', 'N/A REASON'],
  ])('%j', (line, value) => {
    const reading = readingOf(buildroot, line);
    expect([reading.markers, mended(reading)]).toEqual([[], [['near-miss', `Upstream: ${value}`]]]);
  });

  test('only where it is clear what is meant', () => {
    expect(mended(readingOf(buildroot, 'Upstream: soon'))).toEqual([['near-miss', null]]);
    expect(readingOf(buildroot, 'upstream: they said nothing').problems).toEqual([]);
  });

  test('below the line ---', () => {
    const reading = buildroot.read({ path: 'a', text: mail('Why', 'Upstream: https://example.org/1\n') });
    expect([reading.markers, mended(reading)]).toEqual([[], [['near-miss', 'Upstream: https://example.org/1']]]);
  });
});

test.each([
  [null, ['Upstream: URL', 'Upstream: N/A REASON']],
  [{ state: 'merged', evidence: [{ kind: 'url', url: 'https://example.org/1' }] }, ['Upstream: https://example.org/1']],
  [{ state: 'downstream-only', evidence: [{ kind: 'reason', text: 'ours' }] }, ['Upstream: N/A ours']],
  [{ state: 'pending' }, []],
] as const)('What to write for %j', (marker, lines) => {
  expect(buildroot.suggest(marker)).toEqual(lines);
});
