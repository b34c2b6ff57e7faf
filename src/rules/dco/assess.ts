// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Text } from '../text.ts';
import { say } from '../text.ts';
import { type Attempt, findAttempts, whyIneffective } from './attempts.ts';
import type { Case, Entry } from './case.ts';
import { coAuthorProblem } from './co-authors.ts';
import { type CommitVerdict, fails, judgeCommit, judgeSignOffs } from './commit-verdict.ts';
import { shown } from './identity.ts';

/** A commit and what is to be said of it. */
export interface Assessment extends Entry {
  readonly verdict: CommitVerdict;
}

/** Whether a verdict leaves something to do, or to find out. */
export function isOpen({ status }: CommitVerdict): boolean {
  return status === 'fails' || status === 'unclear';
}

/**
 * Judges every commit, those included that a later one remedies. Commits come parents first.
 *
 * A commit whose remediation is relied on is asked for a sign-off of its own, even if it is a merge or exempt: it is
 * a sign-off for another commit, and an unsigned one certifies nothing. That it is missing is said of that commit
 * alone, since signing it off mends both.
 */
export function assess(entries: readonly Entry[], judged: Case): Assessment[] {
  const assessments = entries.map((entry) => ({ ...entry, verdict: judgeCommit(entry, judged) }));
  const { bySha, abbreviated } = findAttempts(entries);
  const open = [...assessments.keys()].filter((position) => isOpenAt(assessments, position));
  for (let position = open.pop(); position !== undefined; position = open.pop()) {
    const target = assessments[position];
    if (target === undefined) continue;
    const reason = (attempt: Attempt) => whyIneffective(attempt, target, position, judged);
    const attempts = bySha.get(target.commit.sha) ?? [];
    const effective = attempts.filter((attempt) => reason(attempt) === null);
    const used = effective.find(({ index }) => assessments[index]?.verdict.status === 'signed') ?? effective[0];
    if (used === undefined) {
      const near = abbreviated.find(({ claim }) => target.commit.sha.startsWith(claim.sha));
      target.verdict = explained(target.verdict, attempts[0] ?? near, reason);
      continue;
    }
    // A remediation is its author's sign-off, nobody else's.
    const coAuthor = coAuthorProblem(target.message, judged, [used.claim.of]);
    target.verdict = coAuthor === null ? remediated(used) : { ...fails(coAuthor), needs: target.verdict.needs };
    const remedy = assessments[used.index];
    if (remedy?.verdict.status !== 'exempt') continue;
    remedy.verdict = reliedOn(judgeSignOffs(remedy, judged));
    // It may have a remedy in turn.
    if (isOpen(remedy.verdict)) open.push(used.index);
  }
  return assessments;
}

function isOpenAt(assessments: readonly Assessment[], position: number): boolean {
  const assessment = assessments[position];
  return assessment !== undefined && isOpen(assessment.verdict);
}

function remediated({ claim, entry }: Attempt): CommitVerdict {
  const text = claim.thirdParty
    ? say`Signed off later by ${shown(claim.by)} on behalf of ${shown(claim.of)}, in the commit ${entry.commit.sha}.`
    : say`Signed off later by its author, ${shown(claim.by)}, in the commit ${entry.commit.sha}.`;
  return { status: 'signed', code: 'dco.remediated', text, needs: [] };
}

function reliedOn(verdict: CommitVerdict): CommitVerdict {
  if (!isOpen(verdict)) return verdict;
  const text = say`It adds a sign-off to an earlier commit, so it has to be signed off itself. ${verdict.text}`;
  return { ...verdict, code: 'dco.remediation-unsigned', text };
}

function explained(
  verdict: CommitVerdict,
  attempt: Attempt | undefined,
  reason: (attempt: Attempt) => Text | null,
): CommitVerdict {
  const why = attempt === undefined ? null : reason(attempt);
  if (attempt === undefined || why === null) return verdict;
  const { sha } = attempt.entry.commit;
  return {
    ...verdict,
    text: say`${verdict.text} The commit ${sha} tries to sign it off, but that does not count: ${why}.`,
  };
}
