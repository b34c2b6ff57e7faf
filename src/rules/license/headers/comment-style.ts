// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { syntaxName, syntaxOf } from './languages.ts';
import { readPreamble } from './preamble.ts';
import type { HeaderForm } from './syntaxes.ts';
import { licenseTag } from './tags.ts';

/**
 * The header to put into a file, in its comment style and in the form that the REUSE tool writes, without a newline at
 * its end. Null where the file takes no comment or its style is not known (a `.license` sidecar or REUSE.toml is then
 * the place), and where the copyright or the expression would end the comment early or hold a line break.
 *
 * @param copyright  the notice's text, with or without its prefix; null for a header of the license alone
 * @param text  the file's text, which may tell by its `#!` line what the name doesn't
 */
export function suggestHeader(path: string, expression: string, copyright: string | null, text = ''): string | null {
  const form = syntaxOf(path, text).header;
  if (form === null || !fits(form, expression) || (copyright !== null && !fits(form, copyright))) return null;
  const lines = [`${licenseTag}: ${expression}`];
  if (copyright !== null) lines.unshift(notice(copyright), '');
  const body = lines.map((line) =>
    line === '' || form.prefix === '' ? `${form.prefix}${line}` : `${form.prefix} ${line}`,
  );
  return [...(form.open === null ? [] : [form.open]), ...body, ...(form.close === null ? [] : [form.close])].join('\n');
}

/**
 * The line (from 1) before which a header goes: after what must come first, such as a `#!` line, an XML declaration or
 * front matter. One more than the text has where it goes to the end; null where there is no such place.
 */
export function headerLine(path: string, text: string): number | null {
  const { headerLine: line, closed, end } = readPreamble(text, syntaxName(path, text));
  if (closed) return null;
  return end > 1 && end === text.length && !text.endsWith('\n') ? line + 1 : line;
}

function notice(copyright: string): string {
  const text = copyright.replace(/^SPDX-FileCopyrightText:\s*/, '').trim();
  return `SPDX-FileCopyrightText: ${text}`;
}

/** What closes the comment, or starts another in it, would let the rest of the line out into the program. */
function fits({ close }: HeaderForm, value: string): boolean {
  if (value.trim() === '' || /\p{C}|[\u2028\u2029]/u.test(value)) return false;
  if (close === null) return !value.endsWith('\\') && !value.includes('?>');
  // XML allows no two hyphens in a comment (https://www.w3.org/TR/xml/#sec-comments).
  if (close.includes('--')) return !value.includes('--') && !value.endsWith('-');
  return !value.includes(close.trim()) && !value.includes('*/');
}
