// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { linesOf } from '../manifests/lines.ts';

export interface NumberedLine {
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

/** A line and those below it that are indented further. */
export interface Block extends NumberedLine {
  readonly body: readonly NumberedLine[];
}

/** The lines that are neither empty nor comments at the very left. */
export function contentLines(text: string): readonly NumberedLine[] {
  return linesOf(text)
    .map((line, index) => ({ text: line, line: index + 1 }))
    .filter(({ text: content }) => content.trim() !== '' && !content.startsWith('#'));
}

/** The blocks whose first lines have just this indentation; `stray` is the first line that stands in none of them. */
export function blocksOf(
  lines: readonly NumberedLine[],
  indentation: '' | '  ',
): { readonly blocks: readonly Block[]; readonly stray: NumberedLine | null } {
  const blocks: { text: string; line: number; body: NumberedLine[] }[] = [];
  let stray: NumberedLine | null = null;
  for (const one of lines) {
    const last = blocks.at(-1);
    const isFirst = one.text.startsWith(indentation) && !/\s/.test(one.text[indentation.length] ?? ' ');
    if (isFirst) blocks.push({ ...one, body: [] });
    else if (last === undefined) stray ??= one;
    else last.body.push(one);
  }
  return { blocks, stray };
}
