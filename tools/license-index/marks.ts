// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { align } from '../../src/rules/license/texts/align.ts';
import type { Span } from '../../src/rules/license/texts/corpus.ts';
import { locate } from '../../src/rules/license/texts/locate.ts';
import { noticeLines } from '../../src/rules/license/texts/notices.ts';
import { ThreeWords } from '../../src/rules/license/texts/three-words.ts';
import { splitWords, type Words } from '../../src/rules/license/texts/words.ts';
import type { Allowed } from './allowed.ts';

const titleWords = new Set(
  'a agreement and by clause code copyright copying deed details for free from general january february march april may june july august september october november december http https in legal library license licenses of on org opensource or public revision source text the terms this to v version www rev com php html txt'.split(
    ' ',
  ),
);
const LONGEST_TITLE_LINE = 14;
/** Words that a name may have for a phrase to be taken as one. */
const LONGEST_NAME = 14;

/** Widths that people wrap at, and one line for each paragraph. */
const WIDTHS = [...Array.from({ length: 16 }, (_, step) => 42 + 4 * step), 72, 76, 79, 80, 120, 1_000_000];

/** How many words of a list's text are its title: the lines in front that say its name, version, date and address. */
export function titleLength(words: Words, names: readonly string[]): number {
  const known = new Set([
    ...titleWords,
    ...names.flatMap((name) => splitWords(name).words),
    ...names.flatMap((name) => name.toLowerCase().split(/\W+/)),
  ]);
  const isTitle = (word: string) => known.has(word) || /^\d+$/.test(word);
  let length = 0;
  while (length < words.words.length) {
    const line = words.lines[length];
    let end = length;
    while (words.lines[end] === line) end++;
    const here = words.words.slice(length, end);
    if (here.length > LONGEST_TITLE_LINE || !(here.every(isTitle) || isHeading(here))) break;
    length = end;
  }
  return length === words.words.length ? 0 : length;
}

/** A line that calls itself a license and says nothing. */
function isHeading(words: readonly string[]): boolean {
  const calls = words.some((word) => /^(?:licen[cs]|lizenz|licença|agreement)/.test(word));
  return (
    calls &&
    !words.some((word) =>
      /^(?:is|are|be|may|shall|must|this|you|we|hereby|grants?|granted|permission|use|not|no)$/.test(word),
    )
  );
}

/** What may be left out beside the title. */
export function optionalSpans(words: readonly string[], { optional = [], optionalFrom = [] }: Allowed): Span[] {
  const [terms] = find(words, 'END OF TERMS AND CONDITIONS');
  const tail = terms === undefined ? [] : [{ from: terms.from, to: words.length }];
  const phrases = optional.flatMap((phrase) => mustFind(words, phrase));
  const ranges = optionalFrom.map(([start, end]): Span => {
    const from = mustFind(words, start)[0]?.from ?? 0;
    const to = mustFind(words, end).find((span) => span.to > from)?.to ?? words.length;
    return { from, to };
  });
  return [...phrases, ...ranges, ...tail];
}

/** Between these phrases a license names who made the software: the places that the templates of the BSD and MIT families vary. */
const around: readonly (readonly [string, string])[] = [
  ['is provided by', 'as is'],
  ['in no event shall', 'be liable'],
  ['in no event will', 'be liable'],
  ['neither the name of', 'nor the names'],
  ['neither the name of', 'nor the name'],
  ['neither the names of', 'nor the names'],
  ['nor the names of', 'may be used'],
  ['the name of', 'may not be used'],
  ['the name of', 'not be used'],
  ['the names of', 'not be used'],
  ['as is and', 'disclaims all warranties'],
  ['free software foundation inc', 'usa'],
];

/** Where a license names somebody who may be somebody else. */
export function slotSpans(read: Words, text: string, { slots = [] }: Allowed): Span[] {
  const { words, starts, ends } = read;
  const named = around.flatMap(([before, after]) => between(words, before, after));
  const placeholders = [...text.matchAll(/<[^<>\n]{2,60}>|\[(?:yyyy|name of|year)[^[\]\n]{0,60}\]|_{3,}/g)]
    .filter(([found]) => !/@|:\/\//.test(found))
    .map(({ index, 0: found }) => wordsWithin(starts, ends, index, index + found.length));
  return [
    ...named,
    ...notices(words),
    ...edgesOfNotices(read, text),
    ...placeholders,
    ...slots.flatMap((phrase) => mustFind(words, phrase)),
  ];
}

/** A copyright notice in the middle of a paragraph: from the word to the first that no notice has. */
function notices(words: readonly string[]): Span[] {
  const spans: Span[] = [];
  words.forEach((word, from) => {
    if (word !== 'copyright' || !/^(?:\d{4}|yyyy|year|c)$/.test(words[from + 1] ?? '')) return;
    const length = words
      .slice(from, from + 16)
      .findIndex((other) =>
        /^(?:permission|this|redistribution|licensed|everyone|you|the|all|a|and|is|that)$/.test(other),
      );
    if (length > 0) spans.push({ from, to: from + length });
  });
  return spans;
}

/**
 * Words that a copyright notice swallows when lines break elsewhere, or that it doesn't reach: what is a notice is known by its
 * line, so that the words at its edges come and go with the width of the text.
 */
function edgesOfNotices({ words, notices }: Words, text: string): Span[] {
  const lost = new Set<number>();
  const seen = new Set([words.join(' ')]);
  for (const width of WIDTHS) {
    const rewrapped = rewrap(text, width);
    if (notices.size === 0 && noticeLines(rewrapped).size === 0) continue;
    const others = splitWords(rewrapped).words;
    const joined = others.join(' ');
    if (!seen.has(joined)) for (const at of missingFrom(others, words)) lost.add(at);
    seen.add(joined);
  }
  return [...lost].map((at) => ({ from: at, to: at + 1 }));
}

/** Places of the words that the other text lacks. */
function missingFrom(other: readonly string[], words: readonly string[]): number[] {
  const numbers = new Map([...words, ...other].map((word, number) => [word, number]));
  const [ours, theirs] = [words, other].map((text) => Uint16Array.from(text, (word) => numbers.get(word) ?? 0));
  if (ours === undefined || theirs === undefined) return [];
  const span = { from: 0, to: theirs.length };
  const match = align(ours, theirs, locate(new ThreeWords(ours), theirs, span), span);
  return words.flatMap((_, p) => (match[p] === -1 ? [p] : []));
}

/** Each paragraph in lines of that many characters at most. */
export function rewrap(text: string, width: number): string {
  const paragraphs = text.split(/\r?\n[ \t]*\r?\n/);
  return paragraphs.map((paragraph) => fill(paragraph.split(/\s+/).filter(Boolean), width)).join('\n\n');
}

function fill(words: readonly string[], width: number): string {
  let column = 0;
  return words.reduce((text, word) => {
    const fits = column > 0 && column + 1 + word.length <= width;
    column = fits ? column + 1 + word.length : word.length;
    return text + (fits ? ' ' : text === '' ? '' : '\n') + word;
  }, '');
}

function between(words: readonly string[], before: string, after: string): Span[] {
  return find(words, before).flatMap(({ to: from }) => {
    const end = find(words.slice(from, from + LONGEST_NAME + 4), after)[0];
    if (end === undefined) return [];
    const name = words.slice(from, from + end.from);
    while (/^(?:may|shall|must|can|will)$/.test(name.at(-1) ?? '')) name.pop();
    return name.length === 0 ? [] : [{ from, to: from + name.length }];
  });
}

function wordsWithin(starts: readonly number[], ends: readonly number[], from: number, to: number): Span {
  const first = starts.findIndex((start) => start >= from);
  const after = ends.findIndex((end) => end > to);
  const end = after === -1 ? ends.length : after;
  return { from: first === -1 ? end : first, to: end };
}

/** Spans in order, those that overlap made one. */
export function tidy(spans: readonly Span[]): Span[] {
  const tidied: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = tidied.at(-1);
    if (last === undefined || last.to <= span.from) tidied.push(span);
    else tidied[tidied.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
  }
  return tidied;
}

function mustFind(words: readonly string[], phrase: string): Span[] {
  const found = find(words, phrase);
  if (found.length === 0) throw new Error(`No text has the phrase ${JSON.stringify(phrase)} any more.`);
  return found;
}

function find(words: readonly string[], phrase: string): Span[] {
  const wanted = splitWords(phrase).words;
  const found: Span[] = [];
  for (let from = 0; from + wanted.length <= words.length; from++) {
    if (wanted.every((word, index) => words[from + index] === word)) found.push({ from, to: from + wanted.length });
  }
  return found;
}
