// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { align } from './align.ts';
import type { LicenseText, Span } from './corpus.ts';
import { type Hunk, type Weight, weigh } from './differences.ts';
import { settleEdges } from './edges.ts';
import type { FileText } from './file-text.ts';
import type { Anchor } from './locate.ts';

/** How a license and the words of a file in one place compare. */
export interface Comparison {
  /** The words of the file that are the license. */
  readonly span: Span;
  /** Words that are the same. */
  readonly matched: number;
  /** Words of the license that it can't do without, and how many of these are there. */
  readonly required: number;
  readonly kept: number;
  readonly differences: readonly Weight[];
  /** Words missing or put in, that count. */
  readonly cost: number;
  /** Dice coefficient of the word pairs of the license and of its place in the file, 0 to 1. */
  readonly alike: number;
}

/** Words before the first and after the last anchor that may still belong to the license. */
const REACH = 100;

/** Compares word by word. `run`: the words of the file that aren't taken by another license. */
export function compare(
  license: LicenseText,
  spell: (p: number) => string,
  file: FileText,
  anchors: readonly Anchor[],
  run: Span,
): Comparison | null {
  const [first, last] = [anchors[0], anchors.at(-1)];
  if (first === undefined || last === undefined) return null;
  const from = Math.max(run.from, first.i - first.p - REACH);
  const to = Math.min(run.to, last.i + license.words.length - last.p + REACH);
  const match = align(license.words, file.numbers, anchors, { from, to });
  settleEdges(match, license);
  const places = match.filter((i) => i !== -1);
  if (places.length === 0) return null;
  const span = { from: places[0] ?? from, to: (places.at(-1) ?? to) + 1 };
  const differences = hunks(match, span).map((hunk) => weigh(hunk, license, spell, file));
  const missing = differences.reduce((sum, difference) => sum + difference.missing.length, 0);
  const required = Math.max(1, license.words.length - spareWords(license));
  return {
    span,
    matched: places.length,
    required,
    kept: required - missing,
    differences,
    cost: differences.reduce((sum, difference) => sum + difference.missing.length + difference.inserted.length, 0),
    alike: differences.length === 0 ? 1 : dice(match, span),
  };
}

/** How many words are optional or a name. */
function spareWords({ optional, slots }: LicenseText): number {
  const others = slots.filter((slot) => !optional.some(({ from, to }) => from <= slot.from && slot.to <= to));
  return [...optional, ...others].reduce((sum, { from, to }) => sum + to - from, 0);
}

function dice(match: Int32Array, { from, to }: Span): number {
  let shared = 0;
  for (let p = 0; p + 1 < match.length; p++) if (match[p] !== -1 && match[p + 1] === (match[p] ?? 0) + 1) shared++;
  return (2 * shared) / Math.max(1, match.length - 1 + (to - from - 1));
}

/** The places where the two differ, in order. */
function hunks(match: Int32Array, span: Span): Hunk[] {
  const found: Hunk[] = [];
  let p = 0;
  let i = span.from;
  for (let at = 0; at <= match.length; at++) {
    const there = at === match.length ? span.to : (match[at] ?? -1);
    if (there === -1) continue;
    if (at > p || there > i) found.push({ pFrom: p, pTo: at, iFrom: i, iTo: there });
    p = at + 1;
    i = there + 1;
  }
  return found;
}
