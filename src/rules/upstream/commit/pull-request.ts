// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type Line, linesOf } from './lines.ts';

/**
 * The lines of a pull request's body that its author means to say: without HTML comments, which templates explain
 * themselves in, and without code blocks, which show how something would be written. The numbers stay those of the body.
 */
export function saidLines(body: string): readonly Line[] {
  let [comment, fence] = [false, ''];
  return linesOf(body).flatMap((line) => {
    const { text, open } = withoutComments(line.text, comment);
    const marks = comment || open ? '' : (/^ {0,3}(`{3,}|~{3,})/.exec(text)?.[1] ?? '');
    comment = open;
    if (fence !== '') {
      if (marks.startsWith(fence)) fence = '';
      return [];
    }
    fence = marks;
    return marks === '' ? [{ number: line.number, text: text.trimEnd() }] : [];
  });
}

/** The text outside of comments; `open`: a comment goes on into the next line. */
function withoutComments(text: string, inside: boolean): { readonly text: string; readonly open: boolean } {
  const parts: string[] = [];
  let [at, open] = [0, inside];
  while (at < text.length) {
    const next = text.indexOf(open ? '-->' : '<!--', at);
    if (!open) parts.push(text.slice(at, next < 0 ? text.length : next));
    if (next < 0) break;
    at = next + (open ? 3 : 4);
    open = !open;
  }
  return { text: parts.join(''), open };
}
