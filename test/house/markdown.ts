// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/** What a Markdown file points to and what can be pointed to in it. */
export interface Markdown {
  /** Targets of links and images as written, code left out. */
  readonly links: readonly string[];
  /** Anchors that GitHub makes of the headings. */
  readonly anchors: ReadonlySet<string>;
}

function plainText(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

/** GitHub's anchor of a heading: lower case, no punctuation, hyphens for blanks; a repeated one is numbered. */
function slug(heading: string, taken: ReadonlySet<string>): string {
  const plain = heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
  let anchor = plain;
  for (let repetition = 1; taken.has(anchor); repetition++) anchor = `${plain}-${repetition}`;
  return anchor;
}

/** Reads one of this project's own Markdown files; no HTML in it but comments. */
export function readMarkdown(text: string): Markdown {
  const html = micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()] });
  const anchors = new Set<string>();
  for (const [, heading] of html.matchAll(/<h[1-6]>(.*?)<\/h[1-6]>/gs)) {
    anchors.add(slug(plainText(String(heading)), anchors));
  }
  const links = [...html.matchAll(/ (?:href|src)="([^"]*)"/g)].map((match) => plainText(String(match[1])));
  return { links, anchors };
}
