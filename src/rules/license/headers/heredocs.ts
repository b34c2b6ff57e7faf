// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The here-documents of a text that is read from its beginning to its end. */
export interface Heredocs {
  /** Notes the here-document that a `<<` or `<<<` announces; returns the offset behind the announcement. */
  announce(at: number, mark: string): number;
  /** Where the lines that were announced end, for the start of a line; tells of each line's start behind it. */
  skip(lineStart: number, startLine: (at: number) => void): number;
}

/** `<<-'EOF'`, `<<~EOF`, `<<\EOF`; a longer word than this is no terminator that anyone writes. */
const announcement = /[-~]?[ \t]{0,8}(?:(["'])|\\)?([A-Za-z_]\w{0,63})\1?/y;
const terminator = /^[ \t]*([A-Za-z_]\w{0,63})[;,) \t\r]{0,8}$/gm;

export function heredocsOf(text: string): Heredocs {
  /** Where each word stands alone on a line for the last time; found once, so that false alarms cost nothing more. */
  let lastLines: Map<string, number> | null = null;
  let pending: string[] = [];
  return {
    announce(at, mark) {
      announcement.lastIndex = at + mark.length;
      const match = announcement.exec(text);
      const word = match?.[2];
      if (match === null || word === undefined) return at + mark.length;
      lastLines ??= wordLines(text);
      if ((lastLines.get(word) ?? -1) > at) pending.push(word);
      return announcement.lastIndex;
    },
    skip(lineStart, startLine) {
      let at = lineStart;
      if (pending.length === 0) return at;
      for (const word of pending) at = skipTo(text, at, word, startLine);
      pending = [];
      return at;
    },
  };
}

function skipTo(text: string, lineStart: number, word: string, startLine: (at: number) => void): number {
  let at = lineStart;
  while (at < text.length) {
    const found = text.indexOf('\n', at);
    const end = found < 0 ? text.length : found;
    const isLast =
      end - at < 160 &&
      text
        .slice(at, end)
        .replace(/[;,)\s]+$/, '')
        .trimStart() === word;
    at = end + 1;
    if (found >= 0) startLine(at);
    if (isLast) break;
  }
  return Math.min(at, text.length);
}

function wordLines(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  for (const match of text.matchAll(terminator)) {
    if (match[1] !== undefined) lines.set(match[1], match.index);
  }
  return lines;
}
