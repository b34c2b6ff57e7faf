// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import { checked } from '../checked.ts';
import type { Asking } from '../read-pull-request.ts';
import { settled } from './memory.ts';
import { partsOf } from './repository.ts';

const comparison = z.object({ status: z.enum(['ahead', 'behind', 'diverged', 'identical']) });

/**
 * Whether a branch contains a commit, by "Compare two commits": a commit that can be read through a repository may be
 * a fork's, since they share their objects. Its `behind` means that all of the commit's history is the branch's.
 * Throws Octokit's 404 where there is no such commit, branch or repository.
 */
export async function isContained(
  asking: Asking,
  repository: string,
  branch: string,
  commit: string,
): Promise<boolean> {
  const key = `contained ${repository.toLowerCase()} ${branch} ${commit}`;
  // No branch gives up a commit, but by force; whoever rewrites upstream's history has other worries.
  if (settled.get(asking, key) === true) return true;
  const { data } = await asking.client.request('GET /repos/{owner}/{repo}/compare/{basehead}', {
    ...partsOf(repository),
    basehead: `${branch}...${commit}`,
    // Only the first page tells what files differ, which may be megabytes.
    per_page: 1,
    page: 2,
  });
  const { status } = checked(comparison, data, 'the comparison of a commit with an upstream branch');
  const isThere = status === 'behind' || status === 'identical';
  if (isThere) settled.set(asking, key, true);
  return isThere;
}
