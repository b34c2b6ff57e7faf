// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { endianness } from 'node:os';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';

/** Positions [from, to) of words in a text. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** One text of a license, as words of a shared vocabulary. A license may have several, and a text several ids. */
export interface LicenseText {
  /** The id it is known by, and then the ids of the SPDX list that have this very text. */
  readonly ids: readonly string[];
  readonly words: Uint16Array;
  /** What may be left out: the title, what follows the terms, what SPDX's templates make optional. */
  readonly optional: readonly Span[];
  /** What names somebody, and may name somebody else. */
  readonly slots: readonly Span[];
  /** Not the list's own words, but a form of them that SPDX's template of the license allows. */
  readonly variant: boolean;
}

export interface Corpus {
  /** Version of the SPDX license list. */
  readonly version: string;
  readonly vocabulary: readonly string[];
  readonly texts: readonly LicenseText[];
  /** How many different pairs of neighbouring words the texts have, or a few more. */
  readonly pairs: number;
}

interface Head {
  readonly version: string;
  readonly pairs: number;
  /** For each text: ids, number of words, optional spans, slots (both as flat pairs), 1 for a variant. */
  readonly texts: readonly (readonly [readonly string[], number, readonly number[], readonly number[], 0 | 1])[];
}

/**
 * The compact file: Brotli over the lengths of two parts, then these, as JSON and lines (head, vocabulary), then two bytes for
 * each word of each text, low byte first.
 */
export function encodeCorpus({ version, vocabulary, texts, pairs }: Corpus): Uint8Array {
  const head: Head = {
    version,
    pairs,
    texts: texts.map(({ ids, words, optional, slots, variant }) => [
      ids,
      words.length,
      flat(optional),
      flat(slots),
      variant ? 1 : 0,
    ]),
  };
  const parts = [Buffer.from(JSON.stringify(head)), Buffer.from(vocabulary.join('\n'))];
  const lengths = Buffer.alloc(8);
  parts.forEach((part, index) => {
    lengths.writeUInt32LE(part.length, 4 * index);
  });
  const words = Buffer.concat(texts.map(({ words }) => littleEndian(words)));
  const all = Buffer.concat([lengths, ...parts, words]);
  return brotliCompressSync(all, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: all.length,
    },
  });
}

/** What `encodeCorpus` wrote. Throws where it is anything else. */
export function decodeCorpus(file: Uint8Array): Corpus {
  const all = brotliDecompressSync(file);
  const headEnd = 8 + all.readUInt32LE(0);
  const vocabularyEnd = headEnd + all.readUInt32LE(4);
  const head: Head = JSON.parse(all.toString('utf8', 8, headEnd));
  const words = fromLittleEndian(all.subarray(vocabularyEnd));
  let at = 0;
  const texts = head.texts.map(([ids, length, optional, slots, variant]): LicenseText => {
    at += length;
    return {
      ids,
      words: words.subarray(at - length, at),
      optional: spans(optional),
      slots: spans(slots),
      variant: variant === 1,
    };
  });
  if (at !== words.length) throw new Error('The index of license texts is not whole.');
  const vocabulary = all.toString('utf8', headEnd, vocabularyEnd).split('\n');
  return { version: head.version, pairs: head.pairs, vocabulary, texts };
}

function flat(spans: readonly Span[]): number[] {
  return spans.flatMap(({ from, to }) => [from, to]);
}

function spans(flat: readonly number[]): Span[] {
  const starts = flat.filter((_, index) => index % 2 === 0);
  return starts.map((from, index) => ({ from, to: flat[2 * index + 1] ?? from }));
}

function littleEndian(words: Uint16Array): Buffer {
  const bytes = Buffer.from(words.slice().buffer);
  return endianness() === 'LE' ? bytes : bytes.swap16();
}

function fromLittleEndian(bytes: Buffer): Uint16Array {
  // A copy, because a view must begin at an even offset.
  const copy = Uint8Array.from(bytes);
  if (endianness() === 'BE') Buffer.from(copy.buffer).swap16();
  return new Uint16Array(copy.buffer);
}
