// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Text } from '../text.ts';
import { say } from '../text.ts';
import { type Attempt, type Attempts, findAttempts, whyIneffective } from './attempts.ts';
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

/** What a commit amounts to when it is asked for a sign-off, exempt or not. */
interface Standing {
  readonly verdict: CommitVerdict;
  /** The remediation that it rests on. */
  readonly remedy: Attempt | null;
  /** Whether it is signed off, and so is whatever it rests on. */
  readonly sound: boolean;
}

type Standings = ReadonlyMap<number, Standing>;

/**
 * Judges every commit, those included that a later one remedies. Commits come parents first.
 *
 * A commit whose remediation is relied on is asked for a sign-off of its own, even if it is a merge or exempt: it is
 * a sign-off for another commit, and an unsigned one certifies nothing. That it is missing is said of that commit
 * alone, since signing it off mends both.
 */
export function assess(entries: readonly Entry[], judged: Case): Assessment[] {
  const assessments = entries.map((entry) => ({ ...entry, verdict: judgeCommit(entry, judged) }));
  const standings = standingsOf(assessments, judged);
  // Filled on the way: whatever relies on a commit comes before it.
  const reliedOn = new Set<number>();
  for (const [position, assessment] of assessments.entries()) {
    const standing = standings.get(position);
    if (standing === undefined || !(isOpen(assessment.verdict) || reliedOn.has(position))) continue;
    assessment.verdict = standing.verdict;
    if (standing.remedy !== null) reliedOn.add(standing.remedy.index);
  }
  return assessments;
}

/** By position, of the commits that are open and of those that may remedy one; last first, as remedies come later. */
function standingsOf(assessments: readonly Assessment[], judged: Case): Standings {
  const attempts = findAttempts(assessments);
  const standings = new Map<number, Standing>();
  for (const [position, assessment] of [...assessments.entries()].reverse()) {
    if (!isOpen(assessment.verdict) && assessment.message.claims.length === 0) continue;
    standings.set(position, standingOf(assessment, position, attempts, standings, judged));
  }
  return standings;
}

function standingOf(
  target: Assessment,
  position: number,
  { bySha, abbreviated }: Attempts,
  later: Standings,
  judged: Case,
): Standing {
  const exempt = target.verdict.status === 'exempt';
  const verdict = exempt ? asRemedy(judgeSignOffs(target, judged)) : target.verdict;
  if (!isOpen(verdict)) return { verdict, remedy: null, sound: true };
  const reason = (attempt: Attempt) => whyIneffective(attempt, target, position, judged);
  const isSound = ({ index }: Attempt) => later.get(index)?.sound === true;
  const attempts = bySha.get(target.commit.sha) ?? [];
  const effective = attempts.filter((attempt) => reason(attempt) === null);
  const remedy = effective.find(isSound) ?? effective[0];
  if (remedy === undefined) {
    const near = abbreviated.find(({ claim }) => target.commit.sha.startsWith(claim.sha));
    return { verdict: explained(verdict, attempts[0] ?? near, reason), remedy: null, sound: false };
  }
  // A remediation is its author's sign-off, nobody else's.
  const coAuthor = coAuthorProblem(target.message, judged, [remedy.claim.of]);
  if (coAuthor !== null) return { verdict: { ...fails(coAuthor), needs: verdict.needs }, remedy, sound: false };
  return { verdict: remediated(remedy), remedy, sound: isSound(remedy) };
}

function remediated({ claim, entry }: Attempt): CommitVerdict {
  const text = claim.thirdParty
    ? say`Signed off later by ${shown(claim.by)} on behalf of ${shown(claim.of)}, in the commit ${entry.commit.sha}.`
    : say`Signed off later by its author, ${shown(claim.by)}, in the commit ${entry.commit.sha}.`;
  return { status: 'signed', code: 'dco.remediated', text, needs: [] };
}

function asRemedy(verdict: CommitVerdict): CommitVerdict {
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
