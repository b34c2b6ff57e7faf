// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Line } from './lines.ts';
import { tagOf } from './tags.ts';

const note = /^\[[^\]:]{1,80}: ?\S/;

/** Whether the line opens a note on what somebody changed in a patch: `[ada: Adjusted the context]`. */
export function isNote(line: Line | undefined): boolean {
  return line !== undefined && note.test(line.text.replace(/^\[ /, '['));
}

/** The first line below another (its number) that is prose or a note, beside tags and lines in parentheses. */
export function noteBelow(lines: readonly Line[], number: number): Line | null {
  return lines.find((line) => line.number > number && isProse(line)) ?? null;
}

function isProse(line: Line): boolean {
  if (line.text === '' || line.text.startsWith('(')) return false;
  return /^#?\s?Conflicts:/.test(line.text) || tagOf(line) === null;
}
