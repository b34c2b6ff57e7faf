// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Text } from '../text.ts';

/** One field of a paragraph. */
export interface Field {
  /** The line (from 1) where it starts. */
  readonly line: number;
  /** What stands on that line after the colon, trimmed; `License` has its short name here. */
  readonly synopsis: string;
  /** The continued lines without their first blank; ` .` stands for an empty one. */
  readonly more: readonly { readonly text: string; readonly line: number }[];
}

export interface Paragraph {
  readonly line: number;
  /** By name in lower case: names of fields are not case-sensitive. */
  readonly fields: ReadonlyMap<string, Field>;
}

export interface DebianCopyright {
  readonly paragraphs: readonly Paragraph[];
  /** The first line that is neither a field nor a continuation, or that gives a field twice; reading goes on after it. */
  readonly problem: { readonly text: Text; readonly line: number } | null;
}

interface Reading {
  readonly paragraphs: { line: number; fields: Map<string, Field> }[];
  /** null between paragraphs. */
  paragraph: { line: number; fields: Map<string, Field> } | null;
  /** Where continued lines go. */
  more: { text: string; line: number }[] | null;
  problem: DebianCopyright['problem'];
}

/**
 * Reads the paragraphs of a machine-readable `debian/copyright`, the format of REUSE's `.reuse/dep5` too.
 * Never throws, and takes linear time, whatever the text
 * (https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/#file-syntax).
 */
export function readDebianCopyright(text: string): DebianCopyright {
  const reading: Reading = { paragraphs: [], paragraph: null, more: null, problem: null };
  const lines = (text.startsWith('\uFEFF') ? text.slice(1) : text).split('\n');
  for (const [index, line] of lines.entries()) readLine(reading, line.trimEnd(), index + 1);
  return { paragraphs: reading.paragraphs, problem: reading.problem };
}

function readLine(reading: Reading, line: string, number: number): void {
  if (line === '') {
    reading.paragraph = null;
    reading.more = null;
    return;
  }
  if (line.startsWith('#')) return;
  if (line.startsWith(' ') || line.startsWith('\t')) {
    const rest = line.slice(1);
    if (reading.more === null) complain(reading, ['This indented line continues no field.'], number);
    else reading.more.push({ text: rest === '.' ? '' : rest, line: number });
    return;
  }
  readField(reading, line, number);
}

function readField(reading: Reading, line: string, number: number): void {
  const colon = line.indexOf(':');
  const name = line.slice(0, colon).trimEnd().toLowerCase();
  if (colon < 1 || !/^[!-~]+$/.test(name)) {
    reading.more = null;
    complain(reading, ['This line is no field (Name: value), and not indented as part of one.'], number);
    return;
  }
  if (reading.paragraph === null) {
    reading.paragraph = { line: number, fields: new Map() };
    reading.paragraphs.push(reading.paragraph);
  }
  const more: { text: string; line: number }[] = [];
  reading.more = more;
  if (reading.paragraph.fields.has(name)) {
    complain(reading, ['This paragraph gives the same field a second time.'], number);
    return;
  }
  reading.paragraph.fields.set(name, { line: number, synopsis: line.slice(colon + 1).trim(), more });
}

function complain(reading: Reading, text: Text, line: number): void {
  reading.problem ??= { text, line };
}
