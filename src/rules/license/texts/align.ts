// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Span } from './corpus.ts';
import type { Anchor } from './locate.ts';

/** Words of an anchor. */
const ANCHOR = 3;
/** Cells of one table; a gap that needs more holds nothing of the license. */
const LARGEST_TABLE = 1 << 18;
/** Cells of all tables of one comparison together, so that a hostile text costs no more than this. */
const BUDGET = 1 << 21;

/**
 * Which word of the file stands for each word of the license: -1 where none does. In order, longest common subsequence between
 * the anchors. `span`: the words of the file that may be used.
 */
export function align(license: Uint16Array, file: Uint16Array, anchors: readonly Anchor[], span: Span): Int32Array {
  const match = new Int32Array(license.length).fill(-1);
  let budget = BUDGET;
  let p = 0;
  let i = span.from;
  for (const anchor of anchors) {
    const apart = anchor.p >= p && anchor.i >= i;
    // An anchor that overlaps the one before it fits only if nothing was put in or taken out in between.
    if (!apart && anchor.i - anchor.p !== i - p) continue;
    if (apart) budget -= fillGap(license, file, match, { p, pEnd: anchor.p, i, iEnd: anchor.i }, budget);
    for (let step = 0; step < ANCHOR; step++) match[anchor.p + step] = anchor.i + step;
    p = anchor.p + ANCHOR;
    i = anchor.i + ANCHOR;
  }
  fillGap(license, file, match, { p, pEnd: license.length, i, iEnd: span.to }, budget);
  return match;
}

interface Gap {
  p: number;
  pEnd: number;
  i: number;
  iEnd: number;
}

/** Matches the words between two anchors; returns how many cells it took. */
function fillGap(license: Uint16Array, file: Uint16Array, match: Int32Array, gap: Gap, budget: number): number {
  while (gap.p < gap.pEnd && gap.i < gap.iEnd && license[gap.p] === file[gap.i]) match[gap.p++] = gap.i++;
  while (gap.pEnd > gap.p && gap.iEnd > gap.i && license[gap.pEnd - 1] === file[gap.iEnd - 1])
    match[--gap.pEnd] = --gap.iEnd;
  const rows = gap.pEnd - gap.p;
  const columns = gap.iEnd - gap.i;
  const cells = (rows + 1) * (columns + 1);
  if (rows <= 0 || columns <= 0 || cells > Math.min(LARGEST_TABLE, budget)) return 0;
  const lengths = commonLengths(license, file, gap);
  let { p, i } = gap;
  while (p < gap.pEnd && i < gap.iEnd) {
    const here = (p - gap.p) * (columns + 1) + (i - gap.i);
    if (license[p] === file[i]) match[p++] = i++;
    else if ((lengths[here + columns + 1] ?? 0) >= (lengths[here + 1] ?? 0)) p++;
    else i++;
  }
  return cells;
}

/** Longest common subsequence of what remains, for each pair of places. */
function commonLengths(license: Uint16Array, file: Uint16Array, { p, pEnd, i, iEnd }: Gap): Uint16Array {
  const width = iEnd - i + 1;
  const lengths = new Uint16Array((pEnd - p + 1) * width);
  for (let row = pEnd - p - 1; row >= 0; row--) {
    for (let column = width - 2; column >= 0; column--) {
      const here = row * width + column;
      const below = lengths[here + width] ?? 0;
      const beside = lengths[here + 1] ?? 0;
      const same = license[p + row] === file[i + column];
      lengths[here] = same ? (lengths[here + width + 1] ?? 0) + 1 : below > beside ? below : beside;
    }
  }
  return lengths;
}
