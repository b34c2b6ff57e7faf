// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Contribution, Facts } from '../contribution/contribution.ts';
import { gather, type Judgement } from '../engine.ts';
import type { MergeGroupFacts } from '../github/merge-group.ts';
import { readNeeds } from '../github/needs.ts';
import type { PullRequestFacts } from '../github/read-pull-request.ts';
import { applyOverrides } from '../overrides/apply.ts';
import { applyQueueOverrides } from '../overrides/apply-queue.ts';
import type { Decisions } from '../overrides/overrides.ts';
import { originsOf } from '../overrides/queued-origins.ts';
import { type Misnamed, withMisnamed } from '../policy/misnamed.ts';
import type { PolicyFiles, PolicyResolution, PolicySource } from '../policy/policy.ts';
import { withRefused } from '../policy/refused.ts';
import { unjudgedVerdicts } from '../policy/unjudged.ts';
import { policyCheckName, policyVerdict } from '../policy/verdict.ts';
import { type CheckRunOutput, renderCheckRun } from '../report/check-run.ts';
import type { Context } from '../report/summary.ts';
import { rulesWithButton } from './button.ts';
import type { Looking } from './look.ts';
import { decideOverrides, type Overriding } from './overriding.ts';
import { governedBy } from './policies.ts';
import { previewShown } from './preview-shown.ts';

/** What one check says, and how it is shown. */
export interface Result {
  readonly judgement: Judgement;
  readonly output: CheckRunOutput;
}

/** A pull request or a merge group with everything that was decided about it. */
export interface Judged {
  readonly contribution: Contribution;
  readonly resolution: PolicyResolution;
  /** Tip of the base branch, whose policy holds; null where the branch is gone. */
  readonly policyCommit: string | null;
  readonly results: readonly Result[];
  /** null where none were made, as in a merge group. */
  readonly decisions: Decisions | null;
  /** Links of the comments that are there; null where not all of them could be read, and in a merge group. */
  readonly comments: ReadonlySet<string> | null;
  /** Whether somebody's permission could not be read, for a reason that may pass. */
  readonly passing: boolean;
}

/** By the policy of its base branch, with what maintainers decided in it; null where no policy holds. */
export async function judgePullRequest(
  looking: Looking,
  facts: PullRequestFacts,
): Promise<(Judged & { readonly decisions: Decisions }) | null> {
  const { resolution, proposed } = await looking.policies.of(looking.asking, facts);
  if (resolution === null) return null;
  const { policyCommit } = facts;
  const { judgements: ruled, contribution } = await ruleJudgements(looking, facts, resolution);
  const judgements = [policyJudgement(resolution, { ...facts, proposed }, contribution), ...ruled];
  const { decisions, contents, passing } = await decideOverrides(
    looking.asking,
    facts,
    contribution,
    judgements,
    resolution.policy,
  );
  const preview = previewShown(looking.previews, facts, resolution, proposed);
  const results = render(applyOverrides(judgements, decisions, contents), {
    ...contextOf(contribution, resolution, 'pull-request'),
    ...(preview === undefined ? {} : { preview }),
  });
  return { contribution, resolution, policyCommit, results, decisions, comments: linksOf(facts), passing };
}

/** The same for a merge group, in which the overrides of each queued pull request hold. */
export async function judgeMergeGroup(looking: Looking, group: MergeGroupFacts): Promise<Judged | null> {
  const [first] = group.pullRequests;
  const resolution = await looking.policies.inForce(looking.asking, governedBy(first));
  if (resolution === null) return null;
  const { judgements: ruled, contribution } = await ruleJudgements(looking, group, resolution);
  const origins = originsOf(contribution, contribution.queued ?? []);
  const queued = await Promise.all(
    group.pullRequests.map(async (pullRequest, index) => {
      const facts = contribution.queued?.[index] ?? pullRequest.contribution;
      const decided = await decideQueued(looking, pullRequest, facts, resolution);
      return { ...decided, facts, origins: origins[index] ?? new Map<string, readonly string[]>() };
    }),
  );
  const seen = { proposed: null, misnamed: [], policyFiles: first.policyFiles };
  const judgements = [policyJudgement(resolution, seen, contribution), ...applyQueueOverrides(ruled, queued)];
  return {
    contribution,
    resolution,
    policyCommit: first.policyCommit,
    results: render(judgements, contextOf(contribution, resolution, 'merge-group')),
    decisions: null,
    comments: null,
    passing: queued.some(({ passing }) => passing),
  };
}

/** `owner/name`. */
export function nameOf({ repository }: Contribution): string | null {
  return repository === null ? null : `${repository.owner}/${repository.name}`;
}

function linksOf({ said: { comments, totalComments } }: PullRequestFacts): ReadonlySet<string> | null {
  return comments.length < totalComments ? null : new Set(comments.map(({ url }) => url));
}

/** What maintainers decided about a queued pull request, by what its own checks say of it. */
async function decideQueued(
  looking: Looking,
  facts: PullRequestFacts,
  contribution: Facts,
  { policy }: PolicyResolution,
): Promise<Overriding> {
  const judgements = policy === null ? [] : looking.judge({ ...contribution, queued: null }, policy);
  return decideOverrides(looking.asking, facts, contribution, judgements, policy);
}

/** What a pull request shows of policies beside the one that holds. */
interface PoliciesSeen {
  readonly proposed: PolicyResolution | null;
  readonly misnamed: readonly Misnamed[];
  readonly policyFiles: PolicyFiles | null;
}

function policyJudgement(
  resolution: PolicyResolution,
  { proposed, misnamed, policyFiles }: PoliciesSeen,
  contribution: Contribution,
): Judgement {
  const next = proposed === null ? null : { resolution: proposed };
  const here = nameOf(contribution);
  const owner = contribution.repository?.owner ?? '';
  const verdict = withRefused(policyVerdict(resolution, next, here), policyFiles, owner);
  return {
    name: policyCheckName(resolution),
    mode: 'enforce',
    verdict: withMisnamed(verdict, misnamed, proposed ?? resolution, here),
  };
}

/** What the rules say, and the contribution with every fact that they asked for. */
async function ruleJudgements(
  looking: Looking,
  { contribution, posted }: Pick<PullRequestFacts, 'contribution' | 'posted'>,
  resolution: PolicyResolution,
) {
  const { policy } = resolution;
  if (policy === null) {
    return { contribution, judgements: unjudgedVerdicts(resolution, nameOf(contribution), posted.runs) };
  }
  const complete = await gather(contribution, policy, (known, needs) => readNeeds(looking.asking, known, needs));
  await looking.record?.(complete, policy);
  return { contribution: complete, judgements: looking.judge(complete, policy) };
}

function render(judgements: readonly Judgement[], context: Context): readonly Result[] {
  return judgements.map((judgement) => ({ judgement, output: renderCheckRun(judgement, context) }));
}

function contextOf(contribution: Contribution, resolution: PolicyResolution, readIn: Context['readIn']): Context {
  const { policy } = resolution;
  const overriding =
    readIn === 'pull-request' && policy !== null
      ? { buttons: rulesWithButton(policy), overrides: policy.overrides }
      : {};
  return {
    commitUrl: commitUrl(contribution),
    policySources: sourcesOf(resolution),
    readIn,
    ...overriding,
  };
}

/** Nothing is judged by a policy that is broken. */
function sourcesOf(resolution: PolicyResolution): readonly PolicySource[] {
  const { sources = [], floor = null } = resolution.policy ?? {};
  return floor === null ? sources : [...sources, floor.source];
}

/** Where GitHub shows a commit: within the pull request, so that its reader stays there. */
function commitUrl({ pullRequest, queued }: Contribution): string | null {
  if (pullRequest !== null) return `${pullRequest.url}/commits/`;
  const url = queued?.[0]?.pullRequest?.url;
  return url === undefined ? null : url.replace(/\/pull\/\d+$/, '/commit/');
}
