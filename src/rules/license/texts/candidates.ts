// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type LicenseIndex, pairKey, slotOf } from './index.ts';

/** A text of the index that may be in the file, before its words are compared. */
export interface Candidate {
  /** Position in `index.texts`. */
  readonly text: number;
  /** About how many more of its words the file has than it lacks, by the word pairs that they share. */
  readonly net: number;
}

/** Share of a text's word pairs below which it is not looked at. 75 words scattered over one of 100 leave more than this. */
const LEAST_SHARE = 0.3;

/**
 * The texts that share the most word pairs with the runs of words, the best first. A threshold finds candidates
 * only; whether one of them is there is for the comparison of the words to say.
 */
export function findCandidates(index: LicenseIndex, runs: readonly Uint16Array[]): Candidate[] {
  const shared = countShared(index, runs);
  const { counts } = index.bigrams;
  const candidates: Candidate[] = [];
  for (let text = 0; text < counts.length; text++) {
    const all = counts[text] ?? 0;
    const some = shared[text] ?? 0;
    if (some === 0 || some < LEAST_SHARE * all) continue;
    const length = index.texts[text]?.words.length ?? 0;
    candidates.push({ text, net: ((2 * some - all) * length) / all });
  }
  return candidates.sort((a, b) => b.net - a.net || a.text - b.text);
}

function countShared({ bigrams }: LicenseIndex, runs: readonly Uint16Array[]): Uint32Array {
  const { keys, numbers, offsets, postings, counts } = bigrams;
  const shared = new Uint32Array(counts.length);
  const seen = new Uint8Array(offsets.length);
  for (const words of runs) {
    for (let at = 0; at + 1 < words.length; at++) {
      const number = numbers[slotOf(keys, numbers, pairKey(words[at], words[at + 1]))] ?? 0;
      if (number === 0 || seen[number] === 1) continue;
      seen[number] = 1;
      const end = offsets[number] ?? 0;
      for (let posting = offsets[number - 1] ?? 0; posting < end; posting++) {
        const text = postings[posting] ?? 0;
        shared[text] = (shared[text] ?? 0) + 1;
      }
    }
  }
  return shared;
}
