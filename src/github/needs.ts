// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Contribution, Facts, Membership } from '../contribution/contribution.ts';
import type { ContributionNeed, Need } from '../rules/rule.ts';
import { readActions } from './actions.ts';
import { readAllFiles, readFormerPaths, readMergeBase } from './changed-files.ts';
import type { Client } from './client.ts';
import { readCommitFiles } from './commit-files.ts';
import { readContents } from './contents.ts';
import { readDependencies } from './dependencies.ts';
import { classify } from './errors.ts';
import { readMergePaths } from './merge-paths.ts';
import type { Asking } from './read-pull-request.ts';
import { readSubmodule } from './submodule.ts';
import { readCarried, readForkCommits } from './upstream/carried.ts';
import { readDescription } from './upstream/description.ts';
import { readLineDate } from './upstream/line-date.ts';
import { readUpstream } from './upstream/upstream.ts';

/** Puts facts that were read into a contribution, or into one that is queued in it. */
export type Fill = (part: Facts) => Partial<Facts>;

type Repository = NonNullable<Contribution['repository']>;

/** Answers what rules asked for beside the one query. */
export async function readNeeds(
  asking: Asking,
  contribution: Contribution,
  needs: readonly Need[],
): Promise<Contribution> {
  const { repository } = contribution;
  if (repository === null || needs.length === 0) return contribution;
  const fills = await Promise.all(needs.map((need) => answer(asking, repository, contribution, need)));
  return filled(contribution, fills);
}

/** The same contribution, and every one queued in it, with these facts filled in, one after the other. */
export function filled(contribution: Contribution, fills: readonly Fill[]): Contribution {
  const { queued, ...own } = contribution;
  const fillAll = (part: Facts) => {
    const known = { ...part };
    for (const fill of fills) Object.assign(known, fill(known));
    return known;
  };
  return { ...fillAll(own), queued: queued?.map(fillAll) ?? null };
}

async function answer(asking: Asking, repository: Repository, contribution: Contribution, need: Need): Promise<Fill> {
  if (need.fact === 'membership') {
    const membership = await readMembership(asking.client, repository.owner, need.login);
    return ({ memberships }) => ({ memberships: { ...memberships, [need.login]: membership } });
  }
  if (need.fact === 'commit-paths') {
    const files = await readCommitFiles(asking.client, { owner: repository.owner, repo: repository.name }, need.sha);
    const paths = files?.flatMap(({ filename, previous_filename: old }) => [filename, ...(old ? [old] : [])]) ?? null;
    return ({ commits }) => ({
      commits: commits.map((commit) => (commit.sha === need.sha ? { ...commit, paths } : commit)),
    });
  }
  if (need.fact === 'merge-paths') {
    const { sha } = need;
    const mergePaths = await readMergePaths(asking.client, { owner: repository.owner, repo: repository.name }, need);
    return ({ commits }) => ({
      commits: commits.map((commit) => (commit.sha === sha ? { ...commit, mergePaths } : commit)),
    });
  }
  const part = [...(contribution.queued ?? []), contribution].find(({ head }) => head.sha === need.head);
  if (part === undefined) return () => ({});
  const fill = await answerPart(asking, repository, part, need);
  return (one) => (one.head.sha === need.head ? fill(one) : {});
}

async function answerPart(asking: Asking, repository: Repository, part: Facts, need: ContributionNeed): Promise<Fill> {
  switch (need.fact) {
    case 'files':
      return readAllFiles(asking, repository, part);
    case 'former-paths':
      return readFormerPaths(asking, repository, part);
    case 'merge-base':
      return readMergeBase(asking, repository, part);
    case 'contents': {
      const found = await readContents(asking, repository, need.lookups);
      return ({ contents }) => ({ contents: [...contents, ...found] });
    }
    case 'dependencies':
      return readDependencies(asking, repository, need);
    case 'submodule': {
      const found = await readSubmodule(asking, repository, need);
      return ({ submodules }) => ({ submodules: [...submodules, found] });
    }
    case 'actions': {
      const found = await readActions(asking, repository, need.actions);
      return ({ actions }) => ({ actions: [...actions, ...found] });
    }
    case 'description':
      return readDescription(asking, repository, part);
    case 'carried':
      return readCarried(asking, part, need);
    case 'fork-commits':
      return readForkCommits(asking, need.head, need);
    case 'line-date':
      return readLineDate(asking, repository, need);
    case 'upstream':
      return readUpstream(asking, need.question);
  }
}

/**
 * "Check organization membership for a user": 204 for a member, 404 for none, 302 where the App may not ask. Whatever
 * else happens is thrown on, so that a passing fault is tried again instead of being taken for an answer.
 */
async function readMembership(client: Client, org: string, username: string): Promise<Membership> {
  try {
    const { status } = await client.request('GET /orgs/{org}/members/{username}', {
      org,
      username,
      request: { redirect: 'manual' },
    });
    return (status as number) === 204 ? 'member' : 'unknown';
  } catch (thrown) {
    const { status } = thrown as { status?: number };
    if (status === 404) return 'none';
    if (status === 302 || (status === 403 && classify(thrown, Date.now()).kind === 'gone')) return 'unknown';
    throw thrown;
  }
}
