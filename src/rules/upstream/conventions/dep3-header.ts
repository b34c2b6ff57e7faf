// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { startsMail } from '../patch/diff.ts';
import { type Field, fieldOf } from '../patch/fields.ts';
import type { HeaderLine } from '../patch/header.ts';

/** The structured part of a DEP-3 header, and what stands outside of it. */
export interface Dep3Header {
  readonly fields: readonly Field[];
  /** Lines of paragraphs that start with prose, where no field can be, and lines among fields that are none. */
  readonly prose: readonly HeaderLine[];
}

/**
 * The fields of a patch's header as DEP-3 has them: in its first paragraph, or in a later one that starts with a field;
 * continued on lines that start with a blank. In a script (dpatch), each line stands behind `# `
 * (https://dep-team.pages.debian.net/deps/dep3/, "Structure").
 */
export function readDep3Header(lines: readonly HeaderLine[]): Dep3Header {
  const fields: Field[] = [];
  const prose: HeaderLine[] = [];
  for (const paragraph of paragraphs(uncommented(lines))) readParagraph(paragraph, fields, prose);
  return { fields, prose };
}

function uncommented(lines: readonly HeaderLine[]): readonly HeaderLine[] {
  const shown = lines.filter(({ text }) => !text.startsWith('#!') && !startsMail(text));
  if (shown.find(({ text }) => text !== '')?.text.startsWith('#') !== true) return shown;
  // Behind "## DP:" stands dpatch's own description.
  return shown
    .filter(({ text }) => !text.startsWith('##'))
    .map(({ text, line }) => ({ text: text.replace(/^# ?/, ''), line }));
}

function paragraphs(lines: readonly HeaderLine[]): HeaderLine[][] {
  const found: HeaderLine[][] = [[]];
  let last = 0;
  for (const one of lines) {
    // Where lines are missing, a diff was quoted.
    if (one.text === '' || one.line > last + 1) found.push([]);
    if (one.text !== '') found.at(-1)?.push(one);
    last = one.line;
  }
  return found.filter((paragraph) => paragraph.length > 0);
}

function readParagraph(paragraph: readonly HeaderLine[], fields: Field[], prose: HeaderLine[]): void {
  const [first] = paragraph;
  if (first === undefined) return;
  if (fieldOf(first) === null) {
    prose.push(...paragraph);
    return;
  }
  let current: { more: string[]; raw: string } | null = null;
  for (const one of paragraph) {
    if (/^[ \t]/.test(one.text)) {
      current?.more.push(one.text.trim());
      continue;
    }
    const field = fieldOf(one);
    if (field === null) {
      prose.push(one);
      continue;
    }
    const more: string[] = [];
    fields.push({ ...field, more });
    current = { more, raw: field.raw };
  }
}
