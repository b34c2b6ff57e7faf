// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Policy, PolicyProblem, PolicyResolution } from '../policy/policy.ts';
import { placeOfProblem } from '../policy/wording.ts';
import { inert } from '../report/inert.ts';
import { plain } from '../report/phrase.ts';
import { UserError } from './user-error.ts';

/** Tells on standard error what is wrong with a policy, and where. */
export function tellProblems({ problems }: PolicyResolution): void {
  for (const problem of problems) process.stderr.write(`${problemText(problem)}\n`);
}

/** @throws UserError where the policy is broken, once it is told how */
export function usablePolicy(resolution: PolicyResolution): Policy {
  if (resolution.policy !== null) return resolution.policy;
  tellProblems(resolution);
  throw new UserError('There is no usable policy until this is mended.');
}

function problemText(problem: PolicyProblem): string {
  const { at, text: words } = placeOfProblem(problem, null);
  const place = at === null ? '' : `${inert(problem.source.path, 4096)}:${problem.line}:${problem.column}: `;
  return `${place}${problem.severity}: ${plain(words)}`;
}
