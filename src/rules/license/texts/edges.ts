// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { LicenseText } from './corpus.ts';

/** So many words of the license from p on are the words of the file from i on. */
interface Row {
  readonly p: number;
  readonly i: number;
  readonly length: number;
}

/** More other words than these between the terms and what may follow them are another text. */
const LONGEST_STRAY = 15;
/** A match shorter than this at an edge, with more than as many other words beside it, is chance. */
const SHORTEST_EDGE = 3;

/** Takes back matches (word of the license ─► word of the file, or -1) at the edges that belong to other text around the license. */
export function settleEdges(match: Int32Array, license: LicenseText): void {
  const rows = rowsOf(match);
  const kept = withoutChance(withoutFarTail(withoutLooseTitle(rows, license), license));
  match.fill(-1);
  for (const { p, i, length } of kept) for (let step = 0; step < length; step++) match[p + step] = i + step;
}

function rowsOf(match: Int32Array): Row[] {
  const rows: Row[] = [];
  let start = 0;
  for (let p = 1; p <= match.length; p++) {
    const i = match[start] ?? -1;
    if (p < match.length && i !== -1 && match[p] === i + p - start) continue;
    if (i !== -1) rows.push({ p: start, i, length: p - start });
    start = p;
  }
  return rows;
}

/** Where words stand between the title and the terms, the title isn't part of the place, and is looked at with these words. */
function withoutLooseTitle(rows: readonly Row[], { optional }: LicenseText): readonly Row[] {
  const title = optional[0]?.from === 0 ? optional[0].to : 0;
  const body = rows.find(({ p, length }) => p + length > title);
  return body === undefined ? rows : rows.filter(({ p, i }) => p >= title || i - p === body.i - body.p);
}

/** The appendix of another license further down is not that of this one. */
function withoutFarTail(rows: readonly Row[], { words, optional }: LicenseText): readonly Row[] {
  const tail = optional.at(-1);
  if (tail === undefined || tail.to !== words.length) return rows;
  const far = rows.findIndex((row, at) => {
    const before = rows[at - 1];
    return (
      before !== undefined &&
      row.p >= tail.from &&
      gapBetween(before, row) > LONGEST_STRAY + row.p - before.p - before.length
    );
  });
  return far === -1 ? rows : rows.slice(0, far);
}

/** "the" of the sentence before the license is not the first word of its title. */
function withoutChance(rows: readonly Row[]): readonly Row[] {
  let [from, to] = [0, rows.length];
  while (to - from > 1 && isChance(rows[from], rows[from], rows[from + 1])) from++;
  while (to - from > 1 && isChance(rows[to - 1], rows[to - 2], rows[to - 1])) to--;
  return rows.slice(from, to);
}

function isChance(row?: Row, first?: Row, second?: Row): boolean {
  return (row?.length ?? 0) < SHORTEST_EDGE && gapBetween(first, second) > SHORTEST_EDGE;
}

/** Words of the file between two rows. */
function gapBetween(first?: Row, second?: Row): number {
  return first === undefined || second === undefined ? 0 : second.i - first.i - first.length;
}
