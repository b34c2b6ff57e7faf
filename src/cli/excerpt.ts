// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { inert } from '../report/inert.ts';
import { columns } from '../report/wrap.ts';

/** A place in a text; lines and columns count from 1, the end column is the one after the last character. */
interface Span {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

const before = 60;
const shown = 100;

/**
 * The line at a place and carets under what is meant, as compilers show it; nothing where the text has no such line.
 * A long line is cut to the part around the place.
 */
export function excerpt(text: string, { line, column, endLine, endColumn }: Span): string[] {
  const source = text.split(/\r\n|\n|\r/)[line - 1];
  if (source === undefined || source.trim() === '') return [];
  const start = Math.max(0, column - 1 - before);
  const visible = source.slice(start, start + shown);
  const from = column - 1 - start;
  const to = endLine === line ? endColumn - 1 - start : visible.length;
  const lead = inert(visible.slice(0, from), shown);
  const marked = inert(visible.slice(from, Math.max(to, from)), shown);
  const rest = inert(visible.slice(Math.max(to, from)), shown);
  const number = String(line);
  return [
    `  ${number} | ${lead}${marked}${rest}`,
    `  ${' '.repeat(number.length)} | ${' '.repeat(columns(lead))}${'^'.repeat(Math.max(1, columns(marked)))}`,
  ];
}
