// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say, type Text } from '../rules/text.ts';
import { type Finding, outcomeOf, type Remedy, type Verdict } from '../rules/verdict.ts';
import { announcements } from './announcements.ts';
import { type Change, changesBetween } from './changes.ts';
import { excerpt } from './mistakes.ts';
import type { Policy, PolicyProblem, PolicyResolution } from './policy.ts';
import { valueTexts } from './value-texts.ts';
import { count, errorsOf, nameOf, namesOfAll, placeOfProblem, remediesFor } from './wording.ts';

/** GitHub's limit of annotations in one request is far above what a reader takes in. */
const mostChanges = 20;

/** The name of the check run that carries this verdict, also where the policy is broken but its name can be read. */
export function policyCheckName(resolution: PolicyResolution): string {
  return resolution.policy === null ? resolution.salvaged.checkName : resolution.policy.checkName;
}

/**
 * The verdict on the policy itself. `proposed` is what would hold if the pull request were merged, where it changes
 * a policy file: a broken proposal fails, a sound one passes, even where it mends a policy that is broken now.
 * `here` is the judged repository's `owner/name`: only in its files are places given.
 */
export function policyVerdict(
  resolution: PolicyResolution,
  proposed: { readonly resolution: PolicyResolution } | null,
  here: string | null = null,
): Verdict {
  const next = proposed?.resolution ?? null;
  if (next === null) return resolution.policy === null ? broken(resolution, here) : sound(resolution, here);
  if (next.policy === null) return brokenProposal(resolution, next, here);
  return resolution.policy === null
    ? mendingProposal(resolution, next, here)
    : soundProposal({ ...resolution, policy: resolution.policy }, { ...next, policy: next.policy }, here);
}

type SoundPolicy = Extract<PolicyResolution, { readonly policy: Policy }>;
type BrokenPolicy = Extract<PolicyResolution, { readonly policy: null }>;

function sound({ policy, problems }: SoundPolicy, here: string | null): Verdict {
  const title = problems.length === 0 ? '' : `, with ${count(problems.length, 'warning')}`;
  const valueNotes = valueTexts(policy, here).map((text) => note('policy.values', text));
  const origins = [...floorNote(policy, here), ...announcements(policy), ...valueNotes];
  return verdict([`The policy is valid${title}`], [source(policy, here), ...problems.map(findingIn(here)), ...origins]);
}

function broken(resolution: BrokenPolicy, here: string | null): Verdict {
  const findings = resolution.problems.map(findingIn(here));
  const errors = errorsOf(resolution);
  const title = `The policy has ${count(errors.length, 'error')}`;
  return { ...verdict([title], findings, remediesFor(errors, here, 'on its branch')), outcome: 'fail' };
}

function brokenProposal(now: PolicyResolution, next: BrokenPolicy, here: string | null): Verdict {
  const errors = errorsOf(next);
  const meanwhile: Finding =
    now.policy === null ? stillBroken(now, 'error', here) : note('policy.in-force', judgedBy(now.policy, here));
  const title = `The policy as this pull request changes it has ${count(errors.length, 'error')}`;
  const findings = [...next.problems.map(findingIn(here)), meanwhile];
  return { ...verdict([title], findings, remediesFor(errors, here, 'in this pull request')), outcome: 'fail' };
}

function mendingProposal(now: BrokenPolicy, next: PolicyResolution, here: string | null): Verdict {
  const findings = [stillBroken(now, 'warning', here), ...next.problems.map(findingIn(here))];
  return verdict(['The policy is broken, and this pull request mends it'], findings);
}

function soundProposal(now: SoundPolicy, next: SoundPolicy, here: string | null): Verdict {
  const changes = changesBetween(now.policy, next.policy);
  const findings = [
    note('policy.in-force', judgedBy(now.policy, here)),
    ...changeNotes(changes),
    ...floorNote(next.policy, here),
    ...next.problems.map(findingIn(here)),
  ];
  const weaker = changes.filter(({ weakens }) => weakens).length;
  const title = weaker === 0 ? '' : `, which weakens ${count(weaker, 'setting')}`;
  return verdict([`The policy is valid, and so is the change to it${title}`], findings);
}

/** What weakens the policy comes first, so that it is among those that are listed. */
function changeNotes(changes: readonly Change[]): readonly Finding[] {
  if (changes.length === 0) return [note('policy.no-change', ['The change leaves every setting as it is.'])];
  const listed = changes
    .toSorted((a, b) => Number(b.weakens) - Number(a.weakens))
    .slice(0, mostChanges)
    .map(({ weakens, text }) =>
      weakens ? { ...note('policy.weakens', text), level: 'warning' as const } : note('policy.change', text),
    );
  const left = changes.length - listed.length;
  return left === 0 ? listed : [...listed, note('policy.change', [`${count(left, 'more setting')} would change.`])];
}

function stillBroken(now: BrokenPolicy, level: 'error' | 'warning', here: string | null): Finding {
  const errors = count(errorsOf(now).length, 'error');
  const until = level === 'warning' ? 'until this pull request is merged' : 'until it is mended';
  const text = say`The policy now in force, ${namesOfAll(now.sources, here)}, has ${[errors]}. The other checks cannot be judged ${[until]}.`;
  return { code: 'policy.base-invalid', level, at: null, text };
}

function judgedBy(policy: Policy, here: string | null): Text {
  return say`This pull request changes the policy. It is judged by the one now in force, ${namesOfAll(policy.sources, here)}; the change counts once it is merged.`;
}

function source(policy: Policy, here: string | null): Finding {
  return note('policy.valid', say`Policy from ${namesOfAll(policy.sources, here)}.`);
}

function floorNote({ floor }: Policy, here: string | null): readonly Finding[] {
  if (floor === null) return [];
  const name = nameOf(floor.source, here);
  if (floor.exempt === null) return [note('policy.floor', say`It is held to the organisation's floor in ${name}.`)];
  const { reason, until } = floor.exempt;
  const why: Text = floor.source.hidden === true ? [] : say` The reason given is: ${excerpt(reason)}`;
  return [
    note('policy.floor-exempt', say`The organisation's floor in ${name} does not hold here until ${until}.${why}`),
  ];
}

function note(code: string, text: Text): Finding {
  return { code, level: 'note', at: null, text };
}

function findingIn(here: string | null): (problem: PolicyProblem) => Finding {
  return (problem) => ({ code: problem.code, level: problem.severity, ...placeOfProblem(problem, here) });
}

function verdict(title: Text, findings: readonly Finding[], remedies: readonly Remedy[] = []): Verdict {
  return { rule: 'policy', outcome: outcomeOf(findings), title, findings, remedies };
}
