// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { LineCounter } from 'yaml';
import type { Text } from '../rules/text.ts';
import type { PolicyProblem } from './policy.ts';

/** A mistake by its place in the text: offsets in UTF-16 code units, `end` exclusive. */
export interface Mistake {
  readonly code: string;
  readonly severity: PolicyProblem['severity'];
  readonly start: number;
  readonly end: number;
  readonly text: Text;
}

/** A mistake by line and column, of a file that is not named yet, so that equal files are parsed once. */
export type Problem = Omit<PolicyProblem, 'source'>;

/** GitHub takes at most 50 annotations in a request, and nobody mends more than that at a time. */
const mostProblems = 50;
const longestQuote = 80;

/** A stranger's text cut to a length that fits a sentence. */
export function excerpt(theirs: string): string {
  if (theirs.length <= longestQuote) return theirs;
  return `${theirs.slice(0, longestQuote).toWellFormed()}…`;
}

/** An error at a place in the text. */
export function mistake(code: string, at: { start: number; end: number }, text: Text): Mistake {
  return { code, severity: 'error', start: at.start, end: at.end, text };
}

/**
 * The mistakes in the order of the file, at most 50: where there are more, the last one counts what was left out. Lines and columns count from 1; the
 * end column is the one after the last character.
 */
export function problemsOf(text: string, mistakes: readonly Mistake[]): readonly Problem[] {
  const ordered = [...mistakes].sort((a, b) => a.start - b.start || a.end - b.end);
  const distinct = ordered.filter((one, index) => !repeats(one, ordered[index - 1]));
  const at = positions(text);
  const position = (one: Mistake) => ({ code: one.code, severity: one.severity, ...at(one), text: one.text });
  if (distinct.length <= mostProblems) return distinct.map(position);
  const listed = distinct.slice(0, mostProblems - 1);
  const left = distinct.slice(mostProblems - 1);
  const severity = left.some((one) => one.severity === 'error') ? 'error' : 'warning';
  const [next] = left;
  const count: Mistake = {
    code: 'policy.more',
    severity,
    start: next?.start ?? 0,
    end: next?.end ?? 0,
    text: [`${left.length} more problems from here on are not listed. Mend those above first.`],
  };
  return [...listed, count].map(position);
}

/** One misplaced character can make the YAML parser complain several times about the same place. */
function repeats(one: Mistake, before: Mistake | undefined): boolean {
  return one.code === 'policy.syntax' && before?.code === 'policy.syntax' && one.start === before.start;
}

/** A part of a file. Lines and columns count from 1; the end column is the one after the last character. */
export type Position = Pick<PolicyProblem, 'line' | 'column' | 'endLine' | 'endColumn'>;

/** Turns offsets in the text into lines and columns. */
export function positions(text: string): (span: { readonly start: number; readonly end: number }) => Position {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  return ({ start, end }) => {
    const from = lines.linePos(start);
    const to = lines.linePos(Math.max(start, end));
    return { line: from.line, column: from.col, endLine: to.line, endColumn: to.col };
  };
}
