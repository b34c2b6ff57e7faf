// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Anchor } from './locate.ts';

/** The most of these anchors, which are in the order of the file, that are in the order of the license too (patience sorting). */
export function longestRise(anchors: readonly Anchor[]): readonly Anchor[] {
  /** For each length, the anchor with the lowest place in the license that a rise of that length can end with. */
  const ends: number[] = [];
  const before = new Int32Array(anchors.length);
  anchors.forEach(({ p }, at) => {
    const length = lowerBound(ends, anchors, p);
    before[at] = ends[length - 1] ?? -1;
    ends[length] = at;
  });
  const rise: Anchor[] = [];
  for (let at = ends.at(-1) ?? -1; at !== -1; at = before[at] ?? -1) {
    const anchor = anchors[at];
    if (anchor !== undefined) rise.push(anchor);
  }
  return rise.reverse();
}

/** How many ends are lower in the license than p. */
function lowerBound(ends: readonly number[], anchors: readonly Anchor[], p: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((anchors[ends[middle] ?? 0]?.p ?? 0) < p) low = middle + 1;
    else high = middle;
  }
  return low;
}
