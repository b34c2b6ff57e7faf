// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Contribution } from './contribution/contribution.ts';
import type { AppliedOverride } from './overrides/overrides.ts';
import type { Policy } from './policy/policy.ts';
import { joinedNeeds } from './rules/joined-needs.ts';
import { oncePer } from './rules/once.ts';
import type { CommonSettings, Need, Rule } from './rules/rule.ts';
import { ruleIds, rules } from './rules/rules.ts';
import type { Verdict } from './rules/verdict.ts';

/** A verdict, and how this repository wants it shown. */
export interface Judgement {
  /** The check run's name. */
  readonly name: string;
  readonly mode: 'enforce' | 'warn';
  /** The day, `YYYY-MM-DD`, from which a rule that still warns is enforced, from 00:00 UTC on; absent: none is set. */
  readonly enforcedFrom?: string;
  readonly verdict: Verdict;
  /** What maintainers' overrides do to it; absent where none was asked for. The verdict stays what the rule said. */
  readonly override?: AppliedOverride;
}

interface Active {
  readonly rule: Rule<CommonSettings>;
  readonly settings: CommonSettings;
}

const activeIn = oncePer((settings: Policy['rules']): readonly Active[] =>
  ruleIds
    .map((id) => ({ rule: rules[id] as unknown as Rule<CommonSettings>, settings: settings[id] as CommonSettings }))
    .filter((one) => one.settings.mode !== 'off'),
);

/** Equal for needs of the same fact. */
const keyOf = oncePer((need: Need) => JSON.stringify(need));

/** Facts to read before `judge`, without repetitions. */
export function needs(contribution: Contribution, policy: Policy): readonly Need[] {
  const wanted = activeIn(policy.rules).flatMap(({ rule, settings }) => rule.needs(contribution, settings));
  return wanted.length < 2 ? wanted : [...new Map(wanted.map((need) => [keyOf(need), need])).values()];
}

/** Reads facts that rules ask for; what it cannot read it leaves out. */
export type Answer = (contribution: Contribution, needs: readonly Need[]) => Promise<Contribution>;

/** One fact may call for another, such as a directory for the files in it. Nothing needs more rounds than this. */
const mostRounds = 7;

/** The contribution with every fact that the rules ask for, each asked for once. */
export function gather(contribution: Contribution, policy: Policy, answer: Answer): Promise<Contribution> {
  return gatherBy(contribution, (known) => needs(known, policy), answer);
}

/** The same for whatever asks: `wanted` gives the facts that it lacks, and is asked again once they are there. */
export async function gatherBy(
  contribution: Contribution,
  wanted: (known: Contribution) => readonly Need[],
  answer: Answer,
): Promise<Contribution> {
  const asked = new Set<string>();
  let known = contribution;
  for (let round = 0; round < mostRounds; round += 1) {
    const fresh = wanted(known).filter((need) => !asked.has(keyOf(need)));
    if (fresh.length === 0) return known;
    for (const need of fresh) asked.add(keyOf(need));
    known = await answer(known, joinedNeeds(fresh));
  }
  return known;
}

/** Contribution × Policy → one judgement for every rule that is not off, in the order of the table of rules. */
export function judge(contribution: Contribution, policy: Policy): readonly Judgement[] {
  return activeIn(policy.rules).map(({ rule, settings }) => ({
    name: settings.name,
    ...modeOn(contribution.judgedOn, settings),
    verdict: rule.judge(contribution, settings),
  }));
}

/** How a rule is shown on a day. Where nobody knows which day it is, what is announced holds already. */
function modeOn(day: string | null, { mode, enforceFrom }: CommonSettings): Pick<Judgement, 'mode' | 'enforcedFrom'> {
  if (mode !== 'warn') return { mode: 'enforce' };
  if (enforceFrom === null) return { mode: 'warn' };
  return day === null || day >= enforceFrom ? { mode: 'enforce' } : { mode: 'warn', enforcedFrom: enforceFrom };
}
