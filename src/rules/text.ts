// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * Text in which every part that a stranger wrote is marked: a plain string is ours, `{ quoted }` is theirs.
 * A renderer shows the quoted parts inert (a code span in Markdown, control characters replaced everywhere).
 */
export type Text = readonly (string | { readonly quoted: string })[];

/** Tag for template literals: the literal parts become ours, each interpolated value becomes quoted. */
export function say(ours: TemplateStringsArray, ...theirs: readonly (string | number | Text)[]): Text {
  const text: (string | { quoted: string })[] = [];
  ours.forEach((part, index) => {
    if (part !== '') text.push(part);
    const value = theirs[index];
    if (value === undefined) return;
    if (typeof value === 'number') text.push(String(value));
    else if (typeof value === 'string') text.push({ quoted: value });
    else text.push(...value);
  });
  return text;
}
