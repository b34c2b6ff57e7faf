// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { oncePer } from '../../once.ts';
import { type Heredocs, heredocsOf } from './heredocs.ts';
import type { Mark, Syntax, Where } from './syntaxes.ts';

/**
 * Takes what a comment holds on one line: offsets into the text, the line (from 1), and whether anything but comments
 * stood before it. Returns whether to go on.
 */
export type Visit = (start: number, end: number, line: number, afterCode: boolean) => boolean;

/** A part of a text, and the number of the line on which it starts. */
export interface Region {
  readonly from: number;
  readonly to: number;
  readonly line: number;
}

interface Cursor {
  readonly text: string;
  readonly to: number;
  readonly visit: Visit;
  readonly marks: readonly (readonly Mark[] | undefined)[];
  /** Finds the next character that may mean something, see `Table`. */
  readonly telling: RegExp;
  readonly heredocs: Heredocs;
  readonly startLine: (at: number) => void;
  at: number;
  line: number;
  lineStart: number;
  /** Where the line ends; looked up once a line, since a search a comment would be quadratic in a one-line file. */
  lineEnd: number;
  /** Whether only blanks stood on the line so far. */
  bare: boolean;
  /** Whether anything but comments stood before. */
  code: boolean;
  stopped: boolean;
}

const newline = 10;
const backslash = 92;

/**
 * Visits the comments of a text, line by line, in linear time. It is not a parser: regular expressions and nested
 * comments can mislead it, but strings and here-documents don't, so that what a program prints isn't read as its own
 * header.
 */
export function eachComment(text: string, syntax: Syntax, region: Region, visit: Visit): void {
  const { marks, telling } = tableOf(syntax);
  const cursor: Cursor = {
    text,
    to: region.to,
    visit,
    marks,
    telling,
    heredocs: heredocsOf(text),
    startLine: (at) => startLine(cursor, at),
    at: region.from,
    line: region.line,
    lineStart: region.from,
    lineEnd: -1,
    bare: true,
    code: false,
    stopped: false,
  };
  if (syntax.plain) emit(cursor, region.from, region.to);
  while (cursor.at < cursor.to && !cursor.stopped) step(cursor);
}

/** What the characters of a text may begin in a syntax. */
interface Table {
  /** By the first character, the longest first. */
  readonly marks: readonly (readonly Mark[] | undefined)[];
  /** Matches these characters, a line's end and a backslash. Global: set `lastIndex` before each use. */
  readonly telling: RegExp;
}

const tableOf = oncePer((syntax: Syntax): Table => {
  const marks: Mark[][] = [];
  for (const mark of syntax.marks) {
    const first = mark.open.charCodeAt(0);
    const same = (marks[first] ?? []).concat(mark);
    marks[first] = same.sort((one, other) => other.open.length - one.open.length);
  }
  const codes = [newline, backslash, ...Object.keys(marks).map(Number)];
  const escaped = codes.map((code) => `\\u${code.toString(16).padStart(4, '0')}`);
  return { marks, telling: new RegExp(`[${escaped.join('')}]`, 'g') };
});

function step(cursor: Cursor): void {
  toTelling(cursor);
  if (cursor.at >= cursor.to) return;
  const code = cursor.text.charCodeAt(cursor.at);
  if (code === newline) {
    startLine(cursor, cursor.at + 1);
    cursor.at = cursor.heredocs.skip(cursor.at + 1, cursor.startLine);
    return;
  }
  const mark = markAt(cursor, cursor.marks[code]);
  if (mark !== undefined) {
    openMark(cursor, mark);
    return;
  }
  cursor.code = true;
  cursor.bare = false;
  cursor.at += code === backslash && cursor.text.charCodeAt(cursor.at + 1) !== newline ? 2 : 1;
}

/** Goes on to the next character that may mean something: most of a text is passed by the regular expression alone. */
function toTelling(cursor: Cursor): void {
  const { text, telling, at: from, to } = cursor;
  telling.lastIndex = from;
  const at = telling.test(text) ? Math.min(telling.lastIndex - 1, to) : to;
  cursor.at = at;
  if (!cursor.bare && cursor.code) return;
  let first = from;
  while (first < at && isBlank(text.charCodeAt(first))) first += 1;
  if (first === at) return;
  cursor.code = true;
  cursor.bare = false;
}

/** A loop and no `find`, whose closure would be made anew for each character of the text. */
function markAt(cursor: Cursor, candidates: readonly Mark[] | undefined): Mark | undefined {
  if (candidates === undefined) return undefined;
  for (const candidate of candidates) if (opens(cursor, candidate)) return candidate;
  return undefined;
}

function opens({ text, at, bare, lineStart }: Cursor, mark: Mark): boolean {
  if (!text.startsWith(mark.open, at) || !isPlace(mark.where, text, at, bare, lineStart)) return false;
  // The keyword of a comment isn't the beginning of a longer word.
  const after = at + mark.open.length;
  return !isWordCharacter(text.charCodeAt(after - 1)) || !isWordCharacter(text.charCodeAt(after));
}

function isPlace(where: Where, text: string, at: number, bare: boolean, lineStart: number): boolean {
  if (where === 'anywhere') return true;
  if (where === 'line') return bare;
  return at === lineStart || (where === 'word' && isBlank(text.charCodeAt(at - 1)));
}

function openMark(cursor: Cursor, mark: Mark): void {
  const after = cursor.at + mark.open.length;
  const isComment = mark.kind === 'block' || (mark.kind === 'docstring' && cursor.bare && !cursor.code);
  cursor.bare = false;
  if (mark.kind === 'line') emit(cursor, after, Math.min(lineEnd(cursor, after), cursor.to));
  else if (mark.kind === 'kept') emit(cursor, cursor.at, Math.min(lineEnd(cursor, cursor.at), cursor.to));
  else if (isComment) block(cursor, after, mark.close);
  else skip(cursor, mark, after);
}

/** Goes on behind a string or the announcement of a here-document. */
function skip(cursor: Cursor, mark: Mark, after: number): void {
  cursor.code = true;
  if (mark.kind === 'string') shortString(cursor, after, mark.close);
  else if (mark.kind === 'heredoc') cursor.at = cursor.heredocs.announce(cursor.at, mark.open);
  else longString(cursor, after, mark.close);
}

function block(cursor: Cursor, after: number, close: string): void {
  const found = cursor.text.indexOf(close, after);
  const end = found < 0 || found > cursor.to ? cursor.to : found;
  emit(cursor, after, end);
  cursor.at = Math.min(end + close.length, cursor.to);
}

/** Hands out a comment's lines, and goes on behind it. */
function emit(cursor: Cursor, start: number, stop: number): void {
  let from = start;
  for (;;) {
    const end = Math.min(lineEnd(cursor, from), stop);
    if (!cursor.visit(from, end, cursor.line, cursor.code)) {
      cursor.stopped = true;
      return;
    }
    if (end >= stop) break;
    from = end + 1;
    startLine(cursor, from);
  }
  cursor.at = stop;
}

function longString(cursor: Cursor, after: number, close: string): void {
  const { text, to } = cursor;
  const first = close.charCodeAt(0);
  let at = after;
  while (at < to) {
    const code = text.charCodeAt(at);
    if (code === first && text.startsWith(close, at)) break;
    if (code === backslash) at += 1;
    if (text.charCodeAt(at) === newline) startLine(cursor, at + 1);
    at += 1;
  }
  cursor.bare = false;
  cursor.at = Math.min(at + close.length, to);
}

function shortString(cursor: Cursor, after: number, close: string): void {
  const end = Math.min(lineEnd(cursor, after), cursor.to);
  const quote = close.charCodeAt(0);
  let at = after;
  while (at < end && cursor.text.charCodeAt(at) !== quote) at += cursor.text.charCodeAt(at) === backslash ? 2 : 1;
  cursor.at = Math.min(at < end ? at + 1 : at, end);
}

function startLine(cursor: Cursor, at: number): void {
  cursor.line += 1;
  cursor.lineStart = at;
  cursor.bare = true;
}

function lineEnd(cursor: Cursor, at: number): number {
  if (cursor.lineEnd >= at) return cursor.lineEnd;
  const found = cursor.text.indexOf('\n', at);
  cursor.lineEnd = found < 0 ? cursor.text.length : found;
  return cursor.lineEnd;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 13 || code === 0xfeff;
}

function isWordCharacter(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
}
