// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type Candidate, findCandidates } from './candidates.ts';
import { type Comparison, compare } from './compare.ts';
import type { LicenseText, Span } from './corpus.ts';
import type { FileText } from './file-text.ts';
import type { LicenseIndex } from './index.ts';
import { type Anchor, locate } from './locate.ts';
import { ThreeWords } from './three-words.ts';

/** A license, changed or not, in one place of a file. */
export interface Region extends Comparison {
  readonly license: LicenseText;
}

/** Licenses found in one file at most, so that a file made of them costs no more than this. */
const MOST_REGIONS = 100;
/** Candidates that are compared in any case, and those that are compared where none of these was there. */
const BATCH = 8;
const MOST_CANDIDATES = 32;
/** Share of a license's words, by threes, that must be found in a row; 75 words strewn over one of 90 leave more. */
const LEAST_ANCHORS = 0.1;
/** Share of a license's words that must be there, for it to be this license in any form. */
const LEAST_KEPT = 0.75;
/** Words of a long title. */
const TITLE = 12;
/** A run of fewer words holds no license. The shortest of the SPDX list have more. */
const SHORTEST_RUN = 8;

/** The licenses in a file, no two in the same place, in the order of the file. */
export function findRegions(index: LicenseIndex, file: FileText): Region[] {
  const regions: Region[] = [];
  let runs: Span[] = [{ from: 0, to: file.words.length }];
  while (regions.length < MOST_REGIONS) {
    const region = findRegion(index, file, runs);
    if (region === null) break;
    regions.push(region);
    runs = without(runs, region.span).filter(({ from, to }) => to - from >= SHORTEST_RUN);
  }
  return regions.sort((a, b) => a.span.from - b.span.from);
}

/** The license of which the most words are there. */
function findRegion(index: LicenseIndex, file: FileText, runs: readonly Span[]): Region | null {
  const candidates = findCandidates(
    index,
    runs.map(({ from, to }) => file.numbers.subarray(from, to)),
  );
  let best: { readonly region: Region; readonly net: number } | null = null;
  for (const [at, candidate] of candidates.entries()) {
    if (at === MOST_CANDIDATES || (best !== null && (at >= BATCH || isBeaten(candidate, best)))) break;
    const region = tryCandidate(index, file, runs, candidate);
    if (region !== null && (best === null || worth(region) > worth(best.region))) best = { region, net: candidate.net };
  }
  return best?.region ?? null;
}

/** Whether a candidate, by its word pairs, can't come near the license found. Words strewn over the file cost both alike. */
function isBeaten({ net }: Candidate, best: { readonly region: Region; readonly net: number }): boolean {
  const found = worth(best.region);
  return net * Math.max(1, found / best.net) * 1.1 + 10 < found;
}

function tryCandidate(index: LicenseIndex, file: FileText, runs: readonly Span[], { text }: Candidate): Region | null {
  const license = index.texts[text];
  if (license === undefined) return null;
  const threes = new ThreeWords(license.words);
  let best: { readonly run: Span; readonly anchors: readonly Anchor[] } | null = null;
  for (const run of runs) {
    const anchors = locate(threes, file.numbers, run);
    if (anchors.length > (best?.anchors.length ?? 0)) best = { run, anchors };
  }
  if (best === null || best.anchors.length * 3 < LEAST_ANCHORS * threes.distinct) return null;
  const comparison = compare(license, (p) => index.words[license.words[p] ?? 0] ?? '', file, best.anchors, best.run);
  return comparison === null || comparison.kept < LEAST_KEPT * comparison.required ? null : { ...comparison, license };
}

/**
 * How many words of the file it explains, less those that it has and the file doesn't. Words put in cost little beside: if this
 * license doesn't have them, then no other does, or that one explains more. One that differs is worth less by about a
 * title, which may count for one and not for the other. Of two alike, the one that names the same names.
 */
function worth({ span, matched, required, kept, cost }: Region): number {
  const missing = required - kept;
  const inserted = cost - missing;
  return span.to - span.from - missing - 1.1 * inserted + 0.001 * matched - (cost > 0 ? TITLE : 0);
}

/** The runs less that span. */
function without(runs: readonly Span[], { from, to }: Span): Span[] {
  return runs.flatMap((run) => {
    if (to <= run.from || run.to <= from) return [run];
    return [
      { from: run.from, to: from },
      { from: to, to: run.to },
    ].filter((rest) => rest.from < rest.to);
  });
}
