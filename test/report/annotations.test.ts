// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { annotate } from '../../src/report/annotations.ts';
import { renderCheckRun } from '../../src/report/check-run.ts';
import type { Level } from '../../src/rules/verdict.ts';
import { megabyte } from './hostile.ts';
import { context, finding, judged, sha, verdict } from './sample.ts';

const one = (at: Parameters<typeof finding>[1], level: Level = 'error') =>
  annotate([finding(level, at)], 'Policy').annotations[0];

describe('an annotation', () => {
  test.each([
    ['a file', { path: 'a.yml' }, { startLine: 1, endLine: 1 }],
    ['a line', { path: 'a.yml', line: 3 }, { startLine: 3, endLine: 3 }],
    ['a column', { path: 'a.yml', line: 3, column: 5 }, { startLine: 3, endLine: 3, startColumn: 5, endColumn: 5 }],
    [
      'a word',
      { path: 'a.yml', line: 3, column: 5, endLine: 3, endColumn: 9 },
      { startLine: 3, endLine: 3, startColumn: 5, endColumn: 9 },
    ],
    [
      'several lines, for which GitHub takes no columns',
      { path: 'a.yml', line: 3, column: 5, endLine: 4, endColumn: 9 },
      { startLine: 3, endLine: 4 },
    ],
  ])('stands at %s', (_, at, span) => {
    expect(one(at)).toEqual({ path: 'a.yml', ...span, level: 'failure', title: 'Policy', message: 'A reason.' });
  });

  test.each<[Level, string | undefined]>([
    ['error', 'failure'],
    ['gap', 'failure'],
    ['warning', 'warning'],
    ['note', 'notice'],
    ['ok', undefined],
  ])('of level %s is a %s', (level, expected) => {
    expect(one({ path: 'a.yml' }, level)?.level).toBe(expected);
  });

  test('is not made for a commit or for everything', () => {
    expect(one({ commit: sha('1'), subject: 'a' })).toBeUndefined();
    expect(one(null)).toBeUndefined();
  });

  test('holds a message of bounded length', () => {
    const { annotations } = annotate([finding('error', { path: 'a' }, [{ quoted: megabyte }])], 'Policy');
    expect(Buffer.byteLength(annotations[0]?.message ?? '')).toBeLessThan(64 * 1024);
  });
});

describe('annotations of one check run', () => {
  const many = [
    ...Array.from({ length: 150 }, () => finding('note', { path: 'a' })),
    ...Array.from({ length: 100 }, () => finding('error', { path: 'b' })),
    finding('error', { path: megabyte }),
  ];
  const output = renderCheckRun(judged(verdict(many)), context);

  test('are 200 at most, the gravest first', () => {
    expect(output.annotations).toHaveLength(200);
    expect(output.annotations.slice(0, 100).every(({ level }) => level === 'failure')).toBe(true);
  });

  test('are counted where they were left out', () => {
    expect(output.text).toMatch(/\n\n51 findings in files could not be shown beside the lines\.$/);
  });
});
