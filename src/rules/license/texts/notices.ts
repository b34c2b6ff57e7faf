// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { bindingInName } from './binding-words.ts';

// Every repetition is bounded: a hostile text can't make the search slow.
const opening =
  /^[^\p{L}\p{N}\n(©]{0,40}(?:(?:portions|some parts)[ \t]{1,4})?(?:spdx-filecopyrighttext:|(?:copyright|copr\.?|©|\(c\))[ \t]{0,8}(?::|by\b|\(c\)|©|&copy;|[<[{(]?[ \t]?\d{4}|[<[{]|y{4}\b|xxxx\b))|^[^\p{L}\p{N}\n]{0,40}all rights (?:are )?reserved[^\p{L}\p{N}\n]{0,10}$/gimu;

/** Small words of names and notices; other words in lower case are prose. */
const small = new Set(
  'a al all and any are at author authors by c co copyright copyrights contributors contributor da das de del der des di do dos du e en et for from gmbh holder holders in inc its la le members ltd of on or others owner owners project present rights reserved team the to und van von y year years yyyy name names holding spdx filecopyrighttext email file files list many see with http www com org net io dev'.split(
    ' ',
  ),
);

/** Lines, from 1, that are nothing but a copyright notice, which SPDX's guidelines leave out of a comparison. */
export function noticeLines(text: string): ReadonlySet<number> {
  const lines = new Set<number>();
  let line = 1;
  let counted = 0;
  for (const { index } of text.matchAll(opening)) {
    for (; counted < index; counted++) if (text.charCodeAt(counted) === 10) line++;
    const end = text.indexOf('\n', index);
    if (isNotice(text.slice(index, end === -1 ? text.length : end))) lines.add(line);
  }
  return lines;
}

/** Words of a notice at most: one line, or several that were made a paragraph. */
const LONGEST_LINE = 25;
export const LONGEST_NOTICE = 60;

/**
 * Whether it says who holds a copyright, and since when, and nothing more: at most so many words, none that could bind anybody, and
 * hardly a word in lower case, because names have capitals and conditions are prose. A term hidden in a copyright
 * line stays visible by it.
 */
export function isNotice(line: string, longest = LONGEST_LINE): boolean {
  if (line.length > longest * 16) return false;
  // Addresses are neither names nor prose; nobody reads a condition in one.
  const bare = line.replace(/[^\s<>()]{0,80}(?:@|:\/\/)[^\s<>()]{1,120}/g, ' ');
  const words = bare.match(/[\p{L}\p{M}]+/gu) ?? [];
  if (words.length > longest || words.some((word) => bindingInName(word.toLowerCase()))) return false;
  const prose = words.filter((word) => word === word.toLowerCase() && !small.has(word));
  return prose.length <= 2;
}
