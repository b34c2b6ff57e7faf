// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Tells the line (from 1) of an offset in the text. Linear over all calls as long as the offsets rise. */
export function lineFinder(text: string): (offset: number) => number {
  const lineEnd = (from: number) => {
    const at = text.indexOf('\n', from);
    return at === -1 ? Number.POSITIVE_INFINITY : at;
  };
  let line = 1;
  let start = 0;
  let end = lineEnd(0);
  return (offset) => {
    if (offset < start) {
      line = 1;
      start = 0;
      end = lineEnd(0);
    }
    while (end < offset) {
      line += 1;
      start = end + 1;
      end = lineEnd(start);
    }
    return line;
  };
}

/** The text without the byte order mark that some editors put first and most parsers refuse. */
export function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** The text's lines without their ends, LF or CRLF. */
export function linesOf(text: string): string[] {
  return withoutMark(text)
    .split('\n')
    .map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
}
