// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Judgement } from '../engine.ts';
import { nearestOf } from '../policy/nearest.ts';
import { say, type Text } from '../rules/text.ts';
import type { Finding } from '../rules/verdict.ts';

/** A check that can be overridden: one for each rule that is on. */
export interface Check {
  /** The rule's id. */
  readonly id: string;
  /** The check run's name. */
  readonly name: string;
  readonly judgement: Judgement;
}

/** The rule that judges the policy itself. Merging a broken policy would leave nobody who may override anything. */
const policyRule = 'policy';

/** The checks that can be overridden. */
export function checksOf(judgements: readonly Judgement[]): readonly Check[] {
  return judgements
    .filter(({ verdict }) => verdict.rule !== policyRule)
    .map((judgement) => ({ id: judgement.verdict.rule, name: judgement.name, judgement }));
}

/** Whether there is anything to override. */
export function isBlocked({ judgement }: Check): boolean {
  return judgement.verdict.outcome === 'fail' || judgement.verdict.outcome === 'incomplete';
}

/** Whether an override of this check can let it pass: there has to be a finding that it could be about. */
export function canBeOverridden(judgement: Judgement): boolean {
  return checksOf([judgement]).some(isBlocked) && blocking(judgement).length > 0;
}

/** The findings that stand in the way. */
export function blocking({ verdict }: Judgement): readonly Finding[] {
  return verdict.findings.filter(({ level }) => level === 'error' || level === 'gap');
}

/** The checks of these names, each once, by the rule's id or the check run's name in any case; or what is wrong. */
export function lookUp(
  names: readonly string[] | 'all',
  checks: readonly Check[],
  judgements: readonly Judgement[],
): readonly Check[] | { readonly problem: Text } {
  if (names === 'all') return checks;
  const found = new Set<Check>();
  for (const name of names) {
    const [check, other] = checks.filter((one) => fold(one.id) === fold(name) || fold(one.name) === fold(name));
    if (check === undefined) return { problem: unknown(name, checks, judgements) };
    if (other !== undefined) {
      return { problem: say`${name} could be ${check.id} or ${other.id}. Write one of these.` };
    }
    found.add(check);
  }
  return [...found];
}

function unknown(name: string, checks: readonly Check[], judgements: readonly Judgement[]): Text {
  const own = judgements.find(({ verdict }) => verdict.rule === policyRule);
  if (fold(name) === policyRule || (own !== undefined && fold(own.name) === fold(name))) {
    return say`The check of the policy itself cannot be overridden: a broken policy has to be mended.`;
  }
  const near = nearestOf(name, [...checks.map((check) => check.name), ...checks.map(({ id }) => id)]);
  const hint = near === null ? [] : say` Did you mean ${near}?`;
  return say`There is no check ${name} here.${hint}`;
}

/** `dco` (`DCO`), … */
export function namesOfChecks(checks: readonly Check[]): Text {
  return checks.flatMap(({ id, name }, index) => {
    const shown = fold(id) === fold(name) ? say`${id}` : say`${id} (${name})`;
    return index === 0 ? shown : [', ', ...shown];
  });
}

function fold(name: string): string {
  return name.normalize('NFC').trim().toLowerCase();
}
