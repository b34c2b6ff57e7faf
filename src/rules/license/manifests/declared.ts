// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say, type Text } from '../../text.ts';

/** What stands in the way of reading a file, at the line (from 1) where it does. */
export interface Problem {
  readonly text: Text;
  readonly line: number;
}

/**
 * How a manifest states a license:
 * - `spdx`: `expression` is meant as an SPDX expression; whether it is one is not looked at here
 * - `file`: the license is the text of a file; `expression` is its path as the manifest gives it
 * - `none`: no license is granted; `expression` is the word that says so (`UNLICENSED`, `proprietary`)
 * - `text`: free text, such as a license's name in prose
 * - `elsewhere`: another file decides (a Cargo workspace, a build backend, an MSBuild property); `expression` is null
 */
export type Form = 'spdx' | 'file' | 'none' | 'text' | 'elsewhere';

export interface Declared {
  readonly expression: string | null;
  readonly form: Form;
  readonly line: number;
}

/** What a manifest says of its package's license. Several statements hold together: what each says has to be acceptable. */
export interface Manifest {
  readonly declared: readonly Declared[];
  /** Why the file, or a part of it, could not be read; what could be read of it is in `declared` all the same. */
  readonly problem: Problem | null;
}

/** A statement of which a field holds one, or the problem with it. */
export type Statement = Declared | Problem;

const longestQuote = 80;

/** A stranger's text cut to a length that fits a sentence. */
export function excerpt(theirs: string): string {
  return theirs.length <= longestQuote ? theirs : `${theirs.slice(0, longestQuote).toWellFormed()}…`;
}

/** A manifest of statements in their order; of several problems the first is kept. */
export function manifestOf(statements: readonly Statement[]): Manifest {
  const declared = statements.filter((one) => 'form' in one);
  return { declared, problem: statements.find((one) => 'text' in one) ?? null };
}

/** A manifest of which nothing can be used. */
export function unreadable(problem: Problem): Manifest {
  return { declared: [], problem };
}

/** The statement of a field that ought to hold a string; `none` are the words that grant nothing, in lower case. */
export function expressionField(value: unknown, line: number, none: readonly string[] = []): Statement {
  if (typeof value !== 'string') return { text: ['The license has to be a string.'], line };
  const expression = value.trim();
  if (expression === '') return { text: ['The license is empty. Name it by its SPDX identifier.'], line };
  return { expression, form: none.includes(expression.toLowerCase()) ? 'none' : 'spdx', line };
}

/** The statement of a field that ought to name a file. */
export function fileField(value: unknown, line: number): Statement {
  if (typeof value !== 'string' || value.trim() === '') {
    return { text: ['The license file has to be given by its path.'], line };
  }
  return { expression: value.trim(), form: 'file', line };
}

/** The problem of a file that is not what its name promises; `format` is ours, such as "JSON". */
export function notValid(format: string, line: number): Problem {
  return {
    text: say`${[`This is not valid ${format} from here on, so the file cannot be read. Mend the syntax.`]}`,
    line,
  };
}

/** The problem of a file that nests lists and tables deeper than any real one does. */
export function tooDeep(line: number): Problem {
  return { text: ['Lists and tables are nested too deeply here, so the file is not read.'], line };
}
