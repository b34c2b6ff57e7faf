// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Text } from './text.ts';

/**
 * - `pass`: nothing stands in the way
 * - `fail`: somebody has to act
 * - `incomplete`: facts are missing, so nothing can be said; shown as a failure, never as a success
 * - `not-applicable`: the rule has nothing to look at here
 */
export type Outcome = 'pass' | 'fail' | 'incomplete' | 'not-applicable';

/**
 * - `error`: makes the verdict `fail`
 * - `gap`: a fact is missing; makes the verdict `incomplete`
 * - `warning`: worth acting on, blocks nothing
 * - `note`: worth knowing
 * - `ok`: looked at and in order, or skipped for the reason given
 */
export type Level = 'error' | 'gap' | 'warning' | 'note' | 'ok';

/** A commit, a place in a file (lines and columns from 1), or null for the contribution as a whole. */
export type Place =
  | { readonly commit: string; readonly subject: string }
  | {
      readonly path: string;
      readonly line?: number;
      readonly column?: number;
      readonly endLine?: number;
      readonly endColumn?: number;
    }
  | null;

/** One thing that a rule has to say. */
export interface Finding {
  /** Stable, machine-readable, prefixed with the rule's id: `dco.missing`. */
  readonly code: string;
  readonly level: Level;
  readonly at: Place;
  /** Why, as one or more whole sentences. */
  readonly text: Text;
  /**
   * Whole lines to put into the file of `at` before a line (from 1), or in place of as many from it on as `replaces`
   * says. They may hold what a stranger wrote.
   */
  readonly suggestion?:
    | { readonly line: number; readonly insert: string; readonly replaces?: number | undefined }
    | undefined;
}

/** Numbers at a glance: words of ours only, a row for each kind of thing looked at. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** One way to mend what failed. Where a verdict has several, each suffices for the findings that its text names. */
export interface Remedy {
  readonly text: Text;
  /** Shell commands to run in this order, made only of our own words, object ids and shell-quoted values. */
  readonly commands?: readonly string[];
  /** Text to paste as it stands, such as a commit message. Quoted as a block by renderers. */
  readonly paste?: string;
  /** It mends only the findings that its text names, so that others of the verdict's remedies may be needed as well. */
  readonly partial?: true;
}

/** What a rule says of a contribution. Plain data; only `report` turns it into something to look at. */
export interface Verdict {
  readonly rule: string;
  readonly outcome: Outcome;
  /** One line, without a full stop: the check run's title. */
  readonly title: Text;
  readonly findings: readonly Finding[];
  readonly remedies: readonly Remedy[];
  readonly table?: Table;
}

/** The outcome that findings amount to: a gap outweighs an error, since more facts may change everything. */
export function outcomeOf(findings: readonly Finding[]): Outcome {
  if (findings.some((finding) => finding.level === 'gap')) return 'incomplete';
  if (findings.some((finding) => finding.level === 'error')) return 'fail';
  return 'pass';
}
