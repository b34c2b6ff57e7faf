// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Contribution } from '../../contribution/contribution.ts';
import type { Need, Rule } from '../rule.ts';
import type { Text } from '../text.ts';
import { type Finding, outcomeOf, type Verdict } from '../verdict.ts';
import { isOpen } from './assess.ts';
import { commitCount } from './commit-count.ts';
import { reviewQueue } from './queue.ts';
import { type Review, review } from './review.ts';
import { type DcoSettings, dcoSettings } from './settings.ts';
import { squashNote } from './squash.ts';

/** Every commit is signed off by its author or committer: https://developercertificate.org/ */
export const dco: Rule<DcoSettings> = {
  id: 'dco',
  settings: dcoSettings,
  needs,
  judge: (contribution, settings) =>
    contribution.queued === null ? judgeCommits(contribution, settings) : judgeQueue(contribution, settings),
};

function needs(contribution: Contribution, settings: DcoSettings): Need[] {
  return (contribution.queued ?? [contribution]).flatMap((facts) => {
    const { assessments, gaps } = review(facts, settings);
    // Nothing else matters while commits are missing.
    return gaps.length > 0 ? [] : assessments.flatMap(({ verdict }) => (isOpen(verdict) ? verdict.needs : []));
  });
}

function judgeCommits(contribution: Contribution, settings: DcoSettings): Verdict {
  const reviewed = review(contribution, settings);
  const carries = reviewed.assessments.some(({ verdict }) => verdict.status === 'signed');
  const note = carries ? squashNote(contribution) : null;
  const findings = [...reviewed.gaps, ...reviewed.findings, ...(note === null ? [] : [note])];
  return verdict(title(reviewed), findings, reviewed.remedies);
}

function judgeQueue(contribution: Contribution, settings: DcoSettings): Verdict {
  const { gaps, findings, remedies, size } = reviewQueue(contribution, settings);
  return verdict(queueTitle([...gaps, ...findings], size), [...gaps, ...findings], remedies);
}

function verdict(title: Text, findings: readonly Finding[], remedies: Verdict['remedies']): Verdict {
  return { rule: 'dco', outcome: outcomeOf(findings), title, findings, remedies };
}

function title({ gaps, assessments }: Review): Text {
  const all = assessments.length;
  const number = (status: string) => assessments.filter(({ verdict }) => verdict.status === status).length;
  const [unclear, failing, exempt] = [number('unclear'), number('fails'), number('exempt')];
  if (gaps.length > 0) return [all === 0 ? 'There are no commits to judge' : 'Some of the commits could not be read'];
  if (unclear > 0) return [`${unclear} of ${commitCount(all)} could not be judged`];
  if (failing > 0)
    return [all === 1 ? 'The commit needs a sign-off' : `${failing} of ${commitCount(all)} ${needSignOff(failing)}`];
  if (exempt === all) return [all === 1 ? 'The commit needs no sign-off' : 'None of the commits needs a sign-off'];
  if (exempt > 0) {
    const needNone = `${exempt} ${exempt === 1 ? 'needs' : 'need'} no sign-off`;
    return [`All ${commitCount(all)} are in order: ${all - exempt} signed off, ${needNone}`];
  }
  return [all === 1 ? 'The commit is signed off' : `All ${commitCount(all)} are signed off`];
}

function queueTitle(findings: readonly Finding[], size: number): Text {
  const number = (level: string) => findings.filter((finding) => finding.level === level).length;
  if (number('gap') > 0) return ['The merge group could not be judged'];
  const failing = number('error');
  if (failing > 0) return [`${commitCount(failing)} in the merge group ${needSignOff(failing)}`];
  return [size === 1 ? 'The queued pull request is signed off' : `All ${size} queued pull requests are signed off`];
}

function needSignOff(amount: number): string {
  return amount === 1 ? 'needs a sign-off' : 'need a sign-off';
}
