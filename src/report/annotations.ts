// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Finding, Level, Place } from '../rules/verdict.ts';
import { suggestedLines } from './findings.ts';
import { plain } from './phrase.ts';
import { byLevel } from './wording.ts';

/** What the check run API takes as one annotation; columns only where it begins and ends on one line. */
export interface Annotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly startColumn?: number;
  readonly endColumn?: number;
  readonly level: 'failure' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
  /** Lines to put in before `startLine`, which GitHub shows as they are and does not render. */
  readonly rawDetails?: string;
}

/** Annotations of one check run at most. GitHub takes 50 in a request, so the caller sends them in batches. */
const annotationLimit = 200;

const annotationLevels: Record<Exclude<Level, 'ok'>, Annotation['level']> = {
  error: 'failure',
  gap: 'failure',
  warning: 'warning',
  note: 'notice',
};
// Git itself takes longer paths from nobody whose system has PATH_MAX; cutting one would annotate another file.
const longestPath = 4096;

type FilePlace = Extract<Place, { readonly path: string }>;

/** The annotations for findings in files, the gravest first, and how many findings found no place among them. */
export function annotate(
  findings: readonly Finding[],
  title: string,
): { readonly annotations: readonly Annotation[]; readonly left: number } {
  const groups = byLevel(findings);
  const inFiles = (['error', 'gap', 'warning', 'note'] as const).flatMap((level) =>
    groups[level].flatMap(({ at, text, suggestion }) => {
      return at !== null && 'path' in at ? [{ at, text, suggestion, level: annotationLevels[level] }] : [];
    }),
  );
  const annotations = inFiles
    .filter(({ at }) => at.path.length <= longestPath)
    .slice(0, annotationLimit)
    .map(({ at, text, suggestion, level }) => ({
      ...span(at),
      level,
      title: plain([title]),
      message: plain(text),
      ...(suggestion === undefined ? {} : { rawDetails: suggestedLines(suggestion.insert) }),
    }));
  return { annotations, left: inFiles.length - annotations.length };
}

// "Annotations only support start_column and end_column on the same line": https://docs.github.com/en/rest/checks/runs
function span({ path, line = 1, column, endLine = line, endColumn = column }: FilePlace) {
  const columns = line === endLine && column !== undefined ? { startColumn: column, endColumn } : {};
  return { path, startLine: line, endLine, ...columns };
}
