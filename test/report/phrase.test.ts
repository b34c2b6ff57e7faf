// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { inert } from '../../src/report/inert.ts';
import { codeSpan, fenced, markdown, plain } from '../../src/report/phrase.ts';
import { say, type Text } from '../../src/rules/text.ts';
import { decode, hostile, html, marker, nasty, outsideCode, tags } from './hostile.ts';

describe('a code span', () => {
  test.each([
    ['plain words', 'a b', '`a b`'],
    ['a backtick inside', 'a`b', '``a`b``'],
    ['a run of three', 'a```b', '````a```b````'],
    ['a backtick at an end', '`a', '`` `a ``'],
    ['spaces at both ends, which CommonMark would strip', ' a ', '`  a  `'],
    ['a space at one end, which it would not', ' a', '` a`'],
    ['nothing', '', '(empty)'],
  ])('holds %s', (_, text, span) => {
    expect(codeSpan(text)).toBe(span);
  });

  test.each(nasty.filter((text) => text !== ''))('shows exactly the inert form of %j', (text) => {
    expect(html(codeSpan(text))).toMatch(/^<p><code>[^<]*<\/code><\/p>$/);
    expect(decode(html(codeSpan(text)).slice(9, -11))).toBe(inert(text));
  });
});

describe('a fenced block', () => {
  test.each(nasty.filter((text) => !text.includes('\r')))('ends where it should around %j', (text) => {
    const shown = text.toWellFormed().replaceAll('\u0000', '');
    const page = html(`${fenced(shown, 'text')}\nafter`);
    expect(page).toMatch(/^<pre><code class="language-text">[^<]*<\/code><\/pre>\n<p>after<\/p>$/);
  });
});

describe('a text in Markdown', () => {
  test('quotes what is theirs and speaks what is ours', () => {
    expect(markdown(say`Signed off by ${'Ada <ada@example.org>'} in ${3} commits.`)).toBe(
      'Signed off by `Ada <ada@example.org>` in 3 commits.',
    );
  });

  test('keeps our own code spans, and takes nothing else of ours for markup', () => {
    expect(markdown(['Add `Signed-off-by: NAME <EMAIL>` to *each* <commit>, a_b_c|d ~e~ [f](g).'])).toBe(
      'Add `Signed-off-by: NAME <EMAIL>` to \\*each\\* \\<commit\\>, a\\_b\\_c\\|d \\~e\\~ \\[f\\](g).',
    );
  });

  test.each(['# a', '- a', '+ a', '1. a', '2) a', '> a', '---', '= a'])('starts no block with %j', (ours) => {
    expect(html(markdown([ours]))).toBe(`<p>${ours.replace('>', '&gt;')}</p>`);
  });

  test('keeps two quoted parts apart, and a dollar sign from making mathematics', () => {
    expect(markdown(say`${'a'}${'b'}`)).toBe('`a` `b`');
    expect(markdown(['`a`', { quoted: 'b' }])).toBe('`a` `b`');
    expect(markdown(['US$', { quoted: 'b' }])).toBe('US$ `b`');
  });

  test('does not let an unfinished code span of ours swallow theirs', () => {
    expect(outsideCode(html(markdown(['a ` b ', { quoted: `${marker}\`<b>` }])))).not.toContain(marker);
  });

  test('shows theirs in code and nowhere else, whatever stands around it', () => {
    const ours = fc.string({ unit: fc.constantFrom('a', ' ', '`', '\\', '$', '[', ']', '(', '<', '!', '*', '&') });
    const text: fc.Arbitrary<Text> = fc.array(fc.oneof(ours, fc.record({ quoted: hostile })), { maxLength: 6 });
    fc.assert(
      fc.property(text, (parts) => {
        const page = html(`- ${markdown(parts)}`);
        expect(outsideCode(page)).not.toContain(marker);
        expect(tags(page).filter((tag) => !/^\/?(?:ul|li|code)$/.test(tag))).toEqual([]);
        expect(tags(page).filter((tag) => tag === 'li')).toHaveLength(1);
      }),
    );
  });
});

describe('a text in plain words', () => {
  test('stands theirs between quotation marks, but for object ids', () => {
    expect(plain(say`${'Ada\nExample'} wrote ${'1a2b3c4'}, ${2} times.`)).toBe('“Ada⏎Example” wrote 1a2b3c4, 2 times.');
  });

  test('is one line of bounded length', () => {
    const long = plain(Array.from({ length: 5000 }, () => ({ quoted: 'a\nb' })));
    expect([...long].length).toBeLessThanOrEqual(2000);
    expect(long).not.toContain('\n');
    expect(plain(say`abc ${'def'}`, 6)).toBe('abc “…');
  });
});
