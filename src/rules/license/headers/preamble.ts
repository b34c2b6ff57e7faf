// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Region } from './comments.ts';
import type { SyntaxName } from './syntaxes.ts';

/** What has to stand at the very beginning of a file, before its header. */
export interface Preamble {
  /** Offset and line (from 1) where the header may begin. */
  readonly end: number;
  readonly line: number;
  /** The line before which a header may be put in: a coding line, which is a comment itself, stays above it. */
  readonly headerLine: number;
  /** Metadata between fences at the top of a page, whose comments count too. */
  readonly frontMatter: (Region & { readonly syntax: SyntaxName }) | null;
  /** Whether nothing can be put in after it: the opening's line goes on, or PHP comes only after some HTML. */
  readonly closed: boolean;
}

const markup: readonly SyntaxName[] = [
  'xml',
  'markdown',
  'mdx',
  'component',
  'jinja',
  'handlebars',
  'freemarker',
  'erb',
];
/** Python's and Ruby's, which count in the first two lines alone (https://peps.python.org/pep-0263/). */
const coding = /^[ \t\f]{0,20}#.{0,200}coding[:=][ \t]{0,20}[-\w.]/;
/** A front matter or an XML opening that goes on longer than this isn't one. */
const longest = 16_384;

/**
 * What of a text precedes its header: byte order mark, `#!` line, coding line, openings of XML, HTML, PHP, CSS and
 * PostScript, front matter.
 */
export function readPreamble(text: string, syntax: SyntaxName): Preamble {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  const matter = markup.includes(syntax) ? frontMatter(text, start) : null;
  if (matter !== null) return matter;
  let end = start;
  if (text.startsWith('#!', end) && !text.startsWith('#![', end)) end = nextLine(text, end);
  end = readOpening(text, end, syntax) ?? end;
  const line = linesBefore(text, end);
  const headerLine = linesOnTop(text, start, syntax) + 1;
  return { end, line, headerLine: Math.max(line, headerLine), frontMatter: null, closed: isClosed(text, end, syntax) };
}

/** A directive of a Dockerfile, which counts only above all else (https://docs.docker.com/reference/dockerfile/#parser-directives). */
const directive = /^#[ \t]{0,20}[a-z]{1,20}[ \t]{0,20}=/i;
/** How many comments have to stay above a header. */
function linesOnTop(text: string, start: number, syntax: SyntaxName): number {
  if (syntax === 'lisp') return hasVariables(text.slice(start, nextLine(text, start))) ? 1 : 0;
  if (syntax !== 'docker') return codingLine(text, start, syntax);
  let lines = 0;
  for (let at = start; directive.test(text.slice(at, nextLine(text, at))); at = nextLine(text, at)) lines += 1;
  return lines;
}

/** `-*- lexical-binding: t -*-`, which Emacs looks for in the first line alone. */
function hasVariables(line: string): boolean {
  return line.startsWith(';') && line.split('-*-', 3).length === 3;
}

/** The number of the line that gives the text's encoding, or 0. */
function codingLine(text: string, start: number, syntax: SyntaxName): number {
  if (syntax !== 'python' && syntax !== 'ruby') return 0;
  const second = nextLine(text, start);
  if (coding.test(text.slice(start, second))) return 1;
  return text.startsWith('#', start) && coding.test(text.slice(second, nextLine(text, second))) ? 2 : 0;
}

/** The offset behind the opening of the language, or null where there is none. */
function readOpening(text: string, at: number, syntax: SyntaxName): number | null {
  if (syntax === 'php') return behind(/<\?(?:php|hh)?(?![\w=])/y, text, at);
  if (syntax === 'percent') return behind(/%!PS.*/y, text, at);
  if (syntax === 'css') return behind(/@charset\s{1,9}["'][^"'\n]{1,40}["']\s{0,9};/y, text, at);
  if (!markup.includes(syntax)) return null;
  const declared = behind(/\s{0,99}<\?xml\s[^>]{0,200}\?>/y, text, at) ?? at;
  const typed = behind(/\s{0,99}<!doctype\s{1,9}html[^>[]{0,500}>/iy, text, declared) ?? declared;
  return typed === at ? null : typed;
}

/** Behind the match, and behind its line where nothing more stands on it. */
function behind(opening: RegExp, text: string, at: number): number | null {
  opening.lastIndex = at;
  if (!opening.test(text)) return null;
  const rest = text.slice(opening.lastIndex, lineEnd(text, opening.lastIndex));
  return rest.trim() === '' ? nextLine(text, opening.lastIndex) : opening.lastIndex;
}

function isClosed(text: string, at: number, syntax: SyntaxName): boolean {
  if (syntax === 'php' && at === (text.startsWith('\uFEFF') ? 1 : 0)) return text.trim() !== '';
  return at > 0 && at < text.length && text[at - 1] !== '\n' && text[at - 1] !== '\uFEFF';
}

function frontMatter(text: string, start: number): Preamble | null {
  const fence = text.slice(start, start + 3);
  if (fence !== '---' && fence !== '+++') return null;
  const from = nextLine(text, start);
  if (text.slice(start + 3, from).trim() !== '') return null;
  const limit = text.slice(0, start + longest);
  let at = from;
  let line = 2;
  while (at < limit.length) {
    const next = nextLine(limit, at);
    if (limit.slice(at, next).trimEnd() === fence) {
      const region = { from, to: at, line: 2, syntax: fence === '---' ? 'yaml' : 'toml' } as const;
      return { end: next, line: line + 1, headerLine: line + 1, frontMatter: region, closed: false };
    }
    at = next;
    line += 1;
  }
  return null;
}

function lineEnd(text: string, at: number): number {
  const found = text.indexOf('\n', at);
  return found < 0 ? text.length : found;
}

function nextLine(text: string, at: number): number {
  return Math.min(lineEnd(text, at) + 1, text.length);
}

function linesBefore(text: string, at: number): number {
  let line = 1;
  for (let found = text.indexOf('\n'); found >= 0 && found < at; found = text.indexOf('\n', found + 1)) line += 1;
  return line;
}
