// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { eachComment } from './comments.ts';
import { syntaxName } from './languages.ts';
import { findNotices, type Notice } from './notices.ts';
import { type Preamble, readPreamble } from './preamble.ts';
import { type Syntax, syntaxes } from './syntaxes.ts';
import { licenseTag, markers, tagValue, unframed } from './tags.ts';

export interface Tag {
  /** As it stands in the file, which may be no valid expression. Empty: nothing stands behind the tag. */
  readonly expression: string;
  readonly line: number;
}

export interface Snippet {
  /** That of its tags; several are joined with AND. */
  readonly expression: string;
  readonly fromLine: number;
  readonly toLine: number;
}

/** What a file's own comments say about its license. Lines count from 1. */
export interface Header {
  /** `SPDX-License-Identifier` in the header. Several hold together: AND. */
  readonly tags: readonly Tag[];
  /** Copyright notices in the header, as the REUSE Specification's "Format of Copyright Notices" has them. */
  readonly copyrights: readonly { readonly text: string; readonly line: number }[];
  /**
   * Well-known notices in the header that say a license without SPDX. An id is an SPDX expression. Looked for only where
   * there are no tags, which say it better: the search takes longer than all else that is read here.
   */
  readonly notices: readonly Notice[];
  readonly snippets: readonly Snippet[];
  /** Tags outside the header: behind its first 8 KiB, or where code follows one tag and then comes another. */
  readonly stray: readonly Tag[];
}

/** How much of a text counts as its header, from the end of what must precede it. */
const headerLength = 8192;
/** More tags than this make an expression that nobody could read. */
const most = 100;
const shown = 500;

interface Reading {
  readonly text: string;
  readonly isPlain: boolean;
  readonly headerEnd: number;
  marker: RegExpExecArray | null;
  ignored: boolean;
  line: number;
  /** The line of the last license tag: what follows on the same line belongs to its value. */
  tagLine: number;
  readonly open: { fromLine: number; expressions: string[] }[];
  readonly tags: Tag[];
  readonly stray: Tag[];
  readonly snippets: Snippet[];
  readonly copyrights: { text: string; line: number }[];
  readonly comments: { text: string; line: number }[];
}

/**
 * Reads the header of a file, and the SPDX tags behind it, in linear time; never throws. Only comments count (in text
 * without comments: lines that begin with the tag), so that a string that a program prints says nothing about the
 * program. What stands between `REUSE-IgnoreStart` and `REUSE-IgnoreEnd` is left out (REUSE Specification 3.3).
 */
export function readHeader(path: string, text: string): Header {
  const name = syntaxName(path, text);
  const preamble = readPreamble(text, name);
  const reading = startReading(text, syntaxes[name], preamble.end + headerLength);
  const visit = (start: number, end: number, line: number, afterCode: boolean) =>
    readComment(reading, start, end, line, afterCode);
  const { frontMatter } = preamble;
  if (frontMatter !== null) eachComment(text, syntaxes[frontMatter.syntax], frontMatter, visit);
  eachComment(text, syntaxes[name], body(text, preamble), visit);
  if (reading.open.length > 0) reading.line = text.split('\n').length;
  while (reading.open.length > 0) endSnippet(reading);
  const { tags, stray, snippets, copyrights, comments } = reading;
  return { tags, stray, snippets, copyrights, notices: tags.length > 0 ? [] : findNotices(comments) };
}

function body(text: string, { end, line }: Preamble) {
  return { from: end, to: text.length, line };
}

function startReading(text: string, syntax: Syntax, headerEnd: number): Reading {
  return {
    text,
    isPlain: syntax.plain,
    headerEnd,
    marker: nextMarker(text, 0),
    ignored: false,
    line: 1,
    tagLine: 0,
    open: [],
    tags: [],
    stray: [],
    snippets: [],
    copyrights: [],
    comments: [],
  };
}

function nextMarker(text: string, from: number): RegExpExecArray | null {
  markers.lastIndex = from;
  return markers.exec(text);
}

function readComment(reading: Reading, start: number, end: number, line: number, afterCode: boolean): boolean {
  reading.line = line;
  const counted = !reading.ignored && reading.open.length === 0;
  while (reading.marker !== null && reading.marker.index < start) advance(reading);
  while (reading.marker !== null && reading.marker.index < end) {
    readMarker(reading, reading.marker, start, end, afterCode);
    advance(reading);
  }
  if (start >= reading.headerEnd) return reading.marker !== null;
  if (counted && !reading.ignored && reading.open.length === 0) readHeaderLine(reading, start, end);
  return true;
}

function advance(reading: Reading): void {
  const { marker, text } = reading;
  reading.marker = marker === null ? null : nextMarker(text, marker.index + marker[0].length);
}

function readMarker(reading: Reading, marker: RegExpExecArray, start: number, end: number, afterCode: boolean): void {
  if (!isTag(reading, start, marker.index)) return;
  const [word] = marker;
  if (word === 'REUSE-IgnoreStart') reading.ignored = true;
  else if (word === 'REUSE-IgnoreEnd') reading.ignored = false;
  else if (reading.ignored) return;
  else if (word === 'SPDX-SnippetBegin') reading.open.push({ fromLine: reading.line, expressions: [] });
  else if (word === 'SPDX-SnippetEnd') endSnippet(reading);
  else if (word === licenseTag) readLicense(reading, marker.index, end, afterCode);
}

/** A tag in quotes is spoken of, not given; in text without comments, so is one in the middle of a sentence. */
function isTag({ text, isPlain }: Reading, start: number, at: number): boolean {
  if (at > start && '"\'`'.includes(text.charAt(at - 1))) return false;
  return !isPlain || !/[\p{L}\p{N}"'`]/u.test(text.slice(Math.max(start, at - shown), at));
}

function readLicense(reading: Reading, at: number, end: number, afterCode: boolean): void {
  const { line, open, tags, stray } = reading;
  if (reading.tagLine === line) return;
  const expression = tagValue(reading.text, at + licenseTag.length, end);
  if (expression === null) return;
  reading.tagLine = line;
  const snippet = open.at(-1);
  if (snippet !== undefined) keep(snippet.expressions, expression, 'NOASSERTION');
  else if (at >= reading.headerEnd || (afterCode && tags.length > 0)) {
    keep(stray, { expression, line }, { expression: 'NOASSERTION', line });
  } else keep(tags, { expression, line }, { expression: 'NOASSERTION', line });
}

/** What no longer fits is not dropped without a word: one that nobody knows stands for all of it. */
function keep<Item>(list: Item[], item: Item, instead: Item): void {
  if (list.length < most) list.push(item);
  else if (list.length === most) list.push(instead);
}

function endSnippet(reading: Reading): void {
  const snippet = reading.open.pop();
  if (snippet === undefined || snippet.expressions.length === 0) return;
  const { fromLine, expressions } = snippet;
  const expression = expressions.length === 1 ? expressions[0] : expressions.map((one) => `(${one})`).join(' AND ');
  const unknown = { expression: 'NOASSERTION', fromLine, toLine: reading.line };
  keep(reading.snippets, { expression: expression ?? '', fromLine, toLine: reading.line }, unknown);
}

/** The prefixes of the REUSE Specification; the symbol in parentheses alone is none of them. */
const copyright = /^(?:SPDX-(?:File|Snippet)CopyrightText:|Copyright\s|©)\s*\S/;

function readHeaderLine(reading: Reading, start: number, end: number): void {
  const whole = reading.text.slice(start, Math.min(end, reading.headerEnd));
  if (whole.trim() === '') return;
  reading.comments.push({ text: whole, line: reading.line });
  const tag = whole.indexOf('SPDX-FileCopyrightText:');
  const text = (tag < 0 ? whole.replace(/^[^\p{L}\p{N}©]+/u, '') : whole.slice(tag)).trimEnd();
  if (!copyright.test(text)) return;
  if (reading.isPlain && tag >= 0 && !isTag(reading, start, start + tag)) return;
  reading.copyrights.push({ text: unframed(text.slice(0, shown)), line: reading.line });
}
