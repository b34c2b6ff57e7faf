// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { bindingWord } from './binding-words.ts';
import type { Span } from './corpus.ts';
import { type FileText, isPartOfNotice } from './file-text.ts';
import type { LicenseIndex } from './index.ts';
import type { Region } from './regions.ts';

/** What of a file is no license. */
export interface Leftovers {
  /** Text that stands in the same paragraph as a license, and so reads as a part of it. */
  readonly touching: ReadonlyMap<Region, readonly Span[]>;
  /** Text on its own. */
  readonly strange: readonly Span[];
}

/** Words that say that a license follows, or what it is called, and nothing else. */
const introducing = new Set(
  'a accompanying agreement apply applies are as at available below by code complete copy covered distributed dual following file files for found from full general gnu here http in info information is it its january february march april june july august september october november december legal library licensed license licenses lesser affero mit modified new of on option or and org original our package program project provided public released repository revised see simplified software source spdx identifier standard terms text that the these this to txt under unmodified v version www you your com opensource either conditions copying md expat com www html clause two three'.split(
    ' ',
  ),
);
/** More words of any other kind than these in one paragraph are text, not a heading. */
const FEW = 3;
const MOST_ROWS = 8;

/** Looks at every word that belongs to none of the licenses, paragraph by paragraph. */
export function leftovers(file: FileText, regions: readonly Region[], index: LicenseIndex): Leftovers {
  const names = namesOf(regions, index);
  const touching = new Map<Region, Span[]>();
  const strange: Span[] = [];
  for (const span of paragraphs(file, between(file, regions))) {
    if (isIgnorable(file, span, names)) continue;
    const neighbour = regions.find((region) => touches(file, region.span, span));
    if (neighbour !== undefined) touching.set(neighbour, [...(touching.get(neighbour) ?? []), span]);
    else addTo(strange, span);
  }
  return { touching, strange };
}

/** Two paragraphs in a row are one text. */
function addTo(spans: Span[], span: Span): void {
  const last = spans.at(-1);
  if (last !== undefined && last.to === span.from) spans[spans.length - 1] = { from: last.from, to: span.to };
  else spans.push(span);
}

function between(file: FileText, regions: readonly Region[]): Span[] {
  const starts = [0, ...regions.map(({ span }) => span.to)];
  const ends = [...regions.map(({ span }) => span.from), file.words.length];
  return starts.map((from, index) => ({ from, to: ends[index] ?? from })).filter(({ from, to }) => from < to);
}

function paragraphs({ lines }: FileText, spans: readonly Span[]): Span[] {
  return spans.flatMap(({ from, to }) => {
    const parts: Span[] = [];
    let start = from;
    for (let i = from + 1; i <= to; i++) {
      if (i < to && (lines[i] ?? 0) - (lines[i - 1] ?? 0) < 2) continue;
      parts.push({ from: start, to: i });
      start = i;
    }
    return parts;
  });
}

function touches({ lines }: FileText, region: Span, span: Span): boolean {
  if (span.to === region.from) return (lines[region.from] ?? 0) - (lines[span.to - 1] ?? 0) < 2;
  return span.from === region.to && (lines[span.from] ?? 0) - (lines[region.to - 1] ?? 0) < 2;
}

/** Titles, introductions, copyright notices, and few words that bind nobody: the paragraph, or each line of a short one. */
function isIgnorable(file: FileText, span: Span, names: ReadonlySet<string>): boolean {
  if (saysNothing(file, span, names)) return true;
  const rows = rowsOf(file, span);
  return rows.length <= MOST_ROWS && rows.every((row) => saysNothing(file, row, names));
}

function saysNothing(file: FileText, { from, to }: Span, names: ReadonlySet<string>): boolean {
  const words = file.words.slice(from, to);
  const other = words.filter((word) => !introducing.has(word) && !names.has(word) && !/^\d{1,4}$/.test(word));
  return (other.length <= FEW && !other.some(bindingWord)) || isPartOfNotice(file, from, to);
}

function rowsOf({ lines }: FileText, { from, to }: Span): Span[] {
  const starts = Array.from({ length: to - from }, (_, step) => from + step).filter(
    (i) => i === from || lines[i] !== lines[i - 1],
  );
  return starts.map((start, at) => ({ from: start, to: starts[at + 1] ?? to }));
}

/** The words of the ids and the titles of the licenses found. */
function namesOf(regions: readonly Region[], index: LicenseIndex): Set<string> {
  const ids = regions.flatMap(({ license }) => license.ids);
  const titles = regions.flatMap(({ license: { words, optional } }) =>
    optional[0]?.from === 0 ? [...words.subarray(0, optional[0].to)] : [],
  );
  return new Set([
    ...ids.flatMap((id) => id.toLowerCase().split(/[-.+]/)),
    ...titles.map((number) => index.words[number] ?? ''),
  ]);
}
