// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { classify } from '../../github/errors.ts';
import { createExtendedReader } from '../../github/extended.ts';
import { readOwnedRepositories } from '../../github/owned-repositories.ts';
import { type Asking, type PullRequestFacts, readPullRequest } from '../../github/read-pull-request.ts';
import { readRecentPullRequests } from '../../github/recent-pull-requests.ts';
import { createPolicyResolver, type PolicyResolver } from '../../policy/cache.ts';
import type { PolicyFile, PolicyResolution } from '../../policy/policy.ts';
import { loadPresets } from '../../policy/presets.ts';
import { compare } from '../../preview/compare.ts';
import type { Pair } from '../../preview/differences.ts';
import type { Listed } from '../../preview/preview.ts';
import type { Simulated } from '../../preview/simulated.ts';
import { inert } from '../../report/inert.ts';
import { createPolicies, type Policies } from '../../worker/policies.ts';
import { UserError } from '../user-error.ts';
import type { Journal } from './journal.ts';
import { patiently, unanswered } from './patience.ts';
import { firstError, type Level, resolutionWith } from './policies.ts';
import type { Progress } from './progress.ts';

interface Repository {
  readonly owner: string;
  readonly name: string;
}

/** What is to be simulated. */
interface Simulation {
  /** `owner/name`, or an organisation's name. */
  readonly where: Repository | { readonly organisation: string };
  readonly next: PolicyFile;
  /** null: the policy in force. */
  readonly now: PolicyFile | null;
  /** Pull requests of each repository. */
  readonly last: number;
}

interface Means {
  readonly asking: Asking;
  readonly journal: Journal;
  readonly progress: Progress;
}

/** What came of it, and how many repositories of the organisation could not be looked at. */
export interface Seen {
  readonly results: readonly Simulated[];
  readonly leftOut: number;
}

/**
 * Judges the last pull requests of a repository, or of each one of an organisation, by two policies. A pull request that
 * cannot be read is among the results, with the reason. @throws UserError where there is no such place
 */
export async function simulateOnGitHub(simulation: Simulation, means: Means): Promise<Seen> {
  const policies = createPolicies(
    configuredResolver(),
    createExtendedReader(async () => null),
  );
  const results: Simulated[] = [];
  let leftOut = 0;
  for (const repository of await repositoriesOf(simulation, means)) {
    const recent = await list(simulation, means, repository);
    if (recent === null) leftOut += 1;
    means.progress.expect(recent?.length ?? 0);
    for (const listed of recent ?? []) {
      results.push(await seeOnce(simulation, means, policies, repository, listed));
      means.progress.seen();
    }
  }
  return { results, leftOut };
}

function configuredResolver(): PolicyResolver {
  try {
    return createPolicyResolver(loadPresets(), process.env.COUNTERSIGN_DEFAULT_POLICY || 'default');
  } catch (error) {
    throw new UserError(`COUNTERSIGN_DEFAULT_POLICY: ${(error as Error).message}`);
  }
}

async function repositoriesOf({ where }: Simulation, { asking, progress }: Means): Promise<readonly Repository[]> {
  if (!('organisation' in where)) return [where];
  const { organisation } = where;
  const read = () => readOwnedRepositories(asking.client, organisation);
  const found = await patiently(read, progress.tell).catch((thrown: unknown) => {
    throw unanswered(thrown, `the repositories of ${organisation}`);
  });
  if (found === null) throw new UserError(`--org ${organisation}: GitHub has no such account.`);
  return found;
}

/** null for a repository of an organisation whose pull requests the token does not see: the others are worth seeing. */
async function list(
  { where, last }: Simulation,
  { asking, progress }: Means,
  repository: Repository,
): Promise<readonly Listed[] | null> {
  const read = () => readRecentPullRequests(asking.client, repository, { base: null, most: last });
  try {
    return await patiently(read, progress.tell);
  } catch (thrown) {
    const unseen = unanswered(thrown, `the pull requests of ${nameOf(repository)}`);
    if (!('organisation' in where) || classify(thrown, Date.now()).kind !== 'gone') throw unseen;
    progress.tell(`${inert(unseen.message, 500)}. They are left out.`);
    return null;
  }
}

/** What could not be judged is tried again when the command goes on. */
async function seeOnce(
  simulation: Simulation,
  means: Means,
  policies: Policies,
  repository: Repository,
  listed: Listed,
): Promise<Simulated> {
  const known = means.journal.known(nameOf(repository), listed.number, listed.headSha);
  if (known !== undefined) return known;
  const fresh = await see(simulation, means, policies, repository, listed);
  if (fresh.unread === null) await means.journal.add(fresh);
  return fresh;
}

async function see(
  simulation: Simulation,
  { asking, progress }: Means,
  policies: Policies,
  repository: Repository,
  listed: Listed,
): Promise<Simulated> {
  const place = { repository: nameOf(repository), listed };
  try {
    return await patiently(async () => {
      const facts = await readPullRequest(asking, { ...repository, number: listed.number });
      const url = facts.contribution.pullRequest?.url ?? null;
      const pair = await pairFor(simulation, asking, policies, facts);
      if (typeof pair === 'string') return { ...place, url, differences: [], unread: pair };
      return { ...place, url, differences: await compare(asking, facts.contribution, pair), unread: null };
    }, progress.tell);
  } catch (thrown) {
    if (thrown instanceof UserError) throw thrown;
    return { ...place, url: null, differences: [], unread: classify(thrown, Date.now()).why };
  }
}

/** Both policies for one pull request, or why there are none to judge it by. */
async function pairFor(
  { where, now, next }: Simulation,
  asking: Asking,
  policies: Policies,
  facts: PullRequestFacts,
): Promise<Pair | string> {
  const level: Level = 'organisation' in where ? 'organisation' : 'repository';
  const before = await resolutionWith(policies, asking, facts, now && { file: now, level });
  const after = await resolutionWith(policies, asking, facts, { file: next, level });
  if (before?.policy == null) return `the policy ${now === null ? 'in force' : 'to compare with'} ${reason(before)}`;
  if (after?.policy == null) return `the new policy ${reason(after)}`;
  return { now: before.policy, next: after.policy };
}

function reason(resolution: PolicyResolution | null): string {
  return resolution === null ? 'does not hold here' : `cannot be used here: ${firstError(resolution)}`;
}

function nameOf({ owner, name }: Repository): string {
  return `${owner}/${name}`;
}
