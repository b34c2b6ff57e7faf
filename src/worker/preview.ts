// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { classify } from '../github/errors.ts';
import { type PullRequestFacts, type PullRequestRef, readPullRequest } from '../github/read-pull-request.ts';
import { readRecentPullRequests } from '../github/recent-pull-requests.ts';
import { compare } from '../preview/compare.ts';
import type { Pair } from '../preview/differences.ts';
import {
  type Compared,
  type Listed,
  mostPreviewed,
  type Preview,
  pairKey,
  pairOf,
  type Unread,
} from '../preview/preview.ts';
import { type Look, type Looking, lookAtPullRequest } from './look.ts';
import { repositoryKey } from './preview-shown.ts';
import { repositoryOf } from './proposed-policy.ts';

/** In so many milliseconds, and not now. */
export interface Later {
  readonly later: number;
}

/**
 * Judges the last pull requests by the policy in force and by the one that a pull request proposes, and posts what would
 * differ with the check of the policy. Only pull requests of the same repository are looked at, into the same branch:
 * whoever can read this one can read those, and the policy in force there is the one that would change.
 */
export async function lookWithPreview(looking: Looking, ref: PullRequestRef): Promise<Look | Later> {
  const facts = await readPullRequest(looking.asking, ref);
  if (facts.state !== 'OPEN') return { looked: false, why: `the pull request is ${facts.state.toLowerCase()}` };
  const { resolution, proposed } = await looking.policies.of(looking.asking, facts);
  const pair = pairOf(resolution, proposed);
  if (pair !== null) {
    const later = await makeOnce(looking, facts, pair);
    if (later > 0) return { later };
  }
  return lookAtPullRequest(looking, ref, null);
}

/** Returns how long to wait first, in milliseconds. */
async function makeOnce(looking: Looking, facts: PullRequestFacts, pair: Pair): Promise<number> {
  const { previews } = looking;
  const [repository, key] = [repositoryKey(facts), pairKey(pair)];
  if (previews.of(repository, key) !== undefined) return 0;
  const wait = previews.begin(repository);
  if (wait > 0) return wait;
  try {
    previews.keep(repository, key, { preview: await make(looking, facts, pair) });
  } catch (thrown) {
    if (!looking.last) throw thrown;
    previews.keep(repository, key, { failed: classify(thrown, Date.now()).why });
  } finally {
    previews.end(repository);
  }
  return 0;
}

/** One after the other: nobody waits for it, and others may wait for GitHub. */
async function make(looking: Looking, facts: PullRequestFacts, pair: Pair): Promise<Preview> {
  const { contribution } = facts;
  const own = contribution.pullRequest?.number;
  const wanted = { base: contribution.base.ref, most: mostPreviewed + 1 };
  const recent = await readRecentPullRequests(looking.asking.client, repositoryOf(facts), wanted);
  const compared: Compared[] = [];
  const unread: Unread[] = [];
  for (const listed of recent.filter(({ number }) => number !== own).slice(0, mostPreviewed)) {
    const one = await compareOnce(looking, facts, listed, pair);
    if ('why' in one) unread.push(one);
    else compared.push(one);
  }
  return { compared, unread };
}

async function compareOnce(
  { asking, previews, patient }: Looking,
  facts: PullRequestFacts,
  listed: Listed,
  pair: Pair,
): Promise<Compared | Unread> {
  const [repository, key] = [repositoryKey(facts), pairKey(pair)];
  const known = previews.compared(repository, key, listed);
  if (known !== undefined) return known;
  try {
    const { contribution } = await readPullRequest(asking, { ...repositoryOf(facts), number: listed.number });
    const fresh = { listed, differences: await compare(asking, contribution, pair) };
    previews.keepCompared(repository, key, fresh);
    return fresh;
  } catch (thrown) {
    const why = reasonToLeaveOut(thrown, patient);
    if (why === null) throw thrown;
    return { listed, why };
  }
}

/**
 * Why a pull request is left out of the preview; null where it is better to wait: a limit is in the way, or a fault that may
 * pass while it is early yet.
 */
function reasonToLeaveOut(thrown: unknown, patient: boolean): string | null {
  const failure = classify(thrown, Date.now());
  if (failure.kind !== 'retry') return failure.why;
  return failure.after !== null || patient ? null : failure.why;
}
