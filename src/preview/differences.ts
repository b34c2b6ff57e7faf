// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Contribution } from '../contribution/contribution.ts';
import { type Judgement, judge } from '../engine.ts';
import type { Policy } from '../policy/policy.ts';
import { type RuleId, ruleIds } from '../rules/rules.ts';
import type { Text } from '../rules/text.ts';

/** What a rule does to a pull request, as far as its check run tells: `off` has none. */
export type Effect = 'off' | 'passes' | 'warns' | 'fails' | 'not-judged';

/** A rule whose effect is another one under another policy. */
export interface Difference {
  readonly rule: RuleId;
  /** Name of the check under the new policy; under the old one where the new one has none. */
  readonly check: string;
  readonly before: Effect;
  readonly after: Effect;
  /** In a few words, from the verdict that stands in the way: the new one's, unless that lets the pull request pass. */
  readonly why: Text;
}

/** The policy in force, and another one. */
export interface Pair {
  readonly now: Policy;
  readonly next: Policy;
}

/**
 * Where two policies lead to different results. A rule that is off and one that passes let a pull request through alike,
 * and that the reasons differ is no difference. What maintainers have overridden counts as it was judged: whether they would
 * override it again nobody knows.
 */
export function differencesBetween(contribution: Contribution, { now, next }: Pair): readonly Difference[] {
  const before = byRule(judge(contribution, now));
  const after = byRule(judge(contribution, next));
  return ruleIds.flatMap((rule) => {
    const [old, other] = [before.get(rule), after.get(rule)];
    const effects = { before: effectOf(old), after: effectOf(other) };
    if (lets(effects.before) === lets(effects.after)) return [];
    return [{ rule, check: (other ?? old)?.name ?? rule, ...effects, why: whyOf(old, other) }];
  });
}

/** Whether it stands in the way of more pull requests than before, warnings included. */
export function isStricter({ before, after }: Pick<Difference, 'before' | 'after'>): boolean {
  return strictness.indexOf(lets(after)) > strictness.indexOf(lets(before));
}

const strictness: readonly Effect[] = ['passes', 'warns', 'fails', 'not-judged'];

function byRule(judgements: readonly Judgement[]): ReadonlyMap<string, Judgement> {
  return new Map(judgements.map((judgement) => [judgement.verdict.rule, judgement]));
}

function effectOf(judgement: Judgement | undefined): Effect {
  if (judgement === undefined) return 'off';
  const { mode, verdict } = judgement;
  switch (verdict.outcome) {
    case 'pass':
    case 'not-applicable':
      return 'passes';
    case 'fail':
      return mode === 'warn' ? 'warns' : 'fails';
    case 'incomplete':
      return 'not-judged';
  }
}

function lets(effect: Effect): Effect {
  return effect === 'off' ? 'passes' : effect;
}

function whyOf(old: Judgement | undefined, next: Judgement | undefined): Text {
  if (next === undefined) return ['the rule is switched off'];
  if (effectOf(next) !== 'passes' || old === undefined) return next.verdict.title;
  return ['until now: ', ...old.verdict.title];
}
