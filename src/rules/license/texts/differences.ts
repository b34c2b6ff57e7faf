// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import leven from 'leven';
import { bindingInName, bindingWord } from './binding-words.ts';
import type { LicenseText, Span } from './corpus.ts';
import { type FileText, isPartOfNotice } from './file-text.ts';

/** Where the words of a license and of a file differ: the license's [pFrom, pTo) are missing, the file's [iFrom, iTo) are put in. */
export interface Hunk {
  readonly pFrom: number;
  readonly pTo: number;
  readonly iFrom: number;
  readonly iTo: number;
}

/**
 * How much a difference says. `free`: SPDX's guidelines or templates allow it. `harmless`: a slip of the pen that binds nobody.
 * `real`: it may change the license.
 */
export interface Weight {
  readonly kind: 'free' | 'harmless' | 'real';
  /** Words (of the license) whose absence counts, and words (of the file) whose presence counts. */
  readonly missing: readonly number[];
  readonly inserted: readonly number[];
}

/** The longest name put where the license names somebody. */
const LONGEST_NAME = 20;
/** More words than this in one place are never a slip of the pen. */
const FEW = 3;
const functionWords = new Set('a an as at in is it its of on s such that the these this to'.split(' '));

/** Judges one difference. `words`: the words of the license, spelled out. */
export function weigh(hunk: Hunk, license: LicenseText, words: (p: number) => string, file: FileText): Weight {
  const missing = range(hunk.pFrom, hunk.pTo).filter((p) => !within(license.optional, p) && !within(license.slots, p));
  const named = license.slots.some(({ from, to }) => from <= hunk.pTo && to >= hunk.pFrom) && isName(hunk, file);
  const inserted = named || isPartOfNotice(file, hunk.iFrom, hunk.iTo) ? [] : range(hunk.iFrom, hunk.iTo);
  if (missing.length === 0 && inserted.length === 0) return { kind: 'free', missing, inserted };
  const harmless =
    isTypo(missing.map(words), wordsOf(file, inserted)) || isSmall(missing.map(words), wordsOf(file, inserted));
  return { kind: harmless ? 'harmless' : 'real', missing, inserted };
}

function isName({ iFrom, iTo }: Hunk, file: FileText): boolean {
  return iTo - iFrom <= LONGEST_NAME && !file.words.slice(iFrom, iTo).some(bindingInName);
}

/** One longer word, one letter of it wrong. Not "not" and "now", not "legal" and "illegal", no letter of another alphabet. */
function isTypo(missing: readonly string[], inserted: readonly string[]): boolean {
  const [was, is] = [missing[0], inserted[0]];
  if (was === undefined || is === undefined || missing.length > 1 || inserted.length > 1) return false;
  if (!/^\p{Script=Latin}+$/u.test(is)) return false;
  return was.length > 4 && is.length > 4 && is.length < 30 && was[0] === is[0] && leven(was, is) === 1;
}

function isSmall(missing: readonly string[], inserted: readonly string[]): boolean {
  return (
    inserted.length <= FEW &&
    !inserted.some(bindingWord) &&
    missing.length <= FEW &&
    missing.every((word) => functionWords.has(word))
  );
}

function wordsOf(file: FileText, places: readonly number[]): string[] {
  return places.map((i) => file.words[i] ?? '');
}

function within(spans: readonly Span[], at: number): boolean {
  return spans.some(({ from, to }) => from <= at && at < to);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}
