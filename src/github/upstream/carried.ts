// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Commit, Facts } from '../../contribution/contribution.ts';
import { noUpstreamFacts } from '../../rules/upstream/case.ts';
import { readComparedCommits } from '../compared-commits.ts';
import { classify } from '../errors.ts';
import type { Fill } from '../needs.ts';
import type { Asking } from '../read-pull-request.ts';
import { isContained } from './contained.ts';
import { partsOf, readPlace } from './repository.ts';

/** So many commits are asked about at most; what comes from upstream is passed over as soon as one of it is found. */
const mostCommits = 100;

/**
 * The commits of a contribution that upstream's branch does not contain. Upstream and a fork share one object store on
 * GitHub, so that it can compare them. What is contained has ancestors that are contained, too, and they are not asked for.
 */
export async function readCarried(
  asking: Asking,
  part: Facts,
  { repository, branch }: { readonly repository: string; readonly branch: string | null },
): Promise<Fill> {
  const commits = await carriedCommits(asking, part, repository, branch);
  return ({ upstream = noUpstreamFacts }) => ({
    upstream: { ...upstream, carried: [...upstream.carried, { repository, branch, commits }] },
  });
}

async function carriedCommits(
  asking: Asking,
  part: Facts,
  repository: string,
  branch: string | null,
): Promise<string[] | null> {
  const parents = new Map(part.commits.map((commit) => [commit.sha, commit.parents]));
  const seen = new Set<string>();
  const carried: string[] = [];
  const waiting = [part.head.sha];
  try {
    const name = branch ?? (await readPlace(asking, repository)).defaultBranch;
    for (let sha = waiting.pop(); sha !== undefined; sha = waiting.pop()) {
      const above = parents.get(sha);
      if (above === undefined || seen.has(sha)) continue;
      if (seen.size >= mostCommits) return null;
      seen.add(sha);
      if (await isContained(asking, repository, name, sha)) continue;
      carried.push(sha);
      waiting.push(...above);
    }
    return carried;
  } catch (thrown) {
    if (classify(thrown, Date.now()).kind !== 'gone') throw thrown;
    return null;
  }
}

interface Branch {
  readonly repository: string;
  readonly branch: string | null;
}

/** A fork that carries more is not listed: nobody would read it. */
const mostOwn = 1000;

/**
 * The commits that a head has and upstream's branch has not, of the fork as a whole. They can be compared since upstream
 * and its forks share one object store; where GitHub cannot, nobody knows.
 */
export async function readForkCommits(asking: Asking, head: string, { repository, branch }: Branch): Promise<Fill> {
  return forkCommits({ repository, branch }, await ownCommits(asking, head, { repository, branch }));
}

/** A fork's own commits as facts; null: nobody knows them. */
export function forkCommits({ repository, branch }: Branch, found: Commit[] | null): Fill {
  const commits = found?.map(({ sha }) => sha) ?? null;
  return ({ upstream = noUpstreamFacts, totals }) => ({
    commits: found ?? [],
    totals: { ...totals, commits: found?.length ?? 0 },
    upstream: { ...upstream, carried: [...upstream.carried, { repository, branch, commits }] },
  });
}

async function ownCommits(asking: Asking, head: string, { repository, branch }: Branch) {
  const { owner, repo: name } = partsOf(repository);
  try {
    const base = branch ?? (await readPlace(asking, repository)).defaultBranch;
    const { commits, total } = await readComparedCommits(asking, { owner, name }, base, head, mostOwn);
    return commits.length === total ? commits : null;
  } catch (thrown) {
    if (classify(thrown, Date.now()).kind !== 'gone') throw thrown;
    return null;
  }
}
