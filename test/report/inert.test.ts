// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bounded, inert, inertBlock } from '../../src/report/inert.ts';
import { hostile, megabyte, nasty } from './hostile.ts';

const dangerous = /[\p{Cc}\u202a-\u202e\u2066-\u2069\u200b\u2028\u2029\ufeff]|\p{Cs}/u;

describe('one line of stranger-written text', () => {
  test.each([
    ['plain words stay', 'Fix the parser', 'Fix the parser'],
    ['Markdown is left to Markdown', '`a` <b> [c](d) @e', '`a` <b> [c](d) @e'],
    ['other scripts stay', 'Žluťoučký 日本　語 שלום', 'Žluťoučký 日本　語 שלום'],
    ['emoji stay whole', '👩‍💻 ❤️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣', '👩‍💻 ❤️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣'],
    ['a line break is seen', 'a\nb', 'a⏎b'],
    ['CRLF is one line break', 'a\r\nb', 'a⏎b'],
    ['a lone carriage return is seen', 'a\rb', 'a\\u{000D}b'],
    ['a tab is seen', 'a\tb', 'a⇥b'],
    ['other line separators are seen', 'a\u2028b\u0085c', 'a\\u{2028}b\\u{0085}c'],
    ['a terminal escape is disarmed', '\u001B[31mred', '\\u{001B}[31mred'],
    ['so is its one-character form', '\u009B31m', '\\u{009B}31m'],
    ['a bidi override is disarmed', 'a\u202Eb', 'a\\u{202E}b'],
    ['a bidi isolate is disarmed', 'a\u2066b\u2069', 'a\\u{2066}b\\u{2069}'],
    ['a zero-width space is seen', 'a\u200Bb', 'a\\u{200B}b'],
    ['a joiner outside an emoji is seen', 'a\u200Db', 'a\\u{200D}b'],
    ['a space that only looks like one is seen', 'Ada\u00A0Example', 'Ada\\u{00A0}Example'],
    ['letters that look like nothing are seen', '\u3164\u2800', '\\u{3164}\\u{2800}'],
    ['tag characters are seen', 'a\u{E0041}', 'a\\u{E0041}'],
    ['half a surrogate pair is seen', '\uD83D', '\\u{D83D}'],
    ['a few marks on a letter stay', 'z\u0301\u0302', 'z\u0301\u0302'],
    ['a flood of marks does not', `z${'\u0301'.repeat(6)}`, `z${'\u0301'.repeat(4)}\\u{0301}\\u{0301}`],
    ['a mark with no letter before it is seen', '\u0301a', '\\u{0301}a'],
    ['nothing is nothing', '', ''],
  ])('%s', (_, text, shown) => {
    expect(inert(text)).toBe(shown);
  });

  test('is cut between graphemes, with a sign that it was', () => {
    expect(inert('abcdef', 6)).toBe('abcdef');
    expect(inert('abcdefg', 6)).toBe('abcde…');
    expect(inert('ab👩‍💻cd', 5)).toBe('ab…');
    expect(inert('a\u202E\u202E', 9)).toBe('a…');
  });

  test('is cut inside a grapheme that has no end', () => {
    expect(inert(`z${'\u0301'.repeat(5000)}`, 20)).toBe(`z${'\u0301'.repeat(4)}\\u{0301}…`);
  });

  test('is at most 200 code points unless asked otherwise', () => {
    expect([...inert(megabyte)]).toHaveLength(200);
  });

  test('never acts, never runs over, and reads the same twice', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 300 }), (text, limit) => {
        const shown = inert(text, limit);
        expect([...shown].length).toBeLessThanOrEqual(limit);
        expect(shown.replace(/\p{RGI_Emoji}/gv, '')).not.toMatch(dangerous);
        expect(inert(shown, limit)).toBe(shown);
      }),
    );
  });
});

describe('text to be pasted', () => {
  test('keeps its lines, tabs, and the joiners that scripts need', () => {
    expect(inertBlock('a\r\n\tb\rc\n')).toBe('a\n\tb\nc\n');
    expect(inertBlock('می\u200Cخواهم 👩‍💻 ❤️')).toBe('می\u200Cخواهم 👩‍💻 ❤️');
  });

  test('has what reorders it or drives a terminal disarmed', () => {
    expect(inertBlock('a\u202Eb\u001B[0m\u200B')).toBe('a\\u{202E}b\\u{001B}[0m\\u{200B}');
  });
});

describe('text as data', () => {
  test.each(nasty)('%j is well formed and bounded', (text) => {
    const data = bounded(text, 50);
    expect(data.isWellFormed()).toBe(true);
    expect([...data].length).toBeLessThanOrEqual(50);
    if (text.isWellFormed() && [...text].length <= 50) expect(data).toBe(text);
  });
});
