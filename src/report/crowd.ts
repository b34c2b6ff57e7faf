// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { CheckRunOutput } from './check-run.ts';

/** More open pull requests with one head commit than are judged together. */
export interface Crowd {
  /** As many of them as are kept track of, ascending. */
  readonly numbers: readonly number[];
  /** Whether there may be others, or have been, that nobody keeps track of. */
  readonly full: boolean;
}

/** What the check run of this name says on such a commit. The same whichever of them is looked at. */
export function crowdOutput(name: string, crowd: Crowd): CheckRunOutput {
  return {
    name,
    conclusion: 'failure',
    title: titleOf(crowd),
    summary: crowd.full ? fullSummary(crowd) : summaryOf(crowd),
    text: 'Nothing is listed here while so many pull requests share the check.',
    annotations: [],
    actions: [],
  };
}

function titleOf({ numbers, full }: Crowd): string {
  return full
    ? `${numbers.length} or more pull requests have had this head commit`
    : `${numbers.length} pull requests have this head commit`;
}

const why =
  'A check belongs to the commit, so that one result would stand for all of them. For so many, nothing is judged.';
const ownCommit = `Run this in your clone of the repository, on the branch of the pull request. It makes a new commit of the last one.

\`\`\`shell
git commit --amend --no-edit
git push --force-with-lease
\`\`\``;

function summaryOf(crowd: Crowd): string {
  return `**${titleOf(crowd)}:** ${namesOf(crowd)}.

${why}

### How to fix it

**Option 1.** Close those that are not needed, then comment \`/recheck\` on one that stays open.

**Option 2.** Give your pull request a head commit of its own. ${ownCommit}`;
}

function fullSummary(crowd: Crowd): string {
  return `**${titleOf(crowd)}**, and more of them are not kept track of. Among them are ${namesOf(crowd)}.

${why} That stays so when some are closed.

### How to fix it

Only another head commit helps. ${ownCommit}`;
}

function namesOf({ numbers }: Crowd): string {
  return new Intl.ListFormat('en').format(numbers.map((number) => `#${number}`));
}
