// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { findRange, type Range } from '../git/range.ts';
import { inert } from '../report/inert.ts';
import type { Showing } from './report.ts';
import { UserError } from './user-error.ts';

interface CheckOptions extends Showing {
  readonly policy?: string;
}

/** `countersign check`: judges a range of the local repository by the policy at its base. */
export async function check(argument: string | undefined, options: CheckOptions): Promise<number> {
  // Git works while the rest is loaded.
  const [range, { answerNeeds, readContribution }, { choosePolicy }, { report }] = await Promise.all([
    findRange(argument),
    import('../git/contribution.ts'),
    import('./policy.ts'),
    import('./report.ts'),
  ]);
  const { contribution, policyFiles } = await readContribution(range);
  refuseEmpty(range, contribution.commits.length);
  const resolution = await choosePolicy(options.policy, { repository: policyFiles, organisation: [] });
  if (range.since !== null) process.stderr.write(`${described(range, contribution.commits.length)}\n`);
  return report(contribution, resolution, options, answerNeeds);
}

/** A job that checks nothing must not pass in silence. */
function refuseEmpty({ base, head, since }: Range, commits: number): void {
  if (commits > 0) return;
  throw new UserError(
    `There is nothing to check: ${head.ref} has no commit that ${since ?? base.ref} has not. To check others, name the range: countersign check BASE..HEAD`,
  );
}

function described({ base, head, since }: Range, commits: number): string {
  const number = commits === 1 ? '1 commit' : `${commits} commits`;
  return `Checking ${number} on ${inert(head.ref)} since it left ${inert(since ?? base.ref)} (at ${base.sha.slice(0, 12)}).`;
}
