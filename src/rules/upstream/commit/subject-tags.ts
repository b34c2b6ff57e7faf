// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say } from '../../text.ts';
import type { Problem } from '../model.ts';
import { excerpt, type Line } from './lines.ts';
import { nearMiss } from './problems.ts';

/** A subject that starts with tags in capitals, as kernels that follow upstream have them. */
export interface TaggedSubject {
  /** Such as `BACKPORT`, `FROMGIT`; none: the subject has no tag. */
  readonly tags: readonly string[];
  /** What follows the tags. */
  readonly title: string;
  /** `Revert "…"` stands around it, or `Reapply "…"`, as `git revert` writes it. */
  readonly revert: boolean;
  readonly problem: Problem | null;
}

/**
 * Reads the tags at the start of a subject, each followed by a colon and a blank. `combinations` are those that the
 * convention has, separated by blanks, such as `BACKPORT FROMGIT`.
 */
export function readTags(subject: Line, combinations: readonly string[]): TaggedSubject {
  const text = unquoted(subject.text);
  const { words, title, asWritten } = leadingTags(text, combinations);
  const revert = text !== subject.text && !subject.text.startsWith('Reland');
  if (words.length === 0) return { tags: [], title: text, revert, problem: null };
  const tags = known(words, combinations);
  const correct = [...(tags ?? words).map((tag) => `${tag}: `), title].join('');
  if (tags !== null && asWritten === correct && tags.join() === words.join()) {
    return { tags, title, revert, problem: null };
  }
  return { tags: [], title, revert, problem: problemOf(subject, text, tags === null ? null : correct) };
}

const mostQuotes = 10;

/** What was reverted, or the revert of what, and so on: nobody takes anything back more often than this. */
function unquoted(subject: string): string {
  let text = subject;
  for (let round = 0; round < mostQuotes; round += 1) {
    const inside = /^(?:Revert|Reapply|Reland)(?:\^\d{1,2})? "(.*)"$/.exec(text)?.[1];
    if (inside === undefined) break;
    text = inside;
  }
  return text;
}

function problemOf(subject: Line, text: string, correct: string | null): Problem {
  const suggestion = correct === null ? null : subject.text.replace(text, () => correct);
  const why =
    correct === null
      ? say`These tags do not go together: ${excerpt(text)}`
      : say`The subject's tags are not as the convention writes them: ${excerpt(text)}`;
  return nearMiss(subject.number, why, suggestion);
}

interface Leading {
  readonly words: readonly string[];
  readonly title: string;
  readonly asWritten: string;
}

/** What stands at the start of the subject and was meant as tags, in capitals. */
function leadingTags(text: string, combinations: readonly string[]): Leading {
  const all = [...new Set(combinations.flatMap((combination) => combination.split(' ')))];
  const words: string[] = [];
  let rest = text;
  while (words.length < 3) {
    const next = leadingTag(rest, all, words.length > 0);
    if (next === null) break;
    words.push(next.word);
    rest = next.rest;
  }
  return { words, title: rest.trim(), asWritten: text };
}

const candidate = /^\s{0,5}\[?\s?([A-Za-z]+)([-_ ]?)([A-Za-z]*)\s?\]?\s?(:?)\s{0,5}/;

/**
 * Behind a tag only one in capitals counts as another: `UPSTREAM: android: …` is a change to upstream's `android`.
 * Without a colon, only a tag in capitals or in brackets was meant as one.
 */
function leadingTag(
  text: string,
  all: readonly string[],
  isSecond: boolean,
): { readonly word: string; readonly rest: string } | null {
  const match = candidate.exec(text.slice(0, 80));
  if (match === null) return null;
  const [whole, one = '', joint = '', two = '', colon = ''] = match;
  const word = (one + two).toUpperCase();
  if (!all.includes(word)) return joint === ' ' ? single(text, one, all, isSecond) : null;
  const inCapitals = one + two === word;
  const inBrackets = /^\s*\[/.test(whole) && whole.includes(']');
  if (colon === '' && !inBrackets && !inCapitals) return null;
  if (isSecond && !inCapitals) return null;
  return { word, rest: text.slice(whole.length) };
}

/** `BACKPORT Fix it`: a tag in capitals without its colon. */
function single(text: string, one: string, all: readonly string[], isSecond: boolean) {
  return all.includes(one) && !isSecond ? { word: one, rest: text.trimStart().slice(one.length).trimStart() } : null;
}

/** The combination of these tags in its own order, `UPSTREAM` beside others being too much; null: there is none. */
function known(words: readonly string[], combinations: readonly string[]): readonly string[] | null {
  const sorted = (some: readonly string[]) => [...new Set(some)].sort().join(' ');
  const find = (some: readonly string[]) => combinations.find((one) => sorted(one.split(' ')) === sorted(some));
  const found = find(words) ?? find(words.filter((word) => word !== 'UPSTREAM'));
  return found?.split(' ') ?? null;
}
