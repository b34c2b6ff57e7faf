// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { oncePerText } from '../rules/once.ts';
import type { Text } from '../rules/text.ts';
import { defaultLimit, inert } from './inert.ts';

// A text of ours is a few sentences; this only bounds what a mistake elsewhere could make of it.
const textLimit = 2000;
const objectId = /^[0-9a-f]{7,64}$/;

/**
 * A text as one plain line, for terminals, titles and data: quoted parts stand between “ and ”, except object ids.
 * At most about `limit` code points.
 */
export function plain(text: Text, limit: number = textLimit): string {
  return inert(
    join(text, quote, (ours) => inert(ours, textLimit)),
    limit,
  );
}

/** A text as one line of inline Markdown: quoted parts are code spans, and our own words are words and nothing else. */
export function markdown(text: Text): string {
  return join(text, (quoted) => codeSpan(quoted), escapeOurs);
}

/**
 * Stranger-written text as a Markdown code span, inside which GitHub makes no mention, link, reference or HTML.
 * The fence is longer than any run of backticks within; see https://spec.commonmark.org/0.31.2/#code-spans
 */
export function codeSpan(text: string, limit: number = defaultLimit): string {
  const shown = inert(text, limit);
  if (shown === '') return '(empty)';
  const fence = '`'.repeat(longestRun(shown) + 1);
  // One space is taken off both ends when both have one, and a backtick at an end would join the fence.
  const stripped = shown.startsWith(' ') && shown.endsWith(' ') && shown.trim() !== '';
  const pad = stripped || shown.startsWith('`') || shown.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** Lines as a fenced code block; `info` is ours. The lines have to be inert already. */
export function fenced(lines: string, info: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(lines) + 1));
  return `${fence}${info}\n${lines}${lines.endsWith('\n') ? '' : '\n'}${fence}`;
}

function quote(quoted: string): string {
  return objectId.test(quoted) ? quoted : `“${inert(quoted)}”`;
}

function join(text: Text, theirs: (quoted: string) => string, ours: (part: string) => string): string {
  let line = '';
  // Kept apart: to look at the end of a line that grows is to copy all of it.
  let last = '';
  for (const part of text) {
    if (line.length > textLimit) return `${line}…`;
    const next = typeof part === 'string' ? ours(part) : theirs(part.quoted);
    // Two code spans that touch become one, and GitHub reads a dollar sign before a code span as mathematics.
    line += next.startsWith('`') && /[`$]/.test(last) ? ` ${next}` : next;
    last = next.at(-1) ?? last;
  }
  return line;
}

// The one piece of markup that our own words may hold is a code span between single backticks. They are few, and the same
// on each page.
const escapeOurs = oncePerText((words) =>
  inert(words, textLimit)
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[\\`*_[\]<>&|~]/g, '\\$&')))
    .join('')
    .replace(/^(?=[-+=#])/, '\\')
    .replace(/^(\d{1,9})(?=[.)])/, '$1\\'),
);

function longestRun(text: string): number {
  if (!text.includes('`')) return 0;
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}
