// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { misnamedText } from '../policy/misnamed.ts';
import type { PolicyProblem } from '../policy/policy.ts';
import { inert } from '../report/inert.ts';
import { serialise } from '../report/json.ts';
import { plain } from '../report/phrase.ts';
import { excerpt } from './excerpt.ts';
import { checkPolicyFile } from './policy.ts';
import { ownPoliciesAround, strayAs, strayPoliciesAround } from './strays.ts';
import { expectedMessage, UserError } from './user-error.ts';

interface Validated {
  readonly path: string;
  readonly text: string;
  readonly problems: readonly PolicyProblem[];
  /** Why the file could not be read; null where it was. */
  readonly unreadable: string | null;
}

/** `countersign policy validate`: 0 where no file has an error, 1 where one has, 2 where one could not be read. */
export async function validate(
  paths: readonly string[],
  options: { readonly format: 'text' | 'json' },
): Promise<number> {
  const files: Validated[] = [];
  for (const path of paths.length === 0 ? ownPolicies() : paths) files.push(await validateFile(path));
  process.stdout.write(options.format === 'json' ? serialise(files.map(fileJson)) : files.map(fileText).join(''));
  if (files.some(({ unreadable }) => unreadable !== null)) return 2;
  return files.some(hasErrors) ? 1 : 0;
}

/** The policy files of the working tree, from here. @throws UserError where there are none */
function ownPolicies(): readonly string[] {
  const there = ownPoliciesAround('.');
  if (there === null) {
    throw new UserError(
      'This directory is in no working tree of a Git repository. Name a file: countersign policy validate FILE',
    );
  }
  if (there.length > 0) return there;
  const [stray] = strayPoliciesAround('.');
  const hint = stray === undefined ? 'To write one: countersign policy init' : plain(misnamedText(stray));
  throw new UserError(`This repository has no policy of its own: there is no .github/countersign.yml. ${hint}`);
}

async function validateFile(path: string): Promise<Validated> {
  try {
    const { file, resolution } = await checkPolicyFile(path);
    return { path, text: file.text ?? '', problems: resolution.problems, unreadable: null };
  } catch (error) {
    const message = expectedMessage(error);
    if (message === null) throw error;
    return { path, text: '', problems: [], unreadable: message };
  }
}

function hasErrors({ problems }: Validated): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

/** `FILE:LINE:COLUMN: error: …`, as editors and CI systems read it. */
function fileText({ path, text, problems, unreadable }: Validated): string {
  const name = inert(path, 4096);
  if (unreadable !== null) return `${name}: error: ${inert(unreadable, 4096)}\n`;
  const stray = strayAs(path);
  const place = stray === null ? '' : `${name}: warning: ${plain(misnamedText(stray))}\n`;
  if (problems.length === 0) return `${name}: no mistakes\n${place}`;
  const lines = problems.flatMap((problem) => {
    // A mistake can lie in a file that this one extends.
    const elsewhere = problem.source.path !== path;
    const where = elsewhere ? inert(problem.source.path, 4096) : name;
    return [
      `${where}:${problem.line}:${problem.column}: ${problem.severity}: ${plain(problem.text)}`,
      ...(elsewhere ? [] : excerpt(text, problem)),
    ];
  });
  return `${lines.join('\n')}\n${place}`;
}

function fileJson(file: Validated) {
  const problems = file.problems.map(({ source, code, severity, line, column, endLine, endColumn, text }) => ({
    path: source.path,
    code,
    severity,
    line,
    column,
    endLine,
    endColumn,
    message: plain(text),
  }));
  return {
    path: file.path,
    valid: file.unreadable === null && !hasErrors(file),
    unreadable: file.unreadable,
    misplaced: file.unreadable === null && strayAs(file.path) !== null,
    problems,
  };
}
