// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { retry } from '../retry.ts';
import type { Text } from '../text.ts';
import { say } from '../text.ts';
import type { Finding } from '../verdict.ts';
import { commitCount } from './commit-count.ts';
import type { DcoFacts } from './facts.ts';

/** A fact that is missing or contradicts another, and how to have it read again. */
export function gap(code: string, text: Text, facts: Pick<DcoFacts, 'source'>): Finding {
  return { code, level: 'gap', at: null, text: say`${text} ${retry(facts)}` };
}

/**
 * What is missing from the list of commits, or contradictory in it. A commit that nobody looked at must not pass, so
 * the list has to be as long as the source says, name each commit once, and hang together up to the head.
 */
export function gapsInCommits(facts: DcoFacts): Finding[] {
  const { commits, totals, head } = facts;
  const found: Finding[] = [];
  const add = (code: string, text: Text) => found.push(gap(code, text, facts));
  if (commits.length === 0 && totals.commits === 0) {
    add('dco.no-commits', ['There are no commits to look at.']);
    return found;
  }
  if (commits.length !== totals.commits) {
    add(
      'dco.commits-missing',
      say`There should be ${[commitCount(totals.commits)]}, but ${commits.length} could be read.`,
    );
  }
  const shas = new Set(commits.map(({ sha }) => sha));
  if (shas.size !== commits.length) {
    add('dco.commits-repeated', say`${[commitCount(commits.length - shas.size)]} came twice in the list of commits.`);
  }
  if (commits.length > 0 && !shas.has(head.sha)) {
    add('dco.head-missing', say`The newest commit, ${head.sha}, is not in the list of commits.`);
  } else {
    const loose = unconnected(facts, shas);
    if (loose !== null)
      add(
        'dco.commits-unconnected',
        say`Between the commit ${loose} and the newest one, ${head.sha}, some are missing.`,
      );
  }
  return found;
}

/** A commit from which the head can't be reached by way of the others, or null: then commits between are missing. */
function unconnected({ commits, head }: DcoFacts, shas: ReadonlySet<string>): string | null {
  const parents = new Map(commits.map((commit) => [commit.sha, commit.parents]));
  const reached = new Set(shas.has(head.sha) ? [head.sha] : []);
  for (const sha of reached) {
    for (const parent of parents.get(sha) ?? []) if (parents.has(parent)) reached.add(parent);
  }
  return commits.find(({ sha }) => !reached.has(sha))?.sha ?? null;
}
