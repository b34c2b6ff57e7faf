// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { posix } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readMarkdown } from './markdown.ts';
import { files, read } from './tree.ts';

const all = files();
// A template's links are those of the page that is made of it, where they lead from.
const documents = all.filter((path) => path.endsWith('.md') && !path.endsWith('.template.md'));
const folders = new Set(
  all.flatMap((path) => path.split('/').map((_, depth, parts) => parts.slice(0, depth).join('/'))),
);
const existing = new Set([...all, ...folders]);

/** What is wrong with a link in a document, or null. Addresses of other hosts are not asked. */
function fault(document: string, link: string): string | null {
  if (/^[a-z][a-z0-9+.-]*:/i.test(link)) return link.startsWith('http://') ? `${link} is not encrypted` : null;
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? document : posix.join(posix.dirname(document), decodeURIComponent(path));
  if (!existing.has(target.replace(/\/$/, ''))) return `${link}: no such file`;
  if (anchor === undefined) return null;
  return readMarkdown(read(target)).anchors.has(decodeURIComponent(anchor)) ? null : `${link}: no such heading`;
}

describe('documentation', () => {
  test.each(documents)('every link in %s leads somewhere', (document) => {
    const faults = readMarkdown(read(document)).links.map((link) => fault(document, link));
    expect(faults.filter((found) => found !== null)).toEqual([]);
  });

  test('what a newcomer looks for is there', () => {
    expect(documents).toEqual(
      expect.arrayContaining(['CHANGELOG.md', 'CONTRIBUTING.md', 'README.md', 'SECURITY.md', 'docs/operations.md']),
    );
  });
});

describe('the reader of Markdown', () => {
  test('finds links and images, and none in code or comments', () => {
    const text = '[a](b.md) ![c](d.png) <https://example.org> `[e](f.md)`\n\n    [g](h.md)\n\n<!-- [i](j.md) -->\n';
    expect(readMarkdown(text).links).toEqual(['b.md', 'd.png', 'https://example.org']);
  });

  test('makes anchors as GitHub does', () => {
    const text = '# Set-up, in two steps\n\n## `/healthz` & more\n\nTwice\n-----\n\n## Twice\n';
    expect([...readMarkdown(text).anchors]).toEqual(['set-up-in-two-steps', 'healthz--more', 'twice', 'twice-1']);
  });
});
