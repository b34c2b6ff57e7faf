// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type Corpus, decodeCorpus, type LicenseText } from './corpus.ts';

/** Looked up once: it is called for every word of every text. */
const { imul } = Math;

/** The texts of the SPDX license list, ready to be searched. */
export interface LicenseIndex {
  /** Version of the SPDX license list. */
  readonly version: string;
  readonly texts: readonly LicenseText[];
  /** Each word by its number. */
  readonly words: readonly string[];
  /** The number of a word; a word that no license has is absent. */
  readonly vocabulary: ReadonlyMap<string, number>;
  readonly bigrams: Bigrams;
  /** Hash of all words, with the title and without ─► positions in `texts`. */
  readonly whole: ReadonlyMap<number, readonly number[]>;
}

/** For each pair of neighbouring words, the texts that have it. */
export interface Bigrams {
  /** Open addressing: the pair, and its number + 1 (0: free). */
  readonly keys: Uint32Array;
  readonly numbers: Uint32Array;
  /** Texts that have pair n: `postings[offsets[n]]` up to `postings[offsets[n + 1]]`. */
  readonly offsets: Uint32Array;
  readonly postings: Uint16Array;
  /** How many different pairs each text has. */
  readonly counts: Uint32Array;
}

/** What the shipped file says, as an index. Throws where it is damaged. */
export function readIndex(file: Uint8Array): LicenseIndex {
  return indexCorpus(decodeCorpus(file));
}

/** An index over these texts. */
export function indexCorpus({ version, vocabulary, texts, pairs }: Corpus): LicenseIndex {
  return {
    version,
    texts,
    words: vocabulary,
    vocabulary: new Map(vocabulary.map((word, number) => [word, number])),
    bigrams: indexBigrams(texts, pairs),
    whole: indexWhole(texts),
  };
}

/** FNV-1a over the words' numbers. An equal hash is only a hint: the words are compared afterwards. */
export function hashWords(words: Uint16Array): number {
  let hash = 0x811c9dc5;
  for (const word of words) hash = imul(hash ^ word, 0x01000193);
  return hash >>> 0;
}

function indexWhole(texts: readonly LicenseText[]): Map<number, number[]> {
  const whole = new Map<number, number[]>();
  texts.forEach((text, position) => {
    for (const words of titledAndNot(text)) {
      const hash = hashWords(words);
      const others = whole.get(hash);
      if (others === undefined) whole.set(hash, [position]);
      else others.push(position);
    }
  });
  return whole;
}

/** The words of a text with the title and, where it has one, without. */
export function titledAndNot({ words, optional }: LicenseText): Uint16Array[] {
  const title = optional[0];
  if (title === undefined || title.from > 0 || title.to === words.length) return [words];
  return [words, words.subarray(title.to)];
}

function indexBigrams(texts: readonly LicenseText[], most: number): Bigrams {
  const total = texts.reduce((sum, { words }) => sum + words.length, 0);
  const keys = new Uint32Array(powerOfTwoOver(most));
  const numbers = new Uint32Array(keys.length);
  const pairs: { text: Uint16Array; number: Uint32Array; length: number } = {
    text: new Uint16Array(total),
    number: new Uint32Array(total),
    length: 0,
  };
  const lastText = new Uint16Array(most);
  const counts = new Uint32Array(texts.length);
  let distinct = 0;
  texts.forEach(({ words }, text) => {
    for (let at = 0; at + 1 < words.length; at++) {
      const key = pairKey(words[at], words[at + 1]);
      const slot = slotOf(keys, numbers, key);
      if (numbers[slot] === 0) {
        keys[slot] = key;
        numbers[slot] = ++distinct;
        // A table that fills up would be searched forever.
        if (distinct > most) throw new Error('The index of license texts has more pairs of words than it says.');
      }
      const number = (numbers[slot] ?? 1) - 1;
      if (lastText[number] === text + 1) continue;
      lastText[number] = text + 1;
      pairs.text[pairs.length] = text;
      pairs.number[pairs.length++] = number;
      counts[text] = (counts[text] ?? 0) + 1;
    }
  });
  return { keys, numbers, counts, ...groupByNumber(pairs, distinct) };
}

/** Sorts the texts by the number of the pair, by counting. */
function groupByNumber(
  pairs: { readonly text: Uint16Array; readonly number: Uint32Array; readonly length: number },
  distinct: number,
): Pick<Bigrams, 'offsets' | 'postings'> {
  const offsets = new Uint32Array(distinct + 1);
  for (let at = 0; at < pairs.length; at++) {
    const next = (pairs.number[at] ?? 0) + 1;
    offsets[next] = (offsets[next] ?? 0) + 1;
  }
  for (let number = 0; number < distinct; number++)
    offsets[number + 1] = (offsets[number + 1] ?? 0) + (offsets[number] ?? 0);
  const free = offsets.slice();
  const postings = new Uint16Array(pairs.length);
  for (let at = 0; at < pairs.length; at++) {
    const number = pairs.number[at] ?? 0;
    const to = free[number] ?? 0;
    postings[to] = pairs.text[at] ?? 0;
    free[number] = to + 1;
  }
  return { offsets, postings };
}

/** Two words as one number of 32 bits. */
export function pairKey(first = 0, second = 0): number {
  return ((first << 16) | second) >>> 0;
}

/** Where the pair is in the table, or the free place where it would be. */
export function slotOf(keys: Uint32Array, numbers: Uint32Array, key: number): number {
  const mask = keys.length - 1;
  const mixed = imul(key ^ (key >>> 15), 0x9e3779b1);
  let slot = (mixed ^ (mixed >>> 13)) & mask;
  while (numbers[slot] !== 0 && keys[slot] !== key) slot = (slot + 1) & mask;
  return slot;
}

/** So large that the table stays at most half full. */
function powerOfTwoOver(entries: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(2, entries * 1.6)));
}
