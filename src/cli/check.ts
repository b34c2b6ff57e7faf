// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { answerNeeds, readContribution } from '../git/contribution.ts';
import { findRange, type Range } from '../git/range.ts';
import type { PolicyOptions } from './policy.ts';
import type { Showing } from './report.ts';
import { UserError } from './user-error.ts';

type CheckOptions = Showing & PolicyOptions;

/** `countersign check`: judges a range of the local repository by the policy at its base. */
export async function check(argument: string | undefined, options: CheckOptions): Promise<number> {
  const range = await findRange(argument);
  // Git works while the rest is loaded.
  const [{ contribution, policyFiles }, { choosePolicy }, { report }, { inert }, { strayPoliciesAround }] =
    await Promise.all([
      readContribution(range),
      import('./policy.ts'),
      import('./report.ts'),
      import('../report/inert.ts'),
      import('./strays.ts'),
    ]);
  const strays = options.policy === undefined ? strayPoliciesAround('.') : [];
  refuseEmpty(range, contribution.commits.length);
  const resolution = await choosePolicy(options, policyFiles);
  if (range.since !== null) process.stderr.write(`${inert(described(range, contribution.commits.length))}\n`);
  return report(contribution, resolution, options, answerNeeds, strays);
}

/** A job that checks nothing must not pass in silence. */
function refuseEmpty(range: Range, commits: number): void {
  if (commits > 0) return;
  throw new UserError(
    `There is nothing to check: ${emptiness(range)} To check other commits, name the range: countersign check BASE..HEAD, or HEAD~1 for the last commit`,
  );
}

function emptiness({ base, head, since }: Range): string {
  if (since === null) return `the range ${base.ref}..${head.ref} holds no commits.`;
  if (since === head.ref) return `you are on ${since} itself, and what is checked is what a branch adds to it.`;
  return `every commit of ${head.ref} is in ${since} already.`;
}

function described({ base, head, since }: Range, commits: number): string {
  const number = commits === 1 ? '1 commit' : `${commits} commits`;
  const name = (ref: string) => (ref === head.sha ? short(ref) : ref);
  return `Checking ${number} on ${name(head.ref)} since it left ${name(since ?? base.ref)} (at ${short(base.sha)}).`;
}

function short(sha: string): string {
  return sha.slice(0, 12);
}
