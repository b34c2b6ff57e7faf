// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { splitWords } from '../../../../src/rules/license/texts/words.ts';

const words = (text: string) => splitWords(text).words.join(' ');

describe('two texts have the same words', () => {
  const same: Record<string, readonly [string, string]> = {
    'whatever the white space': ['to  deal\tin\r\nthe Software', 'to deal in the Software'],
    'whatever the case': ['THE SOFTWARE', 'the software'],
    'whatever the quotes and dashes': ['"AS IS" — a lawyer-client', '“as is” - a lawyer–client'],
    'behind comment leaders': [' * to deal\n # in it\n// at all\n> here', 'to deal in it at all here'],
    'with Markdown marks': ['**Permission** is _hereby_ `granted`', 'Permission is hereby granted'],
    'with bullets, numbers and letters': ['1. one\n(b) two\niii) three\n3.1. four\n* five', 'one two three four five'],
    'with bullets that stand in the middle of a line': [
      'met: 1. Source code 2. Binary form',
      'met: Source code Binary form',
    ],
    'with a number of a clause without a full stop': ['ends here. 3.1 Grant of rights', 'ends here. Grant of rights'],
    'by equivalent spelling': ['Licence, organisation, whilst', 'License, organization, while'],
    'by equivalent pairs': [
      'non-commercial sub-licence per cent copyright owner',
      'noncommercial sublicense percent copyright holder',
    ],
    'with http and https': ['https://example.org/', 'http://example.org'],
    'under a copyright notice': ['Copyright (c) 2031 Ada Example\n\nto deal', 'to deal'],
  };

  test.each(Object.keys(same))('%s', (name) => {
    const [one = '', other = ''] = same[name] ?? [];
    expect(words(one)).toBe(words(other));
    expect(words(one)).not.toBe('');
  });
});

describe('two texts have other words', () => {
  const other: Record<string, readonly [string, string]> = {
    'by a version': ['version 2. of it', 'version 3. of it'],
    'by a number that is no bullet': ['within 30 days', 'within 60 days'],
    'by a section': ['in Section 3. below', 'in Section 4. below'],
    'by a letter of another alphabet': ['granted', 'grаnted'],
    'by mathematical letters': ['granted', 'granted 𝐧𝐨𝐭'],
    'by a sign that has no width': ['grant', 'gra\u200bnt'],
    'by a term behind a copyright notice': [
      'Copyright (c) 2031 Ada Example',
      'Copyright (c) 2031 Ada Example. Not for sale.',
    ],
    'by Chinese signs': ['许可', '不许可'],
  };

  test.each(Object.keys(other))('%s', (name) => {
    const [one = '', two = ''] = other[name] ?? [];
    expect(words(one)).not.toBe(words(two));
  });
});

describe('each word', () => {
  test('has its line and its place in the text', () => {
    const text = 'To deal\n\n(a) in Licences, copyright\nowners';
    const { words, starts, ends, lines } = splitWords(text);
    expect(words).toEqual(['to', 'deal', 'in', 'licenses', 'copyright holders']);
    expect(starts.map((start, at) => text.slice(start, ends[at]))).toEqual([
      'To',
      'deal',
      'in',
      'Licences',
      'copyright\nowners',
    ]);
    expect(lines).toEqual([1, 1, 3, 3, 3]);
  });

  test('is inside of any text, in order, on a line that it has', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const { starts, ends, lines } = splitWords(text);
        expect(starts.every((start, at) => start < (ends[at] ?? 0) && start >= (ends[at - 1] ?? 0))).toBe(true);
        expect(lines.every((line, at) => line >= (lines[at - 1] ?? 1) && line <= text.split('\n').length)).toBe(true);
      }),
    );
  });

  test('is the same wherever lines break, bullets and all', () => {
    const token = fc.constantFrom(
      '1.',
      '(a)',
      '3.1',
      'section',
      'License.',
      'grant',
      'version',
      'non-commercial',
      'per',
      'cent',
      '“use”',
      'iv)',
      'i.e.',
      'U.S.',
    );
    fc.assert(fc.property(fc.array(token), (tokens) => words(tokens.join(' ')) === words(tokens.join('\n'))));
  });
});
