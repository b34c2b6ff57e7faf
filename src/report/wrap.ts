// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { graphemes, simple } from './inert.ts';

// Characters that terminals draw two columns wide: CJK and its punctuation, Hangul, full-width forms, emoji.
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;

/** Columns that an inert line takes on a terminal, as nearly as can be said without asking it. */
export function columns(line: string): number {
  if (simple.test(line)) return line.length;
  let sum = 0;
  for (const { segment } of graphemes(line)) sum += wide.test(segment) ? 2 : 1;
  return sum;
}

/**
 * Breaks an inert line between words into lines of at most `width` columns; a longer word gets a line of its own.
 * A short command between backticks is not broken, so that it can be read and copied.
 */
export function wrap(line: string, width: number): string[] {
  const lines: string[] = [];
  let current = '';
  let used = 0;
  for (const word of words(line)) {
    const size = columns(word);
    if (used > 0 && used + 1 + size > width) {
      lines.push(current);
      current = word;
      used = size;
      continue;
    }
    current = used > 0 ? `${current} ${word}` : word;
    used = used > 0 ? used + 1 + size : size;
  }
  return [...lines, current];
}

/** Longest command between backticks that is kept on one line. */
const unbroken = 40;

function* words(line: string): Generator<string> {
  let open = '';
  for (const word of line.split(' ')) {
    const joined = open === '' ? word : `${open} ${word}`;
    const isOpen = joined.split('`').length % 2 === 0;
    if (isOpen && joined.length < unbroken) {
      open = joined;
      continue;
    }
    open = '';
    yield joined;
  }
  if (open !== '') yield open;
}
