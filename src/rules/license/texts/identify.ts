// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Span } from './corpus.ts';
import { type FileText, hashOf, readText } from './file-text.ts';
import { type LicenseIndex, titledAndNot } from './index.ts';
import { leftovers } from './leftovers.ts';
import { findRegions, type Region } from './regions.ts';

/**
 * How a license was recognised. `exact`: every word, as SPDX's matching guidelines compare them. `template`: only what the
 * guidelines or SPDX's templates let vary is different. `similar`: 90 % alike or more, and nothing but slips of the pen apart.
 * `modified`: words were put in or taken out that may change it; a human has to read it. `unknown`: text that is no license known.
 */
export type Layer = 'exact' | 'template' | 'similar' | 'modified' | 'unknown';

/** A part of a file: a license of the SPDX list, or text that is none. */
export interface Identified {
  /** SPDX id; `unknown` where the layer is. For `modified` the license that it was made from, which it no longer is. */
  readonly id: string;
  /** Ids of the SPDX list with the very same text (`GPL-3.0-or-later` beside `GPL-3.0-only`): the text can't tell them apart. */
  readonly also: readonly string[];
  readonly layer: Layer;
  /** Dice coefficient of the word pairs, 0 to 1. */
  readonly score: number;
  /** Words put in, as the file spells them, at most 100; for `unknown` the words of the text. Written by a stranger. */
  readonly words: readonly string[];
  /** Words of the license that aren't there, in lower case, at most 100. */
  readonly missing: readonly string[];
  /** First and last line, from 1. */
  readonly from: number;
  readonly to: number;
}

/** In UTF-16 units; a longer text isn't read but unknown: ten times the longest of the list's, and a third of a second's work at the worst. */
const LONGEST_TEXT = 300_000;
/** Parts that are no license; a text with more has them as one. */
const MOST_UNKNOWN = 100;
const MOST_WORDS = 100;
const LONGEST_WORD = 60;
/** What the `similar` layer allows: word pairs alike, and words that differ, all together. */
const LEAST_ALIKE = 0.9;
const FEW_WORDS = 4;
const FEW_SHARE = 0.01;

/**
 * What licenses a text is, part by part in order; together the parts cover all of it but titles, copyright notices and a
 * few words that bind nobody. Empty for a text without words. The file is under the licenses found only if
 * `isCertain`.
 *
 * Pure; time is bounded by the length, whatever a stranger writes.
 */
export function identify(text: string, index: LicenseIndex): readonly Identified[] {
  if (text.length > LONGEST_TEXT) return [unknown([], 1, 1)];
  const file = readText(text, index);
  if (file.words.length === 0) return [];
  const whole = identifyWhole(file, index);
  if (whole !== null) return [whole];
  const regions = findRegions(index, file);
  const rest = leftovers(file, regions, index);
  const parts = regions.map((region) => describe(region, index, file, rest.touching.get(region) ?? []));
  // No license in it, and nothing that says so: titles and notices alone are no license either.
  const none = regions.length === 0 ? [{ from: 0, to: file.words.length }] : atMost(MOST_UNKNOWN, rest.strange);
  const strange = none.map((span) => unknown(spelled(file, span), lineOf(file, span.from), lineOf(file, span.to - 1)));
  return [...parts, ...strange].sort((a, b) => a.from - b.from);
}

/** The spans, the last of them made to hold all that would be too many. */
function atMost(most: number, spans: readonly Span[]): readonly Span[] {
  const [last, end] = [spans[most - 1], spans.at(-1)];
  return last === undefined || end === undefined
    ? spans
    : [...spans.slice(0, most - 1), { from: last.from, to: end.to }];
}

/** Whether every part is a license of the list, unchanged: only then are the ids what the file says. False for no parts. */
export function isCertain(identified: readonly Identified[]): boolean {
  return identified.length > 0 && identified.every(({ layer }) => layer !== 'modified' && layer !== 'unknown');
}

function identifyWhole(file: FileText, index: LicenseIndex): Identified | null {
  const places = index.whole.get(hashOf(file)) ?? [];
  const license = places
    .map((place) => index.texts[place])
    .find((text) => text !== undefined && titledAndNot(text).some((words) => sameWords(words, file.numbers)));
  if (license === undefined) return null;
  const layer = license.variant ? 'template' : 'exact';
  return {
    ...named(license.ids),
    layer,
    score: 1,
    words: [],
    missing: [],
    from: lineOf(file, 0),
    to: lineOf(file, file.words.length - 1),
  };
}

function sameWords(a: Uint16Array, b: Uint16Array): boolean {
  return a.length === b.length && a.every((word, at) => word === b[at]);
}

function describe(region: Region, index: LicenseIndex, file: FileText, touching: readonly Span[]): Identified {
  const inserted = region.differences.flatMap((difference) => difference.inserted).map((i) => spelling(file, i));
  const missing = region.differences.flatMap((difference) => difference.missing);
  const before = touching.filter(({ to }) => to <= region.span.from);
  const after = touching.filter(({ from }) => from >= region.span.to);
  const words = [
    ...before.flatMap((span) => spelled(file, span)),
    ...inserted,
    ...after.flatMap((span) => spelled(file, span)),
  ];
  return {
    ...named(region.license.ids),
    layer: touching.length > 0 ? 'modified' : layerOf(region),
    score: region.alike,
    words: words.slice(0, MOST_WORDS),
    missing: missing.slice(0, MOST_WORDS).map((p) => index.words[region.license.words[p] ?? 0] ?? ''),
    from: lineOf(file, Math.min(region.span.from, ...before.map(({ from }) => from))),
    to: lineOf(file, Math.max(region.span.to, ...after.map(({ to }) => to)) - 1),
  };
}

function layerOf({ differences, cost, required, license, alike }: Region): Layer {
  if (differences.length === 0) return license.variant ? 'template' : 'exact';
  if (differences.every(({ kind }) => kind === 'free')) return 'template';
  const few = cost <= Math.max(FEW_WORDS, FEW_SHARE * required);
  return few && alike >= LEAST_ALIKE && differences.every(({ kind }) => kind !== 'real') ? 'similar' : 'modified';
}

function named(ids: readonly string[]): Pick<Identified, 'id' | 'also'> {
  const [id = 'unknown', ...also] = ids;
  return { id, also };
}

function unknown(words: readonly string[], from: number, to: number): Identified {
  return { id: 'unknown', also: [], layer: 'unknown', score: 0, words, missing: [], from, to };
}

function spelled(file: FileText, { from, to }: Span): string[] {
  const end = Math.min(to, from + MOST_WORDS);
  return Array.from({ length: end - from }, (_, index) => spelling(file, from + index));
}

function spelling({ text, starts, ends }: FileText, i: number): string {
  return text.slice(starts[i], ends[i]).slice(0, LONGEST_WORD);
}

function lineOf({ lines }: FileText, i: number): number {
  return lines[i] ?? 1;
}
