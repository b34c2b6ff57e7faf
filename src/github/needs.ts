// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { z } from 'zod';
import type { Contribution, Membership } from '../contribution/contribution.ts';
import type { Need } from '../rules/rule.ts';
import { checked } from './checked.ts';
import type { Client } from './client.ts';
import { classify } from './errors.ts';

/** The most files that GitHub lists for one commit ("Get a commit"). */
const mostFilesOfCommit = 3000;
const filesPerPage = 100;

const commitFiles = z.array(z.object({ filename: z.string(), previous_filename: z.string().optional() }));

/** Answers what rules asked for beside the one query: a request for each login and for each commit. */
export async function readNeeds(
  client: Client,
  contribution: Contribution,
  needs: readonly Need[],
): Promise<Contribution> {
  const { repository } = contribution;
  if (needs.length === 0 || repository === null) return contribution;
  const memberships: Record<string, Membership> = { ...contribution.memberships };
  const paths = new Map<string, readonly string[] | null>();
  await Promise.all(
    needs.map(async (need) => {
      if (need.fact === 'membership')
        memberships[need.login] = await readMembership(client, repository.owner, need.login);
      else paths.set(need.sha, await readCommitPaths(client, repository, need.sha));
    }),
  );
  return withFacts(contribution, memberships, paths);
}

/** The same contribution, and every one queued in it, with these facts filled in. */
export function withFacts(
  contribution: Contribution,
  memberships: Contribution['memberships'],
  paths: ReadonlyMap<string, readonly string[] | null>,
): Contribution {
  const fill = <Part extends Omit<Contribution, 'queued'>>(part: Part): Part => ({
    ...part,
    memberships,
    commits: part.commits.map((commit) => {
      const read = paths.get(commit.sha);
      return read === undefined ? commit : { ...commit, paths: read === null ? null : [...read] };
    }),
  });
  return { ...fill(contribution), queued: contribution.queued?.map(fill) ?? null };
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

/**
 * Every path that a commit touches, old names included; null where GitHub may have left some out. The pages are
 * followed by hand, since Octokit's iterator takes a 409 for an empty page.
 */
async function readCommitPaths(
  client: Client,
  repository: { readonly owner: string; readonly name: string },
  ref: string,
): Promise<readonly string[] | null> {
  const paths: string[] = [];
  for (let page = 1; page <= mostFilesOfCommit / filesPerPage; page += 1) {
    const { data } = await client.request('GET /repos/{owner}/{repo}/commits/{ref}', {
      owner: repository.owner,
      repo: repository.name,
      ref,
      per_page: filesPerPage,
      page,
    });
    const files = checked(commitFiles, data.files, 'the files of a commit');
    for (const file of files) paths.push(file.filename, ...(file.previous_filename ? [file.previous_filename] : []));
    if (files.length < filesPerPage) return paths;
  }
  return null;
}
