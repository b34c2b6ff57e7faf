// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { hashWords, type LicenseIndex } from './index.ts';
import { isNotice, LONGEST_NOTICE } from './notices.ts';
import { splitWords, type Words } from './words.ts';

/** A file as it is compared: its text, its words, and the number that the index has for each. */
export interface FileText extends Words {
  readonly text: string;
  readonly numbers: Uint16Array;
}

/**
 * Whether words [from, to) say who holds a copyright and nothing else: they say so themselves, or go on with the notice in the
 * line above.
 */
export function isPartOfNotice({ text, starts, ends, lines, notices }: FileText, from: number, to: number): boolean {
  if (to <= from) return false;
  // The sign itself is no word: it stands in front of the first.
  const slice = text.slice(Math.max(0, (starts[from] ?? 0) - 4), ends[to - 1]);
  const told =
    notices.has((lines[from] ?? 0) - 1) || /copyright|©|\(c\)|all\s+rights\s+(?:are\s+)?reserved/i.test(slice);
  return told && isNotice(slice, LONGEST_NOTICE);
}

/** A word that no license has. */
export const NO_WORD = 0xffff;

/** Reads a text in the index's words. */
export function readText(text: string, { vocabulary }: LicenseIndex): FileText {
  const words = splitWords(text);
  const numbers = Uint16Array.from(words.words, (word) => vocabulary.get(word) ?? NO_WORD);
  return { ...words, text, numbers };
}

/** The hash of all its words. */
export function hashOf({ numbers }: FileText): number {
  return hashWords(numbers);
}
