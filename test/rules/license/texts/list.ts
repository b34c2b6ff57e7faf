// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Identified } from '../../../../src/rules/license/texts/identify.ts';
import { type Listed, readList } from '../../../../tools/license-index.ts';

/** The SPDX license list as the package of it has it, not as the index that is tested. */
export const list: ReadonlyMap<string, Listed> = readList();

/** The text of a license of the list. */
export function textOf(id: string): string {
  const listed = list.get(id);
  if (listed === undefined) throw new Error(`No license ${id}`);
  return listed.licenseText;
}

/** `MIT exact 1-21`, one for each part. */
export function shown(identified: readonly Identified[]): string[] {
  return identified.map(({ id, layer, from, to }) => `${id} ${layer} ${from}-${to}`);
}

/** The ids that a part may have, by its text. */
export function idsOf({ id, also }: Identified): string[] {
  return [id, ...also];
}

/** Numbers below `below`, the same in every run. */
export function drawing(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Half of them words that licenses are made of. */
const vocabulary =
  'any apple blue commercial copy distribution garden granite horse keyboard lamp license may notice permission provided river seven shall software the under walking without'.split(
    ' ',
  );

/** So many words that make no sense. */
export function words(count: number, draw: (below: number) => number): string[] {
  return Array.from({ length: count }, () => vocabulary[draw(vocabulary.length)] ?? '');
}

/** Each paragraph as lines of at most so many characters. */
export function rewrapped(text: string, width: number): string {
  const paragraphs = text.split(/\r?\n[ \t]*\r?\n/).map((paragraph) => paragraph.split(/\s+/).filter(Boolean));
  return paragraphs.map((paragraph) => wrap(paragraph, width).join('\n')).join('\n\n');
}

function wrap(paragraph: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Under other names. */
export function copyrighted(text: string): string {
  const notices =
    'Copyright (c) 2031 Ada Example <ada@example.org>\nCopyright 2019-2024 The Example Project Authors. All rights reserved.';
  return `${notices}\n\n${text}`;
}

/** Without the first line, where that is a title: short, alone, calling itself a license, and no sentence. */
export function untitled(text: string): string {
  const [first = '', second, ...others] = text.trimStart().split('\n');
  const isTitle = /licen[cs]e|agreement/i.test(first) && second?.trim() === '' && first.split(/\s+/).length < 10;
  return isTitle && !/[.,:]\s*$|\b(?:is|your)\b/.test(first) && others.join('').trim() !== ''
    ? others.join('\n')
    : text;
}

/** The text with each word put in at a place of its own. */
export function strewn(text: string, words: readonly string[], draw: (below: number) => number): string {
  const parts = text.split(/(?<=\s)(?=\S)/);
  for (const word of words) {
    const at = draw(parts.length);
    parts[at] = `${word} ${parts[at]}`;
  }
  return parts.join('');
}

/** The text with something put in before the word that stands at that share of it. */
export function inserted(text: string, what: string, share: number): string {
  const found = [...text.matchAll(/\S+/g)];
  const { index } = found[Math.floor(found.length * share)] ?? { index: 0 };
  return `${text.slice(0, index)}${what} ${text.slice(index)}`;
}
