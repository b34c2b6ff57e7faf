// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { align } from '../../../../src/rules/license/texts/align.ts';
import { type Corpus, decodeCorpus, encodeCorpus } from '../../../../src/rules/license/texts/corpus.ts';
import { indexCorpus } from '../../../../src/rules/license/texts/index.ts';
import { locate } from '../../../../src/rules/license/texts/locate.ts';
import { longestRise } from '../../../../src/rules/license/texts/longest-rise.ts';
import { ThreeWords } from '../../../../src/rules/license/texts/three-words.ts';

const corpus: Corpus = {
  version: '3.28.0',
  pairs: 4,
  vocabulary: ['you', 'may', 'nicht', '许'],
  texts: [
    {
      ids: ['A-1.0', 'A'],
      words: Uint16Array.of(0, 1, 2, 3),
      optional: [{ from: 0, to: 1 }],
      slots: [],
      variant: false,
    },
    {
      ids: ['B'],
      words: Uint16Array.of(3, 1),
      optional: [],
      slots: [
        { from: 1, to: 1 },
        { from: 1, to: 2 },
      ],
      variant: true,
    },
  ],
};

describe('the compact file', () => {
  test('holds what was written', () => {
    expect(decodeCorpus(encodeCorpus(corpus))).toEqual(corpus);
  });

  test('is refused where it is damaged', () => {
    expect(() => decodeCorpus(Buffer.from('not Brotli'))).toThrow();
    expect(() => decodeCorpus(encodeCorpus(corpus).subarray(0, 60))).toThrow();
    expect(() => indexCorpus({ ...corpus, pairs: 2 })).toThrow('more pairs');
  });
});

describe('words in the same order', () => {
  const text = (max: number) =>
    fc.array(fc.nat({ max: 6 }), { maxLength: max }).map((numbers) => Uint16Array.from(numbers));

  test('are found between any two texts, each once and never crosswise', () => {
    fc.assert(
      fc.property(text(60), text(90), (license, file) => {
        const span = { from: 0, to: file.length };
        const match = align(license, file, locate(new ThreeWords(license), file, span), span);
        const places = [...match].flatMap((i, p) => (i === -1 ? [] : [{ i, p }]));
        expect(places.every(({ i, p }) => license[p] === file[i])).toBe(true);
        expect(places.every(({ i }, at) => at === 0 || i > (places[at - 1]?.i ?? 0))).toBe(true);
      }),
    );
  });

  test('are all of a text, wherever words were put in, if each word is another', () => {
    const license = Uint16Array.from({ length: 80 }, (_, word) => word);
    fc.assert(
      fc.property(fc.nat({ max: 79 }), fc.nat({ max: 200 }), (at, count) => {
        const put = Array.from({ length: count }, () => 900);
        const file = Uint16Array.of(...license.subarray(0, at), ...put, ...license.subarray(at));
        const span = { from: 0, to: file.length };
        const match = align(license, file, locate(new ThreeWords(license), file, span), span);
        expect([...match].filter((i) => i === -1)).toEqual([]);
      }),
    );
  });

  test('rise as long as the longest of all ways', () => {
    const anchors = fc.array(fc.nat({ max: 9 }), { maxLength: 10 }).map((ps) => ps.map((p, i) => ({ p, i })));
    fc.assert(
      fc.property(anchors, (row) => {
        const rise = longestRise(row);
        expect(rise.every(({ p }, at) => at === 0 || p > (rise[at - 1]?.p ?? 0))).toBe(true);
        expect(rise.length).toBe(longest(row.map(({ p }) => p)));
      }),
    );
  });

  /** By trying: with the first, if it is higher than what was taken, or without. */
  function longest([first, ...others]: readonly number[], above = -1): number {
    if (first === undefined) return 0;
    const without = longest(others, above);
    return first > above ? Math.max(1 + longest(others, first), without) : without;
  }
});
