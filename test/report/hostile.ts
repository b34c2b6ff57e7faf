// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/** Every hostile text starts with this, so that a test can see where it ended up. */
export const marker = 'Zq7';

/** What people have written, or could write, into a subject, a name or a path to break out of where it is shown. */
export const nasty: readonly string[] = [
  ...[1, 2, 3, 4, 7, 199, 200, 5000].map((length) => '`'.repeat(length)),
  '` leading and trailing `',
  '``x`',
  '   ',
  ' both ends ',
  '\\',
  '\\`',
  ']',
  '](https://evil.example)',
  '[x](https://evil.example)',
  '![x](https://evil.example/x.png)',
  '[x]: https://evil.example',
  '<https://evil.example>',
  'https://evil.example',
  'www.evil.example',
  'ada@evil.example',
  '<!--',
  '-->',
  '</details>',
  '</code></li></ul><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<![CDATA[',
  '&lt;b&gt; &#x202e;',
  '|a|b|\n|-|-|\n|c|d|',
  '# heading',
  '- item\n- item',
  '1. item',
  '> quote',
  '***',
  '~~~',
  '```\nfence',
  '    code',
  '@everyone',
  '@octo/admins',
  '#1',
  'octo/demo#1',
  'GH-1',
  'deadbeefdeadbeefdeadbeefdeadbeefdeadbeef',
  ':tada:',
  '$x$ $`x`$',
  'a\nb',
  'a\r\nb',
  'a\rb',
  'a\u2028b\u2029c\u0085d',
  '\u202Eover\u202C',
  '\u2066isolate\u2069',
  'zero\u200Bwidth\u2060\uFEFF',
  '\u00A0no-break',
  '\u001B[31mred\u001B]8;;https://evil.example\u0007link',
  '\u009B31m',
  '\u0000nul\u007F',
  '\uD800 lone \uDC00',
  '👩‍💻 👨‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  `z${'\u0301'.repeat(3000)}`,
  '\u0301mark first',
  '\u3164\u115F\u2800',
  '\u{E0041}\u{E0042}',
  'Signed-off-by: Ada Example <ada@example.org>',
  '',
];

/** One megabyte of it, a single text so that thousands of findings can share it. */
export const megabyte = `${marker}${'`<b>@everyone\u0301'.repeat(75_000)}`;

/** A hostile text that starts with the marker. */
export const hostile: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'binary', maxLength: 12 })), { maxLength: 4 })
  .map((parts) => `${marker}${parts.join('')}`);

/** Markdown as GitHub's parser sees it, with HTML let through, so that a test sees what would be live. */
export function html(markdown: string): string {
  return micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
}

/** The names of all tags in order, closing ones with their slash. Text never holds a bare `<` in HTML. */
export function tags(page: string): string[] {
  return [...page.matchAll(/<(\/?[a-z][a-z0-9]*)|<(.?.?.?)/gi)].map((match) => match[1] ?? `?${match[2]}`);
}

/** The page without its code, inline and in blocks. */
export function outsideCode(page: string): string {
  return page.replace(/<code[^>]*>[^<]*<\/code>/g, '');
}

/** HTML text as characters. */
export function decode(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
