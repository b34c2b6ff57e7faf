// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { customConvention } from '../../../../src/rules/upstream/conventions/custom.ts';
import { customSettings } from '../../../../src/rules/upstream/conventions/custom-settings.ts';
import type { Reading } from '../../../../src/rules/upstream/model.ts';
import { brief, commit, sha } from '../commits.ts';

const documentation = 'https://example.org/patches';
const url = 'https://example.org/review/7';

const trailers = [
  {
    state: 'submitted',
    trailer: 'X-Upstream',
    value: 'sent (?P<url>https://\\S+)',
    requires: ['url'],
    write: 'X-Upstream: sent URL',
  },
  {
    state: 'merged',
    trailer: 'X-Upstream',
    value: 'commit (?P<commit>[0-9a-f]{40})(?: in (?P<repository>\\S+) (?P<branch>\\S+))?',
    modified: true,
    write: 'X-Upstream: commit COMMIT in REPOSITORY BRANCH',
  },
  { state: 'downstream-only', trailer: 'X-Ours', requires: ['reason'], write: 'X-Ours: REASON' },
];

function parse(settings: object) {
  return customSettings.safeParse({ documentation, ...settings });
}

function read(settings: object, ...lines: readonly string[]): readonly string[] {
  return brief(reading(settings, lines));
}

function reading(settings: object, lines: readonly string[], pullRequestBody: string | null = null): Reading {
  const convention = customConvention(customSettings.parse({ documentation, ...settings }));
  switch (convention.reads) {
    case 'path':
    case 'patch':
      return convention.read({ path: lines[0] ?? '', text: lines.join('\n') });
    default:
      return convention.read({ ...commit(...lines), pullRequestBody });
  }
}

describe('trailers', () => {
  test.each([
    [`X-Upstream: sent ${url}`, [`submitted ${url}`]],
    [`X-Upstream: commit ${sha}`, ['modified merged c31e731']],
    [`X-Upstream: commit ${sha} in openstack/nova master`, ['modified merged c31e731 openstack/nova master']],
    ['X-Ours: nobody else builds that', ['downstream-only "nobody else builds that"']],
    ['X-Ours:', ['downstream-only', 'missing-evidence: X-Ours: REASON']],
    ['X-Upstream: sent https://', ['unreadable: ?']],
    ['X-Upstream: soon', ['unreadable: ?']],
    ['x-upstream: soon', ['near-miss: X-Upstream: soon']],
    ['X Upstream : soon', ['near-miss: X-Upstream: soon']],
    ['> **XUpstream:** soon', ['near-miss: X-Upstream: soon']],
    ['X-Upstreams: soon', []],
    ['Words about X-Upstream: soon', []],
  ])('%s', (line, expected) => {
    expect(read({ marks: trailers }, 'Fix it', '', line)).toEqual(expected);
  });

  test('in the subject they are none', () => {
    expect(read({ marks: trailers }, `X-Upstream: sent ${url}`)).toEqual([]);
  });
});

describe('prefixes', () => {
  const marks = [
    { state: 'submitted', prefix: '[sent]', evidence: ['Link'], requires: ['url'], write: '[sent] SUBJECT\nLink: URL' },
    {
      state: 'drop',
      prefix: 'TEMP:',
      value: '(?P<reason>.+) \\(until (?P<date>[0-9-]+)\\)',
      write: 'TEMP: REASON (until DATE)',
    },
    { state: 'downstream-only', prefix: 'OURS:', revert: true, partial: true, write: 'OURS: SUBJECT' },
  ];

  test.each([
    [['[sent] Fix it', '', `Link: ${url}`], [`submitted "Fix it" ${url}`]],
    [['[sent] Fix it'], ['submitted "Fix it"', 'missing-evidence: [sent] SUBJECT\nLink: URL']],
    [['TEMP: wait for it (until 2027-01-31)'], ['drop 2027-01-31 "wait for it"']],
    [['TEMP: wait for it'], ['unreadable: TEMP: REASON (until DATE)']],
    [['OURS: x'], ['revert partial downstream-only "x"']],
    [['ours: x'], ['near-miss: OURS: x']],
    [['[SENT] x'], ['near-miss: [sent] x']],
    [['Fix it', '', 'OURS: x'], []],
  ])('%j', (lines, expected) => {
    expect(read({ marks }, ...lines)).toEqual(expected);
  });

  test('what to write is looked up by state, as lines', () => {
    const { suggest } = customConvention(customSettings.parse({ documentation, marks }));
    expect(suggest({ state: 'submitted' })).toEqual(['[sent] SUBJECT', 'Link: URL']);
    expect(suggest({ state: 'pending' })).toEqual([]);
    expect(suggest(null)).toEqual(marks.map(({ write }) => write));
  });
});

describe('whole lines', () => {
  const line = 'from (?P<repository>[\\w/]+)#(?P<pullRequest>\\d+)';
  const marks = [{ state: 'submitted', line, write: 'from REPOSITORY#NUMBER' }];

  test.each([
    ['commit', ['Fix it', '', 'from a/b#7']],
    ['patch', ['from a/b#7', '', '--- a/x', '+++ b/x', '@@ -1 +1 @@', '-from a/b#8', '+from a/b#9']],
  ])('in a %s', (where, lines) => {
    expect(read({ in: where, marks }, ...lines)).toEqual(['submitted a/b#7']);
  });

  test('have to match from beginning to end', () => {
    expect(read({ marks }, 'Fix it', '', 'It comes from a/b#7')).toEqual([]);
  });

  test('in a path', () => {
    const byPath = [
      {
        state: 'merged',
        line: 'patches/upstream-(?P<release>v[\\d.]+)/.*\\.patch',
        write: 'patches/upstream-VERSION/',
      },
    ];
    expect(read({ in: 'path', marks: byPath }, 'patches/upstream-v6.5/0001.patch')).toEqual(['merged v6.5']);
    expect(read({ in: 'path', marks: byPath }, 'other/patches/upstream-v6.5/0001.patch')).toEqual([]);
  });
});

describe('in: pull-request', () => {
  const settings = { in: 'pull-request', marks: trailers };
  test('the body speaks where the commit says nothing', () => {
    expect(brief(reading(settings, ['x'], 'X-Ours: because'))).toEqual(['downstream-only "because"']);
    expect(brief(reading(settings, ['x', '', 'X-Ours: why'], 'X-Ours: because'))).toEqual(['downstream-only "why"']);
  });
});

describe('a policy is refused', () => {
  const mark = { state: 'merged', trailer: 'X', write: 'X: y' };
  test.each([
    ['that has no marks', { marks: [] }, 'Too small'],
    ['whose mark has neither prefix, trailer nor line', { marks: [{ ...mark, trailer: undefined }] }, 'exactly one of'],
    ['whose mark has two of them', { marks: [{ ...mark, prefix: 'X' }] }, 'exactly one of'],
    [
      'with a value beside a line',
      { marks: [{ ...mark, trailer: undefined, line: 'a', value: 'b' }] },
      'must not have value',
    ],
    ['whose pattern is none', { marks: [{ ...mark, value: '(' }] }, 'syntax of RE2'],
    ['whose pattern looks back', { marks: [{ ...mark, value: '(a)\\1' }] }, 'syntax of RE2'],
    ['whose pattern is huge', { marks: [{ ...mark, value: '((a{30}){30}){30}' }] }, 'must be'],
    ['whose group has an unknown name', { marks: [{ ...mark, value: '(?P<sha>.)' }] }, 'and not sha'],
    ['with a colon in the trailer', { marks: [{ ...mark, trailer: 'X:' }] }, 'without a colon'],
    ['with a trailer in a path', { in: 'path', marks: [mark] }, 'neither prefix nor trailers'],
    ['with a prefix in a patch', { in: 'patch', marks: [{ ...mark, trailer: undefined, prefix: 'X' }] }, 'no subject'],
    ['that links to no web page', { documentation: 'javascript:alert(1)', marks: [mark] }, 'must be a web address'],
  ])('%s', (_, settings, message) => {
    expect(
      parse(settings)
        .error?.issues.map((issue) => issue.message)
        .join(),
    ).toContain(message);
  });
});

test('a pattern that would backtrack for ages is matched all the same', () => {
  const marks = [{ state: 'merged', trailer: 'X', value: '(a*)*(a*)*(a|a)*b', write: 'X: b' }];
  expect(read({ marks }, 'x', '', `X: ${'a'.repeat(900)}`)).toEqual(['unreadable: X: b']);
});
