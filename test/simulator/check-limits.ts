// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { unprocessable } from './errors.ts';
import type { CheckRunInput } from './state/checks.ts';
import type { Violations } from './violations.ts';

/** https://docs.github.com/rest/checks/runs#create-a-check-run */
const most = {
  annotations: 50,
  characters: 65_535,
  actions: 3,
  label: 20,
  description: 40,
  identifier: 20,
  message: 65_536,
};

function tooLong(name: string, value: string | null | undefined, limit: number): string[] {
  const length = [...(value ?? '')].length;
  return length > limit ? [`${name}: only ${limit} characters are allowed; ${length} were supplied.`] : [];
}

function annotationProblems({ output }: CheckRunInput): string[] {
  return (output?.annotations ?? []).flatMap((one) => [
    ...(one.startLine < 1 || one.endLine < one.startLine
      ? ['annotations: lines start at 1 and end after they start.']
      : []),
    ...(one.startLine !== one.endLine && (one.startColumn ?? one.endColumn) !== null
      ? ['annotations: columns are only allowed where start and end are on the same line.']
      : []),
    ...tooLong('annotations.message', one.message, most.message),
    ...tooLong('annotations.title', one.title, 255),
  ]);
}

function actionProblems({ actions = [] }: CheckRunInput): string[] {
  return actions.flatMap((one) => [
    ...tooLong('actions.label', one.label, most.label),
    ...tooLong('actions.description', one.description, most.description),
    ...tooLong('actions.identifier', one.identifier, most.identifier),
  ]);
}

function problems(input: CheckRunInput): string[] {
  const { output, actions = [] } = input;
  const annotations = output?.annotations.length ?? 0;
  return [
    ...tooLong('summary', output?.summary, most.characters),
    ...tooLong('text', output?.text, most.characters),
    ...(annotations > most.annotations
      ? [`annotations: ${annotations} exceed the maximum of ${most.annotations}.`]
      : []),
    ...(actions.length > most.actions ? [`actions: ${actions.length} exceed the maximum of ${most.actions}.`] : []),
    ...(input.status === 'COMPLETED' && !input.conclusion
      ? ['conclusion is required when the status is completed.']
      : []),
    ...(input.conclusion === 'STALE' ? ['conclusion: only GitHub can set stale.'] : []),
    ...annotationProblems(input),
    ...actionProblems(input),
  ];
}

/** Throws and records where a check run breaks one of the limits that GitHub publishes. */
export function checkLimits(input: CheckRunInput, where: string, violations: Violations): void {
  const found = problems(input);
  if (found.length === 0) return;
  for (const problem of found) violations.report('limit', where, problem);
  throw unprocessable(`Invalid request.\n\n${found.join('\n')}`);
}
