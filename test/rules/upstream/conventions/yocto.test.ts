// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { plain } from '../../../../src/report/phrase.ts';
import { yocto } from '../../../../src/rules/upstream/conventions/yocto.ts';
import { diff, mail, mended, readingOf, stated } from '../patches.ts';

const sha = 'ac8db36cbc26694ee94beecc8dca208ec4b5fd45';
const url = (address: string) => ({ kind: 'url', url: address });
const reason = (text: string) => ({ kind: 'reason' as const, text });

describe('The style guide’s values are read', () => {
  test.each([
    ['Pending', ['pending']],
    ['Pending [no time yet]', ['pending', reason('no time yet')]],
    ['Submitted [rpm5-devel@rpm5.example.org]', ['submitted', reason('rpm5-devel@rpm5.example.org')]],
    ['Submitted [https://github.com/example/foo/pull/7]', ['submitted', url('https://github.com/example/foo/pull/7')]],
    ['Backport', ['merged']],
    ['Backport [v1.2]', ['merged', { kind: 'release', version: 'v1.2' }]],
    [`Backport [${sha}]`, ['merged', { kind: 'commit', sha, repository: null, branch: null }]],
    [
      `Backport [https://github.com/example/foo/commit/${sha}]`,
      ['merged', url(`https://github.com/example/foo/commit/${sha}`)],
    ],
    [
      `Backport [https://git.example.org/cgit/grub.git/commit/?id=${sha}]`,
      ['merged', url(`https://git.example.org/cgit/grub.git/commit/?id=${sha}`)],
    ],
    ['Backport from 2.40', ['merged', { kind: 'release', version: '2.40' }, reason('from 2.40')]],
    ['Denied', ['denied']],
    [
      'Denied [https://example.org/1 too slow]',
      ['denied', url('https://example.org/1'), reason('https://example.org/1 too slow')],
    ],
    [
      'Inactive-Upstream [lastcommit: 2019-02-03 lastrelease: 1.2]',
      [
        'inactive',
        { kind: 'date', date: '2019-02-03' },
        { kind: 'release', version: '1.2' },
        reason('lastcommit: 2019-02-03 lastrelease: 1.2'),
      ],
    ],
    ['Inappropriate [oe specific]', ['downstream-only', reason('oe specific')]],
    [
      'Inappropriate [upstream ticket https://example.org/9]',
      ['downstream-only', url('https://example.org/9'), reason('upstream ticket https://example.org/9')],
    ],
  ])('Upstream-Status: %s', (value, expected) => {
    const reading = readingOf(yocto, `Why\n\nUpstream-Status: ${value}\nSigned-off-by: Ada Example <ada@example.org>`);
    expect(stated(reading)).toEqual([expected]);
    expect(reading.problems).toEqual([]);
    expect(reading.markers[0]).toMatchObject({ line: 3, raw: `Upstream-Status: ${value}` });
  });

  test('in brackets that go on over several lines', () => {
    const reading = readingOf(yocto, 'Upstream-Status: Backport [https://example.org/1,\n  https://example.org/2]\n');
    expect(stated(reading)).toEqual([['merged', url('https://example.org/1'), url('https://example.org/2')]]);
  });

  test('in a mail, with line ends of Windows', () => {
    const reading = yocto.read({ path: 'a.patch', text: mail('Upstream-Status: Pending').replaceAll('\n', '\r\n') });
    expect(reading.markers).toEqual([
      { state: 'pending', evidence: [], modifiers: {}, line: 6, raw: 'Upstream-Status: Pending' },
    ]);
  });

  test('each of several', () => {
    const header = 'Upstream-Status: Pending\nUpstream-Status: Denied [no]';
    expect(stated(readingOf(yocto, header)).map(([state]) => state)).toEqual(['pending', 'denied']);
  });
});

describe('A near miss is corrected', () => {
  test.each([
    ['Upstream-status: Pending', 'Pending'],
    ['upstream-status: pending', 'Pending'],
    ['Upstream Status: Pending', 'Pending'],
    ['Upstream_Status: Pending', 'Pending'],
    ['UpstreamStatus: Pending', 'Pending'],
    ['Upstream-Status : Pending', 'Pending'],
    ['Upstream-Status:Pending', 'Pending'],
    ['Upstream-Status:  Pending', 'Pending'],
    ['Upstream-Status Pending', 'Pending'],
    ['  Upstream-Status: Pending', 'Pending'],
    ['# Upstream-Status: Pending', 'Pending'],
    ['[Upstream-Status: Pending]', 'Pending'],
    ['Upstream-Status: pending', 'Pending'],
    ['Upstream-Status: PENDING [why]', 'Pending [why]'],
    ['Upstream-Status: Backport(https://example.org/1)', 'Backport [https://example.org/1]'],
    ['Upstream-Status: Backport[https://example.org/1]', 'Backport [https://example.org/1]'],
    ['Upstream-Status: Backport [https://example.org/1', 'Backport [https://example.org/1]'],
    ['Upstream-Status: Backport: https://example.org/1', 'Backport [https://example.org/1]'],
    ['Upstream-Status: Submitted https://example.org/1', 'Submitted [https://example.org/1]'],
    ['Upstream-Status: Submitted (by mail) today', 'Submitted [by mail today]'],
    ['Upstream-Status: Submited [https://example.org/1]', 'Submitted [https://example.org/1]'],
    ['Upstream-Status: Inapropriate [oe specific]', 'Inappropriate [oe specific]'],
    ['Upstream-Status: Inappropriate, oe specific', 'Inappropriate [oe specific]'],
    ['Upstream-Status: inappropriate', 'Inappropriate [REASON]'],
    ['Upstream-Status: Inactive Upstream [lastcommit: 2011]', 'Inactive-Upstream [lastcommit: 2011]'],
    ['Upstream-Status: Accepted [v1.2]', 'Backport [v1.2]'],
    ['Upstream-Status: Rejected [https://example.org/1]', 'Denied [https://example.org/1]'],
    ['Upstream-Status: N/A', 'Inappropriate [REASON]'],
  ])('%s', (line, value) => {
    const reading = readingOf(yocto, `Why\n\n${line}`);
    expect(reading.markers).toEqual([]);
    expect(mended(reading)).toEqual([['near-miss', `Upstream-Status: ${value}`]]);
    expect(reading.problems[0]?.line).toBe(3);
  });

  test.each(['Upstream-Status:', 'Upstream-Status: soon', 'Upstream-Status: [https://example.org/1]'])(
    'only where it is clear what is meant, unlike %s',
    (line) => {
      const reading = readingOf(yocto, line);
      expect(mended(reading)).toEqual([['near-miss', null]]);
      expect(plain(reading.problems[0]?.text ?? [])).toContain('The states are Pending, Submitted, Backport, Denied,');
    },
  );

  test('where it stands below the line ---', () => {
    const text = mail('Why', 'Upstream-Status: Pending\n a.c | 2 +-\n');
    const { markers, problems } = yocto.read({ path: 'a.patch', text });
    expect(markers).toEqual([]);
    expect(problems).toMatchObject([{ code: 'upstream.near-miss', line: 8, suggestion: 'Upstream-Status: Pending' }]);
  });

  test('wherever the exact tag has a value that is none, even beside one that is', () => {
    const reading = readingOf(yocto, 'Upstream-Status: Pending\nUpstream-Status: denied');
    expect([stated(reading), mended(reading)]).toEqual([[['pending']], [['near-miss', 'Upstream-Status: Denied']]]);
  });

  test('nowhere where prose speaks of a status beside the real one', () => {
    expect(readingOf(yocto, 'upstream status: unclear\n\nUpstream-Status: Pending').problems).toEqual([]);
  });
});

describe('What is missing is asked for', () => {
  test.each([
    ['Submitted', 'Submitted [URL]'],
    ['Submitted []', 'Submitted [URL]'],
    ['Inappropriate', 'Inappropriate [REASON]'],
    ['Inactive-Upstream', 'Inactive-Upstream [lastcommit: DATE lastrelease: DATE]'],
    ['Inactive-Upstream [dead]', 'Inactive-Upstream [lastcommit: DATE lastrelease: DATE]'],
  ])('of %s', (value, suggestion) => {
    const reading = readingOf(yocto, `Upstream-Status: ${value}`);
    expect(reading.markers).toMatchObject([{ evidence: [] }]);
    expect(mended(reading)).toEqual([['missing-evidence', `Upstream-Status: ${suggestion}`]]);
  });
});

describe('Nothing is read', () => {
  test.each([
    ['from prose', 'The upstream status of this is that they sleep.'],
    ['from the diff', `${diff} Upstream-Status: Pending\n+Upstream-Status: Pending\n`],
    ['from behind the diff', `${diff}\nUpstream-Status: Pending\n`],
    ['from a diff that is quoted', `See:\n> +Upstream-Status: Pending\n\n${diff}`],
  ])('%s', (_, text) => {
    expect(yocto.read({ path: 'a.patch', text }).markers).toEqual([]);
  });
});

describe('What to write', () => {
  test.each([
    [
      { state: 'submitted', evidence: [{ kind: 'url', url: 'https://example.org/1' }] },
      'Submitted [https://example.org/1]',
    ],
    [{ state: 'merged', evidence: [{ kind: 'commit', sha, repository: null, branch: null }] }, `Backport [${sha}]`],
    [{ state: 'merged' }, 'Backport [URL]'],
    [{ state: 'downstream-only', evidence: [reason('a [b] c')] }, 'Inappropriate [a  b  c]'],
    [{ state: 'inactive' }, 'Inactive-Upstream [lastcommit: DATE lastrelease: DATE]'],
  ] as const)('for %j', (marker, value) => {
    expect(yocto.suggest(marker)).toEqual([`Upstream-Status: ${value}`]);
  });

  test('is nothing for a state that has no value', () => {
    expect([yocto.suggest({ state: 'drop' }), yocto.suggest({ state: 'embargoed' })]).toEqual([[], []]);
  });

  test('is every value where nothing is known', () => {
    expect(yocto.suggest(null)).toHaveLength(6);
  });
});
