// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The tag of the SPDX Specification, 2.3, annex E. Its case matters, as REUSE has it. */
export const licenseTag = 'SPDX-License-Identifier';

/** Every word that changes what a header says. Global: set `lastIndex` before each use. */
export const markers = /SPDX-License-Identifier(?=:)|SPDX-Snippet(?:Begin|End)|REUSE-Ignore(?:Start|End)/g;

/** Longer ones are refused where they are judged; this keeps enough of them for that. */
const longest = 2_000;
/** What may close or frame a comment, and ends no expression. */
const closing = new Set(' \t\r\n*#|;%=~\'"`!<>/\\-{}[]@,:');
/** What may frame a comment, and ends no name or address. */
const framing = new Set(' \t\r\n*#|;%');

/**
 * The value of a tag that ends at `from`: what follows its colon up to `end`, without what closes or frames the
 * comment; null where no colon follows.
 */
export function tagValue(text: string, from: number, end: number): string | null {
  if (text[from] !== ':') return null;
  const value = text.slice(from + 1, Math.min(end, from + 1 + longest));
  let stop = value.length;
  while (stop > 0 && (closing.has(value.charAt(stop - 1)) || value.endsWith('*)', stop))) stop -= 1;
  return value.slice(0, stop).trimStart();
}

/** The text without the frame that some draw around a comment. */
export function unframed(text: string): string {
  let stop = text.length;
  while (stop > 0 && framing.has(text.charAt(stop - 1))) stop -= 1;
  return text.slice(0, stop);
}
