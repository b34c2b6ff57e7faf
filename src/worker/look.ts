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
import type { PolicyFiles, PolicyResolution, PolicySource } from '../policy/policy.ts';
import { unjudgedVerdicts } from '../policy/unjudged.ts';
import { policyCheckName, policyVerdict } from '../policy/verdict.ts';
import { renderCheckRun } from '../report/check-run.ts';
import type { Context } from '../report/summary.ts';
import type { Recorder } from './record.ts';

/** What a look at a subject needs beside the subject itself. */
export interface Looking {
  readonly asking: Asking;
  /** The policy that these files make, parsed once for equal files; null where nothing is to be posted. */
  readonly resolvePolicy: (files: PolicyFiles) => PolicyResolution | null;
  readonly record: Recorder | null;
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
  const facts = await readPullRequest(looking.asking, ref);
  if (updatedAt !== null && facts.updatedAt < updatedAt) {
    throw new MovedError(`GitHub answers with the state of ${facts.updatedAt}, the webhook told of ${updatedAt}`);
  }
  if (facts.state !== 'OPEN') return { looked: false, why: `the pull request is ${facts.state.toLowerCase()}` };
  const resolution = looking.resolvePolicy(facts.policyFiles);
  if (resolution === null) return { looked: false, why: 'no policy holds here' };
  const judgements = [
    policyJudgement(resolution, proposal(looking, facts), facts.contribution),
    ...(await ruleJudgements(looking, facts.contribution, resolution)),
  ];
  return write(looking, facts, judgements, {
    commitUrl: commitUrl(facts.contribution),
    policySources: sourcesOf(resolution),
    readIn: 'pull-request',
  });
}

/** The same for a merge group: every pull request in it, and what the queue built of them. */
export async function lookAtMergeGroup(looking: Looking, ref: MergeGroupRef): Promise<Look> {
  const group = await readMergeGroup(looking.asking, ref);
  const files = group.pullRequests[0]?.policyFiles ?? { repository: [], organisation: [] };
  const resolution = looking.resolvePolicy(files);
  if (resolution === null) return { looked: false, why: 'no policy holds here' };
  const judgements = [
    policyJudgement(resolution, null, group.contribution),
    ...(await ruleJudgements(looking, group.contribution, resolution)),
  ];
  return write(looking, group, judgements, {
    commitUrl: commitUrl(group.contribution),
    policySources: sourcesOf(resolution),
    readIn: 'merge-group',
  });
}

function proposal(looking: Looking, facts: PullRequestFacts): PolicyResolution | null {
  if (facts.proposedPolicyFiles === null) return null;
  return looking.resolvePolicy({ ...facts.policyFiles, repository: facts.proposedPolicyFiles });
}

function policyJudgement(
  resolution: PolicyResolution,
  proposed: PolicyResolution | null,
  contribution: Contribution,
): Judgement {
  return {
    name: policyCheckName(resolution),
    mode: 'enforce',
    verdict: policyVerdict(resolution, proposed === null ? null : { resolution: proposed }, nameOf(contribution)),
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
  context: Context,
): Promise<Look> {
  const outputs = judgements.map((judgement) => renderCheckRun(judgement, context));
  const writes = planCheckRuns(posted, outputs);
  await postCheckRuns(looking.asking.client, repositoryId, posted.headSha, writes);
  return { looked: true, headSha: posted.headSha, judgements, written: writes.length };
}
