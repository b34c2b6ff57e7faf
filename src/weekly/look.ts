// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Contribution } from '../contribution/contribution.ts';
import { gatherBy } from '../engine.ts';
import { readDefaultBranch, readTreeAsContribution } from '../github/default-branch.ts';
import { readNeeds } from '../github/needs.ts';
import { type Kept, keepIssue } from '../github/own-issue.ts';
import type { Asking } from '../github/read-pull-request.ts';
import { today } from '../github/today.ts';
import { renderCarriedIssue } from '../report/carried-issue.ts';
import type { Need } from '../rules/rule.ts';
import type { Text } from '../rules/text.ts';
import { carriedGaps, carriedIn, carriedNeeds } from '../rules/upstream/carried.ts';
import type { Policies } from '../worker/policies.ts';

const cutOff: Text = ['GitHub lists only a part of this repository’s files, so that some changes may be left out.'];

/** What came of a look at a repository; null: its policy does not ask for one. */
type Outcome = Kept | 'issues are switched off' | null;

/**
 * Looks at everything that a repository's default branch carries, where its policy asks for it (`upstream.sweep`), and
 * keeps the repository's issue up to date. @throws Octokit's errors
 */
export async function lookAtCarried(
  asking: Asking,
  author: string,
  place: { readonly owner: string; readonly name: string },
  policies: Pick<Policies, 'inForce'>,
): Promise<Outcome> {
  const branch = await readDefaultBranch(asking, place);
  if (branch === null) return null;
  const resolution = await policies.inForce(asking, { ...branch, here: place, today: today() });
  const settings = resolution?.policy?.rules.upstream;
  if (settings === undefined || settings.mode === 'off' || !settings.sweep) return null;
  if (!branch.hasIssues) return 'issues are switched off';
  const { contribution, whole } = await readTreeAsContribution(asking.client, branch);
  const known = await gatherBy(
    contribution,
    (facts) => carriedNeeds(facts, settings),
    (facts, needs) => readSlowly(asking, facts, needs),
  );
  const { head, repository } = branch;
  const issue = renderCarriedIssue({
    subject: head.ref,
    head: head.sha,
    judgedOn: known.judgedOn,
    changes: carriedIn(known, settings),
    gaps: [...(whole ? [] : [cutOff]), ...carriedGaps(known, settings)],
  });
  return keepIssue(asking.client, { owner: repository.owner, repo: repository.name, author }, issue);
}

/** Questions under way at a time: GitHub takes 900 REST requests a minute, and who waits for a check goes first. */
const atOnce = 2;

async function readSlowly(asking: Asking, facts: Contribution, needs: readonly Need[]): Promise<Contribution> {
  let known = facts;
  for (let at = 0; at < needs.length; at += atOnce)
    known = await readNeeds(asking, known, needs.slice(at, at + atOnce));
  return known;
}
