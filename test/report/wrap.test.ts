// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { columns, wrap } from '../../src/report/wrap.ts';

describe('columns of a line', () => {
  test.each([
    ['abc', 3],
    ['Žluť', 4],
    ['日本', 4],
    ['👩‍💻', 2],
    ['z\u0301', 1],
    ['', 0],
  ])('%j takes %d', (line, expected) => {
    expect(columns(line)).toBe(expected);
  });
});

describe('wrapping', () => {
  test.each<[string, string, number, string[]]>([
    ['breaks between words', 'aa bb cc', 5, ['aa bb', 'cc']],
    ['gives a long word a line of its own', 'a bbbbbb c', 4, ['a', 'bbbbbb', 'c']],
    ['leaves a short line alone', 'a b', 80, ['a b']],
    ['counts wide characters twice', '日本 語', 6, ['日本', '語']],
    ['keeps a command together', 'run `git push` now', 8, ['run', '`git push`', 'now']],
    ['lets a lone backtick pass', 'a `b c d', 4, ['a', '`b c d']],
    ['keeps spaces that follow each other', 'a  b', 80, ['a  b']],
    ['makes one line of nothing', '', 5, ['']],
  ])('%s', (_, line, width, lines) => {
    expect(wrap(line, width)).toEqual(lines);
  });
});
