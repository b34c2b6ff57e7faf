// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import type { UpstreamAnswer } from '../../contribution/contribution.ts';
import { checked } from '../checked.ts';
import { classify } from '../errors.ts';
import type { Asking } from '../read-pull-request.ts';
import { isContained } from './contained.ts';
import { settled } from './memory.ts';
import { partsOf } from './repository.ts';

type Answer = Extract<UpstreamAnswer, { readonly ask: 'pull-request' }>;

const pullRequest = z.object({
  state: z.enum(['open', 'closed']),
  merged_at: z.string().nullable(),
  merge_commit_sha: z.string().nullable(),
  base: z.object({ ref: z.string() }),
});

/** "Get a pull request", and for a merged one the first release that has it. @throws Octokit's errors */
export async function readUpstreamPullRequest(
  asking: Asking,
  { repository, number }: { readonly repository: string; readonly number: number },
): Promise<Answer> {
  const key = `pull ${repository.toLowerCase()} ${number}`;
  const known = settled.get(asking, key);
  if (known !== undefined) return { ...(known as Answer), repository };
  const { data } = await asking.client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', {
    ...partsOf(repository),
    pull_number: number,
  });
  const found = checked(pullRequest, data, 'the request for an upstream pull request');
  const base = { ask: 'pull-request', repository, number, why: null, base: found.base.ref, release: null } as const;
  if (found.merged_at === null) {
    return { ...base, answer: found.state === 'open' ? 'open' : 'closed', mergeCommit: null };
  }
  const release = await firstRelease(asking, repository, found.merged_at, found.merge_commit_sha);
  const answer: Answer = { ...base, answer: 'merged', mergeCommit: found.merge_commit_sha, release };
  // Without a release, the next one may be the one.
  if (release !== null) settled.set(asking, key, answer);
  return answer;
}

const releases = z.array(
  z.object({ tag_name: z.string(), draft: z.boolean(), prerelease: z.boolean(), published_at: z.string().nullable() }),
);
const mostCompared = 3;

/** The oldest of the newest 100 releases that was published since, and that contains the commit; null: none is known. */
async function firstRelease(
  asking: Asking,
  repository: string,
  mergedAt: string,
  commit: string | null,
): Promise<string | null> {
  if (commit === null) return null;
  try {
    const { data } = await asking.client.request('GET /repos/{owner}/{repo}/releases', {
      ...partsOf(repository),
      per_page: 100,
    });
    const since = checked(releases, data, "the list of upstream's releases")
      .filter(({ draft, prerelease, published_at: at }) => !draft && !prerelease && at !== null && at >= mergedAt)
      .toSorted((one, other) => ((one.published_at ?? '') < (other.published_at ?? '') ? -1 : 1));
    for (const { tag_name: tag } of since.slice(0, mostCompared)) {
      if (await isContained(asking, repository, tag, commit)) return tag;
    }
  } catch (thrown) {
    // That it was merged is known; in which release is only good to know.
    if (classify(thrown, Date.now()).kind !== 'gone') throw thrown;
  }
  return null;
}
