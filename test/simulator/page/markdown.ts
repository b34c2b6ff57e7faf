// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import rehypeRaw from 'rehype-raw';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { type Html, trusted } from './html.ts';

/**
 * GitHub's way from Markdown to HTML: raw HTML in it is parsed, then everything that is not on GitHub's own list of
 * allowed elements and attributes (rehype-sanitize's default) is taken out, `<details>` being on it and scripts not.
 * Pictures are taken out too: GitHub fetches them through a proxy of its own, and this page fetches nothing.
 */
const allowed = { ...defaultSchema, tagNames: defaultSchema.tagNames?.filter((name) => name !== 'img') ?? [] };

const renderer = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkRehype, { allowDangerousHtml: true })
  .use(rehypeRaw)
  .use(rehypeSanitize, allowed)
  .use(rehypeStringify)
  .freeze();

/** GitHub's Markdown as HTML that is safe to show. */
export function markdown(text: string): Html {
  return trusted(String(renderer.processSync(text)));
}
