// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Span } from './corpus.ts';
import { longestRise } from './longest-rise.ts';
import type { ThreeWords } from './three-words.ts';

/** Words p, p + 1 and p + 2 of a license stand at words i, i + 1 and i + 2 of the file. */
export interface Anchor {
  readonly p: number;
  readonly i: number;
}

/** How many words may have been put in or taken out, all together, in one copy of a license. */
const LARGEST_SHIFT = 300;

/**
 * The places of one run of the file's words where three words of the license follow each other, in the order of both: the most of
 * them that can be one copy of the license. Empty where there is none. `license`: only three words that it has
 * just once are looked for. Time is linear in the run, but for sorting the places found.
 */
export function locate(license: ThreeWords, file: Uint16Array, run: Span): readonly Anchor[] {
  const found: Anchor[] = [];
  for (let i = run.from; i + 2 < run.to; i++) {
    const p = license.placeOf(file, i);
    if (p === -1) continue;
    found.push({ p, i });
    // The two words after it are in it already.
    i += 2;
  }
  // Two copies stand at least a license's length apart, so that a narrower window holds one; a short license with much put
  // in needs the wider.
  const near = longestRise(densest(found, license.length * 0.75));
  if (near.length * 3 * 2 >= license.distinct || found.length === near.length) return near;
  const wide = longestRise(densest(found, license.length + LARGEST_SHIFT));
  return wide.length > near.length ? wide : near;
}

/** The anchors of which the most have shifts (i - p) no further apart than that, in the order of the file. */
function densest(anchors: readonly Anchor[], width: number): readonly Anchor[] {
  const shifts = new Int32Array(anchors.length);
  anchors.forEach(({ i, p }, at) => {
    shifts[at] = i - p;
  });
  shifts.sort();
  let most = 0;
  let least = 0;
  for (let first = 0, last = 0; last < shifts.length; last++) {
    while ((shifts[last] ?? 0) - (shifts[first] ?? 0) > width) first++;
    if (last - first + 1 <= most) continue;
    most = last - first + 1;
    least = shifts[first] ?? 0;
  }
  return anchors.filter(({ i, p }) => i - p >= least && i - p <= least + width);
}
