// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { enumeratorEnd } from './enumerator.ts';
import { equivalent } from './equivalents.ts';
import { noticeLines } from './notices.ts';

/** The words of a text, in order, as the SPDX matching guidelines compare them, and where each one stands. */
export interface Words {
  /** Lower case, one spelling for each word that SPDX lists as equivalent. */
  readonly words: readonly string[];
  /** Offsets in the text: where word i starts, and where it ends. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Line of each word, the first line is 1. */
  readonly lines: readonly number[];
  /** Lines that are left out because they are a copyright notice. */
  readonly notices: ReadonlySet<number>;
}

interface Collected {
  words: string[];
  starts: number[];
  ends: number[];
  lines: number[];
}

const SEPARATOR = 1;
const WORD = 2;
const IDEOGRAPH = 3;
/** Whether a UTF-16 unit belongs to a word, found out once for each. */
const kinds = new Uint8Array(0x10000);

/**
 * Splits a text into words after the guidelines of SPDX 3, annex "License matching guidelines and templates": white space, case,
 * punctuation, comment leaders and Markdown marks, bullets and numbering don't count; equivalent words are one word;
 * lines that are nothing but a copyright notice are left out. Takes time linear in the text.
 */
export function splitWords(text: string): Words {
  const folded = text.toLowerCase();
  const notices = noticeLines(text);
  const into: Collected = { words: [], starts: [], ends: [], lines: [] };
  let line = 1;
  let at = 0;
  while (at < folded.length) {
    const unit = folded.charCodeAt(at);
    if (unit === 10) line++;
    const kind = kindOf(unit);
    if (kind === SEPARATOR) at++;
    else if (notices.has(line)) at = endOfLine(folded, at);
    else at = readWord(folded, at, line, into);
  }
  return { ...into, notices };
}

/** Adds the word that starts there, unless it is a bullet; returns where to go on. */
function readWord(text: string, start: number, line: number, into: Collected): number {
  const end = wordEnd(text, start);
  const bullet = enumeratorEnd(text, start, end, into.words.at(-1));
  if (bullet !== null) return bullet;
  const previous = into.words.at(-1);
  const { word, joined } = equivalent(text.slice(start, end), previous);
  const last = into.words.length - 1;
  if (joined) {
    into.words[last] = word;
    into.ends[last] = end;
    return end;
  }
  into.words.push(word);
  into.starts.push(start);
  into.ends.push(end);
  into.lines.push(line);
  return end;
}

function wordEnd(text: string, start: number): number {
  // Chinese and Japanese have no spaces: each sign is a word.
  if (kindOf(text.charCodeAt(start)) === IDEOGRAPH) return start + 1;
  let end = start + 1;
  while (end < text.length && kindOf(text.charCodeAt(end)) === WORD) end++;
  return end;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

function kindOf(unit: number): number {
  const known = kinds[unit] ?? 0;
  if (known !== 0) return known;
  const kind = classify(unit);
  kinds[unit] = kind;
  return kind;
}

function classify(unit: number): number {
  if ((unit >= 0x3040 && unit <= 0x30ff) || (unit >= 0x3400 && unit <= 0x9fff)) return IDEOGRAPH;
  // Half of a character beyond the first plane: mathematical letters spell words that a reader reads, so they must count.
  if (unit >= 0xd800 && unit <= 0xdfff) return WORD;
  return /[\p{L}\p{N}\p{M}]/u.test(String.fromCharCode(unit)) ? WORD : SEPARATOR;
}
