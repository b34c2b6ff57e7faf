// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Contribution } from '../contribution/contribution.ts';
import { gather, type Judgement, judge } from '../engine.ts';
import { planCheckRuns, postCheckRuns } from '../github/check-runs.ts';
import { MovedError } from '../github/errors.ts';
import type { MergeGroupRef } from '../github/merge-group.ts';
import { readMergeGroup } from '../github/merge-group.ts';
import { readNeeds } from '../github/needs.ts';
import type { PostedCheckRuns } from '../github/posted.ts';
import type { Asking, PullRequestFacts, PullRequestRef } from '../github/read-pull-request.ts';
import { readPullRequest } from '../github/read-pull-request.ts';
import { type Misnamed, withMisnamed } from '../policy/misnamed.ts';
import type { PolicyFiles, PolicyResolution, PolicySource } from '../policy/policy.ts';
import { unjudgedVerdicts } from '../policy/unjudged.ts';
import { policyCheckName, policyVerdict } from '../policy/verdict.ts';
import { type CheckRunOutput, renderCheckRun } from '../report/check-run.ts';
import type { Context } from '../report/summary.ts';
import type { Recorder } from './record.ts';
import { readSharing, strictest } from './shared-head.ts';
import type { Turns } from './turns.ts';

/** What a look at a subject needs beside the subject itself. */
export interface Looking {
  readonly asking: Asking;
  /** The policy that these files make, parsed once for equal files; null where nothing is to be posted. */
  readonly resolvePolicy: (files: PolicyFiles) => PolicyResolution | null;
  readonly record: Recorder | null;
  /** Whoever writes check runs on a commit must have read the ones that are there. */
  readonly turns: Turns;
  /** Whether to read again what GitHub may not have brought up to date yet; else it is taken as it is. */
  readonly patient: boolean;
}

/** What came of a look, for the log. */
export type Look =
  | { readonly looked: false; readonly why: string }
  | {
      readonly looked: true;
      readonly headSha: string;
      readonly judgements: readonly Judgement[];
      readonly written: number;
    };

/**
 * Reads a pull request as it is now, judges it, and writes the check runs that do not say so yet. Throws MovedError where
 * GitHub's API still answers with a state from before `updatedAt`.
 */
export async function lookAtPullRequest(
  looking: Looking,
  ref: PullRequestRef,
  updatedAt: string | null,
): Promise<Look> {
  const read = async () => {
    const facts = await readPullRequest(looking.asking, ref);
    if (looking.patient) assertPresent(facts, updatedAt);
    return facts;
  };
  const first = await read();
  const { repositoryId, posted } = first;
  return looking.turns(`${repositoryId}@${posted.headSha}`, async (waited) => {
    const facts = waited ? await read() : first;
    if (facts.posted.headSha !== posted.headSha) throw new MovedError('the head moved while another look was awaited');
    return lookAtFacts(looking, ref, facts);
  });
}

/** GitHub's webhooks can be ahead of its API, and its list of commits behind the head that it names. */
function assertPresent({ updatedAt, contribution }: PullRequestFacts, wanted: string | null): void {
  if (wanted !== null && updatedAt < wanted) {
    throw new MovedError(`GitHub answers with the state of ${updatedAt}, the webhook told of ${wanted}`);
  }
  const { commits, totals, head } = contribution;
  const complete = commits.length > 0 && commits.length === totals.commits;
  if (complete && !commits.some(({ sha }) => sha === head.sha)) {
    throw new MovedError(`GitHub's list of commits is not the one of the head ${head.sha}`);
  }
}

async function lookAtFacts(looking: Looking, ref: PullRequestRef, facts: PullRequestFacts): Promise<Look> {
  if (facts.state !== 'OPEN') return { looked: false, why: `the pull request is ${facts.state.toLowerCase()}` };
  const own = await judgePullRequest(looking, facts);
  if (own === null) return { looked: false, why: 'no policy holds here' };
  const sharing = await readSharing(looking.asking, ref, facts);
  const results = [{ number: ref.number, outputs: own.outputs }];
  for (const other of sharing) {
    const { number } = other.contribution.pullRequest ?? ref;
    results.push({ number, outputs: (await judgePullRequest(looking, other))?.outputs ?? [] });
  }
  // In the same order whichever of them is looked at, so that nothing differs the next time.
  results.sort((a, b) => a.number - b.number);
  const numbers = results.map(({ number }) => number);
  const all = results.flatMap(({ outputs }) => outputs);
  return write(looking, facts, own.judgements, sharing.length === 0 ? all : strictest(all, numbers), numbers);
}

interface Judged {
  readonly judgements: readonly Judgement[];
  readonly outputs: readonly CheckRunOutput[];
}

async function judgePullRequest(looking: Looking, facts: PullRequestFacts): Promise<Judged | null> {
  const files = presentPolicyFiles(facts);
  const resolution = looking.resolvePolicy(files);
  if (resolution === null) return null;
  const { contribution, proposedPolicyFiles } = facts;
  const proposed =
    proposedPolicyFiles === null ? null : looking.resolvePolicy({ ...files, repository: proposedPolicyFiles });
  return judgeBy(looking, contribution, resolution, { proposed, misnamed: facts.misnamed }, 'pull-request');
}

/** Where the base branch is not there, nobody knows which policy holds. GitHub is about to close the pull request. */
function presentPolicyFiles({ policyFiles, contribution }: PullRequestFacts): PolicyFiles {
  if (policyFiles === null) throw new MovedError(`the base branch ${contribution.base.ref} is not there`);
  return policyFiles;
}

/** The same for a merge group: every pull request in it, and what the queue built of them. */
export async function lookAtMergeGroup(looking: Looking, ref: MergeGroupRef): Promise<Look> {
  const group = await readMergeGroup(looking.asking, ref);
  const resolution = looking.resolvePolicy(presentPolicyFiles(group.pullRequests[0]));
  if (resolution === null) return { looked: false, why: 'no policy holds here' };
  const { judgements, outputs } = await judgeBy(looking, group.contribution, resolution, noFilesSeen, 'merge-group');
  return write(looking, group, judgements, outputs, []);
}

/** What a pull request shows of policies beside the one that holds. */
interface PoliciesSeen {
  readonly proposed: PolicyResolution | null;
  readonly misnamed: readonly Misnamed[];
}
const noFilesSeen: PoliciesSeen = { proposed: null, misnamed: [] };

async function judgeBy(
  looking: Looking,
  contribution: Contribution,
  resolution: PolicyResolution,
  seen: PoliciesSeen,
  readIn: Context['readIn'],
): Promise<Judged> {
  const context = { commitUrl: commitUrl(contribution), policySources: sourcesOf(resolution), readIn };
  const judgements = [
    policyJudgement(resolution, seen, contribution),
    ...(await ruleJudgements(looking, contribution, resolution)),
  ];
  return { judgements, outputs: judgements.map((judgement) => renderCheckRun(judgement, context)) };
}

function policyJudgement(
  resolution: PolicyResolution,
  { proposed, misnamed }: PoliciesSeen,
  contribution: Contribution,
): Judgement {
  const next = proposed === null ? null : { resolution: proposed };
  const here = nameOf(contribution);
  const verdict = policyVerdict(resolution, next, here);
  return {
    name: policyCheckName(resolution),
    mode: 'enforce',
    verdict: withMisnamed(verdict, misnamed, proposed ?? resolution, here),
  };
}

async function ruleJudgements(
  looking: Looking,
  contribution: Contribution,
  resolution: PolicyResolution,
): Promise<readonly Judgement[]> {
  const { policy } = resolution;
  if (policy === null) return unjudgedVerdicts(resolution, nameOf(contribution));
  const complete = await gather(contribution, policy, (known, needs) => readNeeds(looking.asking, known, needs));
  await looking.record?.(complete, policy);
  return judge(complete, policy);
}

function nameOf({ repository }: Contribution): string | null {
  return repository === null ? null : `${repository.owner}/${repository.name}`;
}

/** Nothing is judged by a policy that is broken. */
function sourcesOf(resolution: PolicyResolution): readonly PolicySource[] {
  return resolution.policy?.sources ?? [];
}

/** Where GitHub shows a commit: within the pull request, so that its reader stays there. */
function commitUrl({ pullRequest, queued }: Contribution): string | null {
  if (pullRequest !== null) return `${pullRequest.url}/commits/`;
  const url = queued?.[0]?.pullRequest?.url;
  return url === undefined ? null : url.replace(/\/pull\/\d+$/, '/commit/');
}

async function write(
  looking: Looking,
  { repositoryId, posted }: { readonly repositoryId: string; readonly posted: PostedCheckRuns },
  judgements: readonly Judgement[],
  outputs: readonly CheckRunOutput[],
  pullRequests: readonly number[],
): Promise<Look> {
  const writes = planCheckRuns(posted, outputs, pullRequests);
  await postCheckRuns(looking.asking.client, repositoryId, posted.headSha, writes);
  return { looked: true, headSha: posted.headSha, judgements, written: writes.length };
}
