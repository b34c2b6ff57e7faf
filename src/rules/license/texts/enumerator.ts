// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What stands before a number that means something, so that it is no bullet: "version 2." */
const referring = new Set([
  'version',
  'v',
  'section',
  'sections',
  'article',
  'clause',
  'paragraph',
  'exhibit',
  'point',
]);
const marker = /^(?:\d{1,2}|[a-z]|[ivxl]{1,5})$/;
const number = /^\d{1,2}$/;

/**
 * Where a bullet that starts there ends (`1.`, `(a)`, `iv)`, `3.1.`, and `3.1` after a sentence), or null where it is a word.
 * Nothing depends on where lines break: a rewrapped text must lose the same bullets.
 *
 * `text`: lower case. `start` and `end`: of the word there. `previous`: the word before it.
 */
export function enumeratorEnd(text: string, start: number, end: number, previous: string | undefined): number | null {
  // Nearly every word is longer than a bullet: answer for those without a regular expression.
  if (end - start > 5) return null;
  const next = text[end];
  if (next !== '.' && next !== ')' && next !== ']') return null;
  if (!opens(text, start) || !marker.test(text.slice(start, end))) return null;
  if (previous !== undefined && referring.has(previous)) return null;
  const last = lastPart(text, start, end);
  if (closes(text, last)) return last + 1;
  return last > end && followsSentence(text, start) ? last : null;
}

/** Nothing there that would make it the end of a word, an abbreviation or an address: "U.S.", "X-1.". */
function opens(text: string, start: number): boolean {
  return start === 0 || !/[\p{L}\p{N}.'’&@-]/u.test(text[start - 1] ?? '');
}

/** A full stop or bracket, and no letter right after it: "i.e." is no bullet. */
function closes(text: string, at: number): boolean {
  return /[.)\]]/.test(text[at] ?? '') && !/[\p{L}\p{N}]/u.test(text[at + 1] ?? ' ');
}

/** The end of `3.1.2`, given the end of `3`; at most four parts. */
function lastPart(text: string, start: number, end: number): number {
  let last = end;
  if (!number.test(text.slice(start, end))) return last;
  for (let part = 0; part < 3; part++) {
    const more = /^\.(\d{1,2})(?!\d)/.exec(text.slice(last, last + 4));
    if (more === null) break;
    last += more[0].length;
  }
  return last;
}

function followsSentence(text: string, start: number): boolean {
  // Markup and white space between a sentence and a bullet are short; a longer stretch is not looked at.
  const before = text.slice(Math.max(0, start - 40), start).replace(/[\s*_#>("'“”’]+$/, '');
  return /[.;:)]$/.test(before);
}
