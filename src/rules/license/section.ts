// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say, type Text } from '../text.ts';
import type { Finding, Level, Place } from '../verdict.ts';

/** What was looked at of one kind, and what is to be said of it. */
export interface Section {
  /** Our own words, for a table: `License files`. */
  readonly name: string;
  /** How many things were looked at. */
  readonly looked: number;
  readonly findings: readonly Finding[];
}

/** A finding of this rule; `code` without the rule's id. */
export function finding(code: string, level: Level, at: Place, text: Text): Finding {
  return { code: `license.${code}`, level, at, text };
}

/** What decoding puts in the place of bytes that are no text in UTF-8. */
const misnamed: Text = [' Its name is not in UTF-8, so that it cannot be asked for: rename it.'];

/** What the source should have read and did not. */
export function unread(path: string): Finding {
  const name: Text = path.includes('\ufffd') ? misnamed : [];
  const text = say`This file is among the changed ones, and it could not be read.${name}`;
  return finding('unread', 'gap', { path }, text);
}

/** `1 file`, `3 files` */
export function count(amount: number, noun: string): string {
  return `${amount} ${amount === 1 ? noun : `${noun}s`}`;
}

/** Findings of one code and level past the first few as one that counts the others, so that nobody is flooded. */
export function condensed(findings: readonly Finding[], most: number, rest: (left: number) => Text): Finding[] {
  const [first] = findings;
  if (first === undefined || findings.length <= most) return [...findings];
  const left = findings.length - most;
  return [...findings.slice(0, most), { ...first, at: null, text: rest(left), suggestion: undefined }];
}
