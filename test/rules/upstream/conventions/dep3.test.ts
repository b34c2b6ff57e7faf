// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { dep3 } from '../../../../src/rules/upstream/conventions/dep3.ts';
import { mail, mended, readingOf, stated } from '../patches.ts';

const url = (address: string) => ({ kind: 'url', url: address });
const reason = (text: string) => ({ kind: 'reason', text });
const commit = (sha: string) => ({ kind: 'commit', sha, repository: null, branch: null });

describe('The samples of the proposal are read:', () => {
  test('a patch cherry-picked from upstream', () => {
    const reading = readingOf(
      dep3,
      `From: Ada Example <ada@example.org>
Subject: Fix regular expressions with some characters

* posix/regcomp.c (compile): Add a case.

Origin: upstream, http://example.org/git/?p=glibc.git;a=commitdiff;h=bdb56bac
Bug: http://example.org/bugzilla/show_bug.cgi?id=9697
Bug-Debian: http://bugs.example.org/510219`,
    );
    expect(stated(reading)).toEqual([['merged', url('http://example.org/git/?p=glibc.git;a=commitdiff;h=bdb56bac')]]);
    expect(reading.markers[0]).toMatchObject({ line: 6, modifiers: {} });
    expect(reading.problems).toEqual([]);
  });

  test('a patch that was forwarded and rejected', () => {
    const reading = readingOf(
      dep3,
      `Description: Use paths by the standard
 Upstream is not interested.
 .
 We will use them nevertheless.
Forwarded: http://lists.example.com/oct-2006/1234.html
Author: Ada Example <ada@example.org>
Last-Update: 2006-12-21`,
    );
    expect(stated(reading)).toEqual([['submitted', url('http://lists.example.com/oct-2006/1234.html')]]);
    expect(reading.problems).toEqual([]);
  });

  test('a patch of one vendor', () => {
    const reading = readingOf(
      dep3,
      `Description: Work around broken symbols
 The fix will be done in the toolchain.
Forwarded: not-needed
Origin: vendor, http://bugs.example.org/cgi-bin/bugreport.cgi?msg=80;bug=265678
Bug-Debian: http://bugs.example.org/265678`,
    );
    expect(stated(reading)).toEqual([
      ['downstream-only', reason('Work around broken symbols The fix will be done in the toolchain.')],
    ]);
  });

  test('a patch submitted and applied upstream', () => {
    const reading = readingOf(
      dep3,
      `Description: Fix widget speeds
Forwarded: http://lists.example.com/2010/03/1234.html
Applied-Upstream: 1.2, http://bzr.example.com/trunk/revision/123
Last-Update: 2010-03-29`,
    );
    expect(stated(reading)).toEqual([
      [
        'merged',
        { kind: 'release', version: '1.2' },
        url('http://bzr.example.com/trunk/revision/123'),
        url('http://lists.example.com/2010/03/1234.html'),
      ],
    ]);
    expect(reading.markers[0]).toMatchObject({ line: 3 });
  });
});

describe('A field says', () => {
  test.each([
    ['Forwarded: no', ['pending']],
    ['forwarded: NO', ['pending']],
    ['Forwarded: no\nBug: https://example.org/9', ['pending', url('https://example.org/9')]],
    ['Forwarded: yes', ['submitted']],
    ['Forwarded: yes\nBug: https://example.org/9', ['submitted', url('https://example.org/9')]],
    ['Forwarded: by mail to the authors', ['submitted', reason('by mail to the authors')]],
    ['Bug: https://example.org/9', ['submitted', url('https://example.org/9')]],
    ['Origin: upstream, commit:abcdef1', ['merged', commit('abcdef1')]],
    ['Origin: commit:abcdef1', ['merged', commit('abcdef1')]],
    ['Applied-Upstream: commit:ABCDEF1', ['merged', commit('abcdef1')]],
    ['Origin: upstream, https://example.org/1\nForwarded: not-needed', ['merged', url('https://example.org/1')]],
  ])('%j', (fields, expected) => {
    const reading = readingOf(dep3, `Author: Ada Example\n${fields}`);
    expect([stated(reading), reading.problems]).toEqual([[expected], []]);
  });

  test('that a backport was modified', () => {
    const reading = readingOf(dep3, 'Origin: backport, https://example.org/1');
    expect(reading.markers[0]).toMatchObject({ state: 'merged', modifiers: { modified: true } });
  });

  test.each([
    'Bug-Debian: https://bugs.example.org/1',
    'Origin: vendor',
    'Origin: other, https://example.org/1',
    'Description: x\n Forwarded: no',
    'Just prose',
  ])('nothing: %j', (fields) => {
    expect(readingOf(dep3, `Author: Ada Example\n${fields}`)).toEqual({ markers: [], problems: [] });
  });

  test('what it says in a mail, in a paragraph at its end', () => {
    expect(stated(dep3.read({ path: 'a', text: mail('Why.\n\nForwarded: no\nLast-Update: 2026-01-01') }))).toEqual([
      ['pending'],
    ]);
  });

  test('what it says behind the number signs of a script', () => {
    const script = '#! /bin/sh -e\n## DP: mend it\n# Description: mend it\n#  and more\n# Forwarded: not-needed';
    expect(stated(readingOf(dep3, script))).toEqual([['downstream-only', reason('mend it and more')]]);
  });

  test('each time that it is given', () => {
    const reading = readingOf(dep3, 'Forwarded: no\nForwarded: not-needed');
    expect(reading.markers.map(({ state }) => state)).toEqual(['pending', 'downstream-only']);
  });
});

describe('A near miss is corrected', () => {
  test.each([
    ['Forwarded: not needed', 'Forwarded: not-needed'],
    ['Forwarded: not-needed, it is ours', 'Forwarded: not-needed'],
    ['Forwarded: N/A', 'Forwarded: not-needed'],
    ['Forwarded: no, later', 'Forwarded: no'],
    ['Forwarded: not yet', 'Forwarded: no'],
    ['Forwarded:', 'Forwarded: URL'],
    ['Forwarded : no', 'Forwarded: no'],
    ['Forwarded-To: https://example.org/1', 'Forwarded: https://example.org/1'],
    ['Applied Upstream: 1.2', 'Applied-Upstream: 1.2'],
    ['Applied-Upstream: abcdef1', 'Applied-Upstream: commit:abcdef1'],
    ['Applied-Upstream: no', null],
    ['Origin: https://example.org/1', 'Origin: upstream, https://example.org/1'],
    ['Origin: backport https://example.org/1', 'Origin: backport, https://example.org/1'],
    ['Origin: upstream: https://example.org/1', 'Origin: upstream, https://example.org/1'],
    ['Origin: upstream, abcdef1', 'Origin: upstream, commit:abcdef1'],
    ['Last-Update: 2026/1/2', 'Last-Update: 2026-01-02'],
    ['Last-Update: 2026-02-30', null],
  ])('%s', (line, suggestion) => {
    const reading = readingOf(dep3, `Description: x\n${line}`);
    expect([reading.markers, mended(reading), reading.problems[0]?.line]).toEqual([[], [['near-miss', suggestion]], 2]);
  });

  test('in the middle of prose', () => {
    expect(mended(readingOf(dep3, 'Subject: x\n\nWhy it is so\nForwarded: no'))).toEqual([
      ['near-miss', 'Forwarded: no'],
    ]);
  });

  test('below the line ---', () => {
    const reading = dep3.read({ path: 'a', text: mail('Why', 'Forwarded: no\n') });
    expect([reading.markers, mended(reading)]).toEqual([[], [['near-miss', 'Forwarded: no']]]);
  });
});

describe('What is missing is asked for', () => {
  test.each([
    ['Applied-Upstream: yes', 'Applied-Upstream: VERSION, URL'],
    ['Origin: upstream', 'Origin: upstream, URL'],
    ['Origin: backport, from their tree', 'Origin: backport, URL'],
  ])('of %s', (line, suggestion) => {
    const reading = readingOf(dep3, line);
    expect([stated(reading), mended(reading)]).toEqual([[['merged']], [['missing-evidence', suggestion]]]);
  });
});

describe('What to write', () => {
  test.each([
    [{ state: 'pending' }, ['Forwarded: no', 'Bug: URL']],
    [
      { state: 'submitted', evidence: [{ kind: 'url', url: 'https://example.org/1' }] },
      ['Forwarded: https://example.org/1'],
    ],
    [{ state: 'merged', modifiers: { modified: true } }, ['Origin: backport, URL']],
    [
      { state: 'merged', evidence: [{ kind: 'commit', sha: 'abcdef1', repository: null, branch: null }] },
      ['Origin: upstream, commit:abcdef1'],
    ],
    [{ state: 'downstream-only' }, ['Forwarded: not-needed']],
    [{ state: 'drop' }, []],
  ] as const)('for %j', (marker, lines) => {
    expect(dep3.suggest(marker)).toEqual(lines);
  });
});
