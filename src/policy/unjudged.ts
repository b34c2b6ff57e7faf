// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Judgement } from '../engine.ts';
import { ruleIds } from '../rules/rules.ts';
import { say, type Text } from '../rules/text.ts';
import type { PolicyProblem, PolicyResolution } from './policy.ts';
import { count, errorsOf, nameOf, remediesFor, textOf } from './wording.ts';

/**
 * What the rules say where there is no usable policy: nothing, and that is never a success. One `incomplete`
 * judgement for every rule, under its own name where that can still be read; a rule is left out only where its
 * section is in order and says `off`, or where the policy has to ask for it and has no section of it. Even then a check
 * run of that name among `posted`, from before the policy broke, must not stay as it is. Throws where the resolution has a
 * policy, which then has to be judged by.
 */
export function unjudgedVerdicts(
  resolution: PolicyResolution,
  here: string | null = null,
  posted: Pick<ReadonlySet<string>, 'has'> = new Set(),
): readonly Judgement[] {
  if (resolution.policy !== null) throw new Error('There is a policy: judge by it.');
  const errors = errorsOf(resolution);
  const text = reason(errors, here);
  const remedies = remediesFor(errors, here, 'on its branch');
  return ruleIds.flatMap((id) => {
    const { name, mode: wanted, named } = resolution.salvaged.rules[id];
    const mode = wanted === 'off' && !named && posted.has(name) ? 'enforce' : wanted;
    if (mode === 'off') return [];
    const finding = { code: `${id}.no-policy`, level: 'gap', at: null, text } as const;
    const title = ['Not judged, because the policy is broken'];
    return [{ name, mode, verdict: { rule: id, outcome: 'incomplete', title, findings: [finding], remedies } }];
  });
}

function reason(errors: readonly PolicyProblem[], here: string | null): Text {
  const [first] = errors;
  if (first === undefined) return ['There is no usable policy, so this check cannot be judged.'];
  const start = say`The policy file ${nameOf(first.source, here)} has ${[count(errors.length, 'error')]}`;
  const which = errors.length === 1 ? '' : 'the first ';
  // A terminal looks at nothing by itself.
  const then = here === null ? '' : '; it is repeated by itself once the policy is mended';
  return say`${start}, ${[which]}in line ${first.line}: ${textOf(first)} Without a policy this check cannot be judged${[then]}.`;
}
