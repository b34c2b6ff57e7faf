// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Account, PullRequest } from './model.ts';
import { branchTip } from './pull-requests.ts';
import { mergeBranch } from './pushes.ts';
import type { World } from './world.ts';

/** Merges a pull request with a merge commit, as the button on its page does. */
export async function mergePullRequest(world: World, pullRequest: PullRequest, by: Account): Promise<void> {
  const { repository, baseRef, headSha, number } = pullRequest;
  const before = branchTip(repository, baseRef);
  const sha = await mergeBranch(repository, baseRef, headSha, { message: `Merge pull request #${number}\n` });
  await announceMerge(world, pullRequest, { before, sha, by });
}

/** Closes a pull request whose base branch has just moved from `before` to what it became. */
export async function announceMerge(
  world: World,
  pullRequest: PullRequest,
  { before, sha, by }: { readonly before: string; readonly sha: string; readonly by: Account },
): Promise<void> {
  const { repository, baseRef } = pullRequest;
  const now = world.now();
  Object.assign(pullRequest, { state: 'MERGED', closedAt: now, updatedAt: now, merged: { at: now, by, sha } });
  await world.emit({ event: 'pull_request', action: 'closed', pullRequest, sender: by });
  await world.emit({ event: 'push', repository, ref: `refs/heads/${baseRef}`, before, after: sha, sender: by });
}
