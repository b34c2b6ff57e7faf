// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Contribution } from '../../contribution/contribution.ts';
import type { Text } from '../text.ts';
import { say } from '../text.ts';
import type { Finding, Remedy } from '../verdict.ts';
import { addressProblem } from './address.ts';
import type { Assessment } from './assess.ts';
import { type Case, caseOf, type Entry, readEntries } from './case.ts';
import { exemptByPlace } from './exemptions.ts';
import { gap, gapsInCommits } from './gaps.ts';
import { isGitHub, shown } from './identity.ts';
import { provenByOpening, provenBySignature } from './proof.ts';
import { origin, titleOf, unknownPullRequests } from './queue-unknown.ts';
import { placeOf, type Review, review } from './review.ts';
import type { DcoSettings } from './settings.ts';
import { squashAdvice } from './squash.ts';

/** What is to be said of a merge group. */
export interface QueueReview {
  readonly gaps: readonly Finding[];
  readonly findings: readonly Finding[];
  readonly remedies: readonly Remedy[];
  /** How many pull requests the group holds. */
  readonly size: number;
}

/**
 * Judges each queued pull request by its own commits, with the full identity of their authors. Of the commits that
 * the merge queue built from them it asks only that a sign-off is still there: with squash, their author becomes the
 * account's identity, which need not be the one that signed.
 */
export function reviewQueue(contribution: Contribution, settings: DcoSettings): QueueReview {
  const queued = contribution.queued ?? [];
  const reviews = queued.map((facts) => review(facts, settings));
  const judged = caseOf(contribution, settings);
  const own = new Set(queued.flatMap(({ commits }) => commits.map(({ sha }) => sha)));
  const needsNone = commitsNeedingNone(contribution, reviews, judged);
  const built = contribution.commits.filter(({ sha }) => !own.has(sha));
  const empty = gap('dco.queue-empty', ['The pull requests of this merge group could not be read.'], contribution);
  return {
    gaps: [
      ...(queued.length === 0 ? [empty] : unknownPullRequests(contribution, built, judged.identities)),
      ...gapsInCommits(contribution),
      ...queued.flatMap(({ pullRequest }, index) => named(reviews[index]?.gaps ?? [], pullRequest?.number)),
    ],
    findings: [
      ...reviews.flatMap(({ findings }) => findings),
      ...readEntries(built).map((entry) => ({ at: placeOf(entry), ...judgeBuilt(entry, needsNone, judged) })),
    ],
    remedies: reviews.flatMap(({ remedies }) => remedies),
    size: queued.length,
  };
}

function named(gaps: readonly Finding[], number: number | undefined): Finding[] {
  if (number === undefined) return [...gaps];
  return gaps.map((one) => ({ ...one, text: say`In the pull request #${number}: ${one.text}` }));
}

type NeedsNone = (entry: Entry) => boolean;

/** Tells a built commit that comes from commits of which none carries a sign-off, and none has to. */
function commitsNeedingNone({ queued }: Contribution, reviews: readonly Review[], judged: Case): NeedsNone {
  const unsigned = reviews.flatMap(({ assessments }) => assessments.filter(needsNoSignOff));
  const rebuilt = new Set(unsigned.map(({ commit }) => origin(commit, judged.identities)));
  const isExempt = ({ gaps, assessments }: Review) =>
    gaps.length === 0 && assessments.every(({ verdict }) => verdict.status === 'exempt');
  const exempt = (queued ?? []).flatMap(({ pullRequest }, index) => {
    const one = reviews[index];
    return pullRequest !== null && one !== undefined && isExempt(one) ? [pullRequest.number] : [];
  });
  const all = reviews.length > 0 && reviews.every(isExempt);
  return ({ commit }) =>
    all ||
    rebuilt.has(origin(commit, judged.identities)) ||
    exempt.some((number) => titleOf(commit).endsWith(`(#${number})`));
}

function needsNoSignOff({ verdict }: Assessment): boolean {
  return verdict.status === 'exempt' || verdict.code === 'dco.remediated';
}

function judgeBuilt(entry: Entry, needsNone: NeedsNone, judged: Case): Pick<Finding, 'code' | 'level' | 'text'> {
  const { commit, message } = entry;
  const byPlace = exemptByPlace(commit, judged);
  if (byPlace !== null) return { ...byPlace, level: 'ok' };
  const signOff = message.signOffs.find((person) => !isGitHub(person) && addressProblem(person, judged) === null);
  if (signOff !== undefined) {
    return { code: 'dco.carried', level: 'ok', text: say`It still carries the sign-off of ${shown(signOff)}.` };
  }
  const account = commit.authorAccount;
  if (account?.type === 'Bot' && (provenBySignature(commit, account, judged) || provenByOpening(account, judged))) {
    return { code: 'dco.bot', level: 'ok', text: say`Made from the commits of the bot ${account.login}.` };
  }
  if (needsNone(entry)) {
    return {
      code: 'dco.queue-exempt',
      level: 'ok',
      text: ['Made from commits of which none needs a sign-off in its message.'],
    };
  }
  const text: Text = [
    'The merge queue made this commit from commits that are signed off, and their sign-offs got lost on the way. ',
    'That happens when it squashes them with a message that leaves commit messages out. ',
    ...squashAdvice,
  ];
  return { code: 'dco.queue-dropped', level: 'error', text };
}
