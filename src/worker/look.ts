// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Contribution, Facts } from '../contribution/contribution.ts';
import { type Judgement, judge, needs } from '../engine.ts';
import { planCheckRuns, postCheckRuns } from '../github/check-runs.ts';
import { MovedError } from '../github/errors.ts';
import type { MergeGroupRef } from '../github/merge-group.ts';
import { readMergeGroup } from '../github/merge-group.ts';
import { readNeeds } from '../github/needs.ts';
import type { PostedCheckRuns } from '../github/posted.ts';
import type { Asking, PullRequestFacts, PullRequestRef } from '../github/read-pull-request.ts';
import { readPullRequest } from '../github/read-pull-request.ts';
import type { Saying } from '../github/sayings.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { accountOf } from '../ledger/statements.ts';
import { applyOverrides } from '../overrides/apply.ts';
import { applyQueueOverrides } from '../overrides/apply-queue.ts';
import type { Decisions } from '../overrides/overrides.ts';
import type { PolicyFiles, PolicyResolution, PolicySource } from '../policy/policy.ts';
import { unjudgedVerdicts } from '../policy/unjudged.ts';
import { policyCheckName, policyVerdict } from '../policy/verdict.ts';
import { renderCheckRun } from '../report/check-run.ts';
import type { Context } from '../report/summary.ts';
import { sayingsFor } from './answers.ts';
import { rulesWithButton } from './button.ts';
import { decideOverrides, type Overriding } from './overriding.ts';
import { commitsOfQueued } from './queued-commits.ts';
import type { Recorder } from './record.ts';

/** What a look at a subject needs beside the subject itself. */
export interface Looking {
  readonly asking: Asking;
  /** The policy that these files make, parsed once for equal files; null where nothing is to be posted. */
  readonly resolvePolicy: (files: PolicyFiles) => PolicyResolution | null;
  readonly record: Recorder | null;
  readonly ledger: Ledger;
  /** What this process has said to people lately. */
  readonly said: Set<string>;
  /** Whether there will be no other try: what can't be read now is then told as it is. */
  readonly last: boolean;
}

/** What came of a look, for the log. */
export type Look =
  | { readonly looked: false; readonly why: string }
  | {
      readonly looked: true;
      readonly headSha: string;
      readonly judgements: readonly Judgement[];
      readonly written: number;
      /** Whether somebody's permission could not be read, for a reason that may pass: look again. */
      readonly passing: boolean;
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
  const { judgements: ruled, contribution } = await ruleJudgements(looking, facts.contribution, resolution);
  const judgements = [policyJudgement(resolution, proposal(looking, facts), facts.contribution), ...ruled];
  const { decisions, contents, passing } = await decideOverrides(
    looking.asking,
    facts,
    contribution,
    judgements,
    resolution.policy,
  );
  const silent = passing && !looking.last;
  return write(looking, {
    ...facts,
    contribution,
    resolution,
    judgements: applyOverrides(judgements, decisions, contents),
    decisions,
    passing,
    sayings: silent ? [] : sayingsFor(facts, resolution, decisions, looking.said),
    readIn: 'pull-request',
  });
}

/** The same for a merge group: every pull request in it, and what the queue built of them. */
export async function lookAtMergeGroup(looking: Looking, ref: MergeGroupRef): Promise<Look> {
  const group = await readMergeGroup(looking.asking, ref);
  const files = group.pullRequests[0]?.policyFiles ?? { repository: [], organisation: [] };
  const resolution = looking.resolvePolicy(files);
  if (resolution === null) return { looked: false, why: 'no policy holds here' };
  const { judgements, contribution } = await ruleJudgements(looking, group.contribution, resolution);
  const decided = await Promise.all(
    group.pullRequests.map((facts, index) =>
      decideQueued(looking, facts, contribution.queued?.[index] ?? facts.contribution, resolution),
    ),
  );
  const commits = commitsOfQueued(contribution, contribution.queued ?? []);
  const queued = decided.map((one, index) => ({ ...one, commits: commits[index] ?? new Set<string>() }));
  return write(looking, {
    ...group,
    contribution,
    resolution,
    judgements: [policyJudgement(resolution, null, group.contribution), ...applyQueueOverrides(judgements, queued)],
    policyCommit: group.pullRequests[0]?.policyCommit ?? null,
    decisions: null,
    passing: decided.some(({ passing }) => passing),
    sayings: [],
    readIn: 'merge-group',
  });
}

/** What maintainers decided about a queued pull request, by what its own checks say of it. */
async function decideQueued(
  looking: Looking,
  facts: PullRequestFacts,
  contribution: Facts,
  { policy }: PolicyResolution,
): Promise<Overriding> {
  const judgements = policy === null ? [] : judge({ ...contribution, queued: null }, policy);
  return decideOverrides(looking.asking, facts, contribution, judgements, policy);
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

/** What the rules say, and the contribution with every fact that they asked for. */
async function ruleJudgements(looking: Looking, contribution: Contribution, resolution: PolicyResolution) {
  const { policy } = resolution;
  if (policy === null) return { contribution, judgements: unjudgedVerdicts(resolution, nameOf(contribution)) };
  const complete = await readNeeds(looking.asking.client, contribution, needs(contribution, policy));
  await looking.record?.(complete, policy);
  return { contribution: complete, judgements: judge(complete, policy) };
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

interface Outcome {
  readonly repositoryId: string;
  readonly posted: PostedCheckRuns;
  readonly contribution: Contribution;
  readonly resolution: PolicyResolution;
  readonly policyCommit: string | null;
  readonly judgements: readonly Judgement[];
  readonly decisions: Decisions | null;
  readonly passing: boolean;
  readonly sayings: readonly Saying[];
  readonly readIn: Context['readIn'];
}

/** The ledger first: nothing turns green without a record, and what is tried again is recorded once. */
async function write(looking: Looking, outcome: Outcome): Promise<Look> {
  const { repositoryId, posted, contribution, resolution, judgements, readIn } = outcome;
  const context: Context = {
    commitUrl: commitUrl(contribution),
    policySources: sourcesOf(resolution),
    readIn,
    ...(readIn === 'pull-request' ? { buttons: rulesWithButton(resolution.policy) } : {}),
  };
  const results = judgements.map((judgement) => ({ judgement, output: renderCheckRun(judgement, context) }));
  const writes = planCheckRuns(
    posted,
    results.map(({ output }) => output),
  );
  await looking.ledger.record(
    accountOf({
      host: looking.asking.host,
      repository: nameOf(contribution) ?? '',
      pullRequest: contribution.pullRequest?.number ?? null,
      head: posted.headSha,
      base: contribution.base.ref,
      policyCommit: outcome.policyCommit,
      resolution,
      results: results.map(({ judgement, output }) => ({ judgement, conclusion: output.conclusion })),
      decisions: outcome.decisions,
    }),
  );
  await postCheckRuns(looking.asking.client, repositoryId, posted.headSha, writes, outcome.sayings);
  return { looked: true, headSha: posted.headSha, judgements, written: writes.length, passing: outcome.passing };
}
