// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { postCheckRuns } from '../github/check-runs.ts';
import { readPullRequest } from '../github/read-pull-request.ts';
import type { Saying } from '../github/sayings.ts';
import type { Subject } from '../inbox/inbox.ts';
import { writeOwnMark } from '../overrides/own-marks.ts';
import { authorityOver } from '../overrides/settings.ts';
import type { Policy } from '../policy/policy.ts';
import { markdown } from '../report/phrase.ts';
import { oncePer } from '../rules/once.ts';
import { type RuleId, ruleIds } from '../rules/rules.ts';
import { say } from '../rules/text.ts';
import type { Looking } from './look.ts';
import { isMarked } from './marks.ts';
import { governedBy } from './policies.ts';

type Pressed = Extract<Subject, { kind: 'button' }>;

/** The rules whose checks carry the button: those that the policy lets be overridden without a reason. */
export function rulesWithButton(policy: Policy | null): ReadonlySet<string> {
  return policy === null ? new Set() : withoutReason(policy.overrides);
}

const withoutReason = oncePer((overrides: Policy['overrides']): ReadonlySet<string> => {
  return new Set(ruleIds.filter((id) => authorityOver(id, overrides).reason === 'optional'));
});

/**
 * Notes in a comment of ours that somebody pressed the button of a check, since GitHub keeps no record of that. Whether
 * they may is decided with the next look, as for any other command. Nothing is noted of another head than the present, nor
 * of this one as it was before it was pushed away, or into another base.
 */
export async function notePressed(looking: Looking, pressed: Pressed, deliveryId: string | null): Promise<void> {
  const { owner, name } = pressed.repository;
  const facts = await readPullRequest(looking.asking, { owner, name, number: pressed.number });
  const resolution =
    facts.policyFiles === null ? null : await looking.policies.inForce(looking.asking, governedBy(facts));
  const policy = resolution?.policy ?? null;
  const rule = ruleOf(policy, pressed.check);
  const { headSha, stretch } = facts.posted;
  if (facts.state !== 'OPEN' || headSha !== pressed.headSha || stretch !== pressed.stretch || rule === null) return;
  const { login, check } = pressed;
  const mark = writeOwnMark({ kind: 'button', login, check: rule, head: headSha, delivery: deliveryId });
  // GitHub's webhooks can come again, days later and after somebody has taken the override back.
  const noted = isMarked(facts.said.comments, mark) || looking.lately.of(mark) === 'said';
  if (!rulesWithButton(policy).has(rule) || noted) return;
  const text = markdown(say`${login} pressed the button to override ${check} on ${headSha}.`);
  const note: Saying = { kind: 'comment', pullRequestId: facts.pullRequestId, body: `${text}\n\n${mark}` };
  await postCheckRuns(looking.asking.client, facts.repositoryId, headSha, [], [note]);
  looking.lately.said([mark]);
}

function ruleOf(policy: Policy | null, checkName: string): RuleId | null {
  return ruleIds.find((id) => policy?.rules[id].name === checkName) ?? null;
}
