// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { UpstreamAnswer } from '../../contribution/contribution.ts';
import type { UpstreamQuestion } from '../rule.ts';
import { say, type Text } from '../text.ts';
import type { Case } from './case.ts';
import { type Claim, claimsOf } from './claims.ts';
import type { Evidence, Marker } from './model.ts';

/** What came of asking. `instead` is what is true now, to be written in place of the marker. */
export interface Verification {
  /** `nothing`: the marker claims nothing that could be asked. */
  readonly kind: 'verified' | 'wrong' | 'outdated' | 'unverified' | 'nothing';
  readonly code: string;
  readonly text: Text;
  readonly instead: Partial<Marker> | null;
}

/** Whether what a marker claims is true, by GitHub's answers. What is wrong outweighs what is right. */
export function verify(marker: Marker, path: string | null, judged: Case): Verification {
  const claims = claimsOf(marker, path, judged);
  const all = claims.map((claim) => judgeClaim(claim, marker, judged));
  const order = ['wrong', 'outdated', 'verified', 'unverified'];
  const [first] = all.toSorted((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind));
  return first ?? { kind: 'nothing', code: '', text: [], instead: null };
}

function judgeClaim(claim: Claim, marker: Marker, judged: Case): Verification {
  if ('unverified' in claim) return unverified(claim.unverified);
  const { question } = claim;
  const answer = answerTo(question, judged);
  if (answer === null) return unverified(['GitHub was not asked']);
  if (answer.ask === 'contained' && question.ask === 'contained') return contained(answer);
  if (answer.ask === 'pull-request') return pullRequest(answer, marker, judged);
  return unverified(['GitHub was not asked']);
}

function unverified(why: Text): Verification {
  return { kind: 'unverified', code: 'not-verified', text: why, instead: null };
}

/** The answer to a question, where there is one. */
export function answerTo(question: UpstreamQuestion, { upstream }: Case): UpstreamAnswer | null {
  return upstream.answers.find((answer) => matches(question, answer)) ?? null;
}

function matches(question: UpstreamQuestion, answer: UpstreamAnswer): boolean {
  if (question.repository !== answer.repository) return false;
  if (question.ask === 'pull-request') return answer.ask === 'pull-request' && answer.number === question.number;
  if (question.ask === 'diff') return answer.ask === 'diff' && answer.commit === question.commit;
  return answer.ask === 'contained' && answer.commit === question.commit && answer.branch === question.branch;
}

function contained({
  repository,
  branch,
  commit,
  answer,
  why,
}: Extract<UpstreamAnswer, { ask: 'contained' }>): Verification {
  const where = branch === null ? say`the default branch of ${repository}` : say`the branch ${branch} of ${repository}`;
  if (answer === 'unknown') return unverified([why ?? 'GitHub does not tell']);
  if (answer === 'yes') {
    return { kind: 'verified', code: 'verified', text: say`${commit.slice(0, 12)} is in ${where}`, instead: null };
  }
  const text = say`${commit.slice(0, 12)} is not in ${where}. That an object id can be looked up there proves nothing: it may be a fork's.`;
  return { kind: 'wrong', code: 'not-contained', text, instead: null };
}

type PullRequest = Extract<UpstreamAnswer, { ask: 'pull-request' }>;

function pullRequest(answer: PullRequest, marker: Marker, judged: Case): Verification {
  const name = say`The pull request ${answer.repository}#${[String(answer.number)]}`;
  switch (answer.answer) {
    case 'unknown':
      return unverified([answer.why ?? 'GitHub does not tell']);
    case 'open':
      return opened(name, marker);
    case 'merged':
      return merged(name, answer, marker, judged);
    case 'closed':
      return closed(name, answer, marker, judged);
  }
}

function opened(name: Text, { state, evidence }: Marker): Verification {
  const claimsMore = state === 'merged' || state === 'accepted';
  if (claimsMore) {
    const instead = { state: 'submitted', evidence } as const;
    return { kind: 'wrong', code: 'not-merged', text: say`${name} is still open.`, instead };
  }
  if (state === 'denied') {
    const instead = { state: 'submitted', evidence } as const;
    return { kind: 'outdated', code: 'not-closed', text: say`${name} is open.`, instead };
  }
  return { kind: 'verified', code: 'verified', text: say`${name} is open`, instead: null };
}

function merged(name: Text, answer: PullRequest, marker: Marker, judged: Case): Verification {
  const { mergeCommit, release, base } = answer;
  const as = mergeCommit === null ? [] : say` as ${mergeCommit.slice(0, 12)}`;
  const into = base === null ? [] : say` into ${base}`;
  const since = release === null ? [] : say`, and is in ${release}`;
  const text = say`${name} was merged${as}${into}${since}`;
  if (marker.state === 'merged' || marker.state === 'accepted' || marker.modifiers.revert === true) {
    return { kind: 'verified', code: 'verified', text, instead: null };
  }
  const instead = { state: 'merged', evidence: mergedEvidence(answer, judged), modifiers: marker.modifiers } as const;
  return { kind: 'outdated', code: 'merged', text: say`${text}.`, instead };
}

function mergedEvidence({ repository, mergeCommit, base, release, number }: PullRequest, judged: Case): Evidence[] {
  const host = judged.facts.repository?.host ?? 'github.com';
  const page = `https://${host}/${repository}`;
  const sha = mergeCommit;
  return [
    { kind: 'url', url: sha === null ? `${page}/pull/${number}` : `${page}/commit/${sha}` },
    ...(sha === null ? [] : [{ kind: 'commit', sha, repository, branch: base } as const]),
    ...(release === null ? [] : [{ kind: 'release', version: release } as const]),
  ];
}

function closed(name: Text, answer: PullRequest, marker: Marker, judged: Case): Verification {
  if (marker.state === 'denied') {
    return { kind: 'verified', code: 'verified', text: say`${name} was closed without being merged`, instead: null };
  }
  const host = judged.facts.repository?.host ?? 'github.com';
  const url = `https://${host}/${answer.repository}/pull/${answer.number}`;
  const text = say`${name} was closed without being merged.`;
  return { kind: 'wrong', code: 'closed', text, instead: { state: 'denied', evidence: [{ kind: 'url', url }] } };
}
