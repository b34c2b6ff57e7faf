// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { HeaderLine } from './header.ts';

/** A line that names something and gives it a value, however carelessly it is written. */
export interface LooseField {
  /** The name in lower case, without blanks, dashes and underscores: `upstreamstatus`. */
  readonly key: string;
  readonly value: string;
}

const longestName = 40;
const longestPrefix = 8;

/**
 * The name and value of a line such as `> Upstream status = x`, for near misses: what stands before the first colon or
 * equals sign, without marks of quotation, comments and lists. null: the line is no such thing.
 */
export function looseField(text: string): LooseField | null {
  const start = text.slice(0, longestPrefix + longestName + 1);
  const end = start.search(/[:=]/);
  if (end < 1) return null;
  const name = start.slice(0, end).replace(/^[\s>#*+.[("'-]+/, '');
  const key = name.replaceAll(/[\s_-]+/g, '').toLowerCase();
  return key === '' || key.length > longestName ? null : { key, value: text.slice(end + 1).trim() };
}

/** One field of a header with the lines that continue it. */
export interface Field {
  /** As it is written. */
  readonly name: string;
  readonly value: string;
  /** The lines that follow it and start with a blank, without that blank. */
  readonly more: readonly string[];
  readonly line: number;
  readonly raw: string;
}

/** `Name: value` at the very start of a line, the blank after the colon being optional; null: the line is no field. */
export function fieldOf({ text, line }: HeaderLine): Field | null {
  const colon = text.slice(0, longestName + 1).indexOf(':');
  if (colon < 1 || !/^[A-Za-z][\w-]*$/.test(text.slice(0, colon))) return null;
  return { name: text.slice(0, colon), value: text.slice(colon + 1).trim(), more: [], line, raw: text };
}
