// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { lineFinder } from './lines.ts';

type Path = readonly (string | number)[];
const separator = '\0';
/** Everything below a longer key would cost a copy of it. Only the line is lost. */
const longestPart = 300;
const mostParts = 8;

interface Walk {
  readonly text: string;
  readonly lines: Map<string, number>;
  readonly lineAt: (offset: number) => number;
  /** How often each list of tables (`[[name]]`) has come so far. */
  readonly counts: Map<string, number>;
}

/**
 * Tells the lines (from 1) of what well-formed TOML holds: `lineOf(path)` is the line of the innermost table, key or
 * item on that path that is known, else 1. The parser that reads the values tells no places.
 */
export function tomlLines(text: string): (...path: Path) => number {
  const walk: Walk = { text, lines: new Map(), lineAt: lineFinder(text), counts: new Map() };
  let table: Path = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    at = skipBlank(text, at);
    if (at >= text.length) break;
    if (text[at] === '#') at = endOfLine(text, at);
    else if (text[at] === '[') {
      const header = readHeader(walk, at);
      table = header.table;
      at = header.end;
    } else at = readPair(walk, table, at);
  }
  return (...path) => {
    for (let length = path.length; length > 0; length -= 1) {
      const line = walk.lines.get(path.slice(0, length).join(separator));
      if (line !== undefined) return line;
    }
    return 1;
  };
}

function note(walk: Walk, path: Path, at: number): void {
  const key = path.join(separator);
  if (!walk.lines.has(key)) walk.lines.set(key, walk.lineAt(at));
}

function readHeader(walk: Walk, start: number): { table: Path; end: number } {
  const list = walk.text[start + 1] === '[';
  const { parts, end } = readKey(walk.text, start + (list ? 2 : 1), ']');
  const name = parts.join(separator);
  if (list) walk.counts.set(name, (walk.counts.get(name) ?? 0) + 1);
  const table = parts.flatMap((part, index) => {
    const count = walk.counts.get(parts.slice(0, index + 1).join(separator));
    return count === undefined ? [part] : [part, count - 1];
  });
  note(walk, table, start);
  return { table, end: endOfLine(walk.text, end) };
}

function readPair(walk: Walk, table: Path, start: number): number {
  const { parts, end } = readKey(walk.text, start, '=');
  for (let length = 1; length <= parts.length; length += 1) note(walk, [...table, ...parts.slice(0, length)], start);
  return readValue(walk, [...table, ...parts], end + 1);
}

/** Walks over a value to the end of its last line, and notes where a list's own items start. */
function readValue(walk: Walk, path: Path, start: number): number {
  const { text } = walk;
  const isList = text[skipBlank(text, start)] === '[';
  let depth = 0;
  let item = 0;
  let at = start;
  while (at < text.length) {
    const character = text[at] ?? '';
    if (character === '\n' && depth === 0) return at + 1;
    if (character === ',' && depth === 1) item += 1;
    if (isList && depth === 1 && opensString(character)) note(walk, [...path, item], at);
    depth += nesting[character] ?? 0;
    at = afterToken(text, at, character);
  }
  return text.length;
}

const nesting: { readonly [bracket: string]: number } = { '[': 1, '{': 1, ']': -1, '}': -1 };

function afterToken(text: string, at: number, character: string): number {
  if (character === '#') return endOfLine(text, at);
  return opensString(character) ? endOfString(text, at) : at + 1;
}

function opensString(character: string): boolean {
  return character === '"' || character === "'";
}

function readKey(text: string, start: number, close: ']' | '='): { parts: string[]; end: number } {
  const parts: string[] = [];
  let from = start;
  let at = start;
  const take = () => {
    const part = text.slice(from, Math.min(at, from + longestPart)).trim();
    if (parts.length < mostParts) parts.push(opensString(part[0] ?? '') ? part.slice(1, -1) : part);
    from = at + 1;
  };
  while (at < text.length && text[at] !== close && text[at] !== '\n') {
    if (text[at] === '.') take();
    at = afterToken(text, at, text[at] ?? '');
  }
  take();
  return { parts, end: at };
}

/** The offset after the string that starts here. */
function endOfString(text: string, start: number): number {
  const quote = text[start] ?? '';
  const close = text.startsWith(quote.repeat(3), start) ? quote.repeat(3) : quote;
  let at = start + close.length;
  while (at < text.length && !text.startsWith(close, at)) at += quote === '"' && text[at] === '\\' ? 2 : 1;
  at += close.length;
  // A string in triple quotes may end with up to two quotes of its own.
  while (close.length === 3 && text[at] === quote) at += 1;
  return Math.min(at, text.length);
}

function skipBlank(text: string, start: number): number {
  let at = start;
  while (at < text.length && ' \t\r\n'.includes(text[at] ?? '')) at += 1;
  return at;
}

function endOfLine(text: string, start: number): number {
  const at = text.indexOf('\n', start);
  return at === -1 ? text.length : at;
}
