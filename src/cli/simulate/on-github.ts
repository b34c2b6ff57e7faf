// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { classify } from '../../github/errors.ts';
import { createExtendedReader } from '../../github/extended.ts';
import { readOwnedRepositories } from '../../github/owned-repositories.ts';
import { type Asking, type PullRequestFacts, readPullRequest } from '../../github/read-pull-request.ts';
import { readRecentPullRequests } from '../../github/recent-pull-requests.ts';
import { createPolicyResolver } from '../../policy/cache.ts';
import type { PolicyFile, PolicyResolution } from '../../policy/policy.ts';
import { loadPresets } from '../../policy/presets.ts';
import { compare } from '../../preview/compare.ts';
import type { Pair } from '../../preview/differences.ts';
import type { Listed } from '../../preview/preview.ts';
import type { Simulated } from '../../preview/simulated.ts';
import { createPolicies, type Policies } from '../../worker/policies.ts';
import { UserError } from '../user-error.ts';
import type { Journal } from './journal.ts';
import { patiently } from './patience.ts';
import { firstError, type Level, resolutionWith } from './policies.ts';
import type { Progress } from './progress.ts';

interface Repository {
  readonly owner: string;
  readonly name: string;
}

/** What is to be simulated. */
export interface Simulation {
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

/**
 * Judges the last pull requests of a repository, or of each one of an organisation, by two policies. A pull request that
 * cannot be read is among the results, with the reason. @throws UserError where there is no such place
 */
export async function simulateOnGitHub(simulation: Simulation, means: Means): Promise<readonly Simulated[]> {
  const { asking, progress, journal } = means;
  const policies = createPolicies(
    createPolicyResolver(loadPresets(), process.env.COUNTERSIGN_DEFAULT_POLICY || 'default'),
    createExtendedReader(async () => null),
  );
  const results: Simulated[] = [];
  for (const repository of await repositoriesOf(simulation, means)) {
    const wanted = { base: null, most: simulation.last };
    const recent = await patiently(() => list(asking, repository, wanted), progress.tell);
    progress.expect(recent.length);
    for (const listed of recent) {
      const known = journal.known(nameOf(repository), listed.number, listed.headSha);
      const one = known ?? (await see(simulation, means, policies, repository, listed));
      if (known === undefined) await journal.add(one);
      results.push(one);
      progress.seen();
    }
  }
  return results;
}

async function repositoriesOf({ where }: Simulation, { asking, progress }: Means): Promise<readonly Repository[]> {
  if (!('organisation' in where)) return [where];
  const { organisation } = where;
  const found = await patiently(() => readOwnedRepositories(asking.client, organisation), progress.tell);
  if (found === null) throw new UserError(`--org ${organisation}: GitHub has no such account.`);
  return found;
}

async function list(asking: Asking, repository: Repository, wanted: { base: null; most: number }) {
  try {
    return await readRecentPullRequests(asking.client, repository, wanted);
  } catch (thrown) {
    const { kind, why } = classify(thrown, Date.now());
    if (kind === 'gone') throw new UserError(`GitHub does not show the pull requests of ${nameOf(repository)}: ${why}`);
    throw thrown;
  }
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
