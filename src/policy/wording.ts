// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say, type Text } from '../rules/text.ts';
import type { Place, Remedy } from '../rules/verdict.ts';
import type { PolicyProblem, PolicyResolution, PolicySource } from './policy.ts';

/**
 * Whether a file belongs to the repository that is judged, so that a place in it can be annotated there.
 * `here` is that repository's `owner/name`; where it is not known, a file of an organisation's `.github` is elsewhere.
 */
export function isHere(source: PolicySource, here: string | null): boolean {
  if (source.repository === null) return true;
  if (here !== null) return source.repository.toLowerCase() === here.toLowerCase();
  return !source.repository.toLowerCase().endsWith('/.github');
}

/** Whether it is one that ships with Countersign: a file given by hand has at least an extension or a directory. */
export function isPreset({ repository, ref, path }: PolicySource): boolean {
  return repository === null && ref === null && !/[./]/.test(path);
}

/** Names a file or preset inside a sentence. */
export function nameOf(source: PolicySource, here: string | null): Text {
  if (isPreset(source)) return say`the preset ${source.path}`;
  if (source.repository === null && source.ref === null) return say`${source.path}`;
  const repository = isHere(source, here) ? [] : say` of ${source.repository ?? ''}`;
  const branch = source.ref === null ? [] : say` on ${source.ref}`;
  return say`${source.path}${repository}${branch}`;
}

/** The files that a policy is made of, each laid over the next. */
export function namesOfAll(sources: readonly PolicySource[], here: string | null): Text {
  return sources.flatMap((source, index) => [...(index === 0 ? [] : [', laid over ']), ...nameOf(source, here)]);
}

export function errorsOf(resolution: PolicyResolution): readonly PolicyProblem[] {
  return resolution.problems.filter((problem) => problem.severity === 'error');
}

/** "1 error", "2 errors" */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** What is wrong; of a file that readers may not be able to read only that something is, since the words quote it. */
export function textOf({ source, severity, text }: PolicyProblem): Text {
  if (source.hidden !== true) return text;
  return [
    `There is ${severity === 'error' ? 'a mistake' : 'a warning'} here. What it is can be seen where the file is.`,
  ];
}

/** Where the problem is, or null for a file that is not in the judged repository: then its text names the place. */
export function placeOfProblem(problem: PolicyProblem, here: string | null): { at: Place; text: Text } {
  const { source, line, column, endLine, endColumn } = problem;
  const text = textOf(problem);
  if (isHere(source, here)) return { at: { path: source.path, line, column, endLine, endColumn }, text };
  return { at: null, text: say`${nameOf(source, here)}, line ${line}, column ${column}: ${text}` };
}

/** How to mend each file that has errors: on the branch that it holds for, or in the pull request that changes it. */
export function remediesFor(
  problems: readonly PolicyProblem[],
  here: string | null,
  where: 'on its branch' | 'in this pull request',
): readonly Remedy[] {
  // What is wrong with an entry of extends says itself what to do; the command does not see it.
  const inFiles = problems.filter(({ code }) => !code.startsWith('policy.extends-'));
  const broken = new Map(inFiles.map(({ source, code }) => [`${source.repository} ${source.path}`, { source, code }]));
  return [...broken.values()].map(({ source, code }) => {
    if (code === 'policy.two-files') return { text: ['Delete one of the two policy files.'] };
    const own = where === 'in this pull request' && isHere(source, here);
    const task = own ? say`Mend ${source.path} in this pull request` : say`A maintainer: mend ${nameOf(source, here)}`;
    return {
      text: say`${task}. To see what is left to mend, run this where the file is:`,
      commands: [`countersign policy validate ${shellWord(source.path)}`],
    };
  });
}

function shellWord(path: string): string {
  return /^[\w./][\w./-]*$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
