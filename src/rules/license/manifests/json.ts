// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import jsonc from 'jsonc-parser';
import { notValid, type Problem, tooDeep } from './declared.ts';
import { lineFinder, withoutMark } from './lines.ts';

export interface Json {
  readonly value: unknown;
  /** The line of the innermost member on the way to this one whose line is known. */
  lineOf(...path: readonly (string | number)[]): number;
}

/** Far more than npm's nested lock files have, and far less than recursion in the parser that tells places can take. */
const deepest = 256;

/**
 * Reads JSON as package managers do: RFC 8259, no comments, of duplicate keys the last. Never throws, and takes linear
 * time, whatever the text. Lines are known of members up to `levels` below the top.
 */
export function readJson(text: string, levels = 3): Json | { readonly problem: Problem } {
  const plain = withoutMark(text);
  const steep = firstTooDeep(plain);
  if (steep !== null) return { problem: tooDeep(lineFinder(plain)(steep)) };
  try {
    const value: unknown = JSON.parse(plain);
    const lines = memberLines(plain, levels);
    return { value, lineOf: (...path) => innermost(lines, path) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { problem: notValid('JSON', lineOfError(plain)) };
  }
}

/** The value as a table to look keys up in, empty where it is none. */
export function tableOf(value: unknown): ReadonlyMap<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Map();
  return new Map(Object.entries(value));
}

function firstTooDeep(text: string): number | null {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth > deepest) return at;
  }
  return null;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"' && text[at] !== '\n') at += text[at] === '\\' ? 2 : 1;
  return at;
}

const separator = '\0';
/** Each item below a longer key would cost a copy of it. Only the line is lost. */
const longestKey = 1_000;

function memberLines(text: string, levels: number): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  const note = (path: readonly (string | number)[], line: number) => {
    if (path.length > levels || path.some((part) => String(part).length > longestKey)) return;
    lines.set(path.join(separator), line + 1);
  };
  jsonc.visit(text, {
    onObjectProperty: (name, _offset, _length, line, _column, path) => note([...path(), name], line),
    onObjectBegin: (_offset, _length, line, _column, path) => {
      const inside = path();
      if (typeof inside.at(-1) === 'number') note(inside, line);
      // Not going further in is what keeps the paths, and with them the time, short.
      return inside.length < levels;
    },
    onArrayBegin: (_offset, _length, _line, _column, path) => path().length < levels,
    // The parser counts its way out of what it skips only where the ends are asked for too.
    onObjectEnd: () => {},
    onArrayEnd: () => {},
    onLiteralValue: (_value, _offset, _length, line, _column, path) => {
      const inside = path();
      if (typeof inside.at(-1) === 'number') note(inside, line);
    },
  });
  return lines;
}

function innermost(lines: ReadonlyMap<string, number>, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const line = lines.get(path.slice(0, length).join(separator));
    if (line !== undefined) return line;
  }
  return 1;
}

/** The line of the first thing that is no JSON. V8's own message does not always tell it, and quotes the file. */
function lineOfError(text: string): number {
  let first: number | null = null;
  const onError = (_error: number, _offset: number, _length: number, line: number) => {
    first ??= line + 1;
  };
  jsonc.visit(text, { onError }, { disallowComments: true });
  return first ?? 1;
}
