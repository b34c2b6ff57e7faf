// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** A piece of HTML in which everything that isn't ours is escaped. */
export interface Html {
  readonly html: string;
}

type Part = Html | string | number | null | false | readonly (Html | string)[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

function show(part: Part): string {
  if (part === null || part === false) return '';
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part));
  return 'html' in part ? part.html : part.map(show).join('');
}

/** Tag for template literals: the literal parts are HTML, each interpolated string is escaped. */
export function html(ours: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: ours.map((text, at) => text + (at < parts.length ? show(parts[at] as Part) : '')).join('') };
}

/** Marks text as HTML that is safe as it stands. */
export function trusted(text: string): Html {
  return { html: text };
}
