// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Happening } from '../state/events.ts';
import type { Payload } from './payloads.ts';

/** The `merge_group` event: the commit that the queue built, and what it is to be merged into. */
export async function mergeGroup(happening: Extract<Happening, { event: 'merge_group' }>): Promise<Payload> {
  const { action, entry, reason } = happening;
  const { repository, branch } = entry.queue;
  const commit = await repository.git.commit(entry.headSha);
  if (!commit) throw new Error(`No commit ${entry.headSha} at the head of the merge group`);
  const { author, committer } = commit;
  return {
    action,
    ...(reason ? { reason } : {}),
    merge_group: {
      head_sha: entry.headSha,
      head_ref: entry.headRef,
      base_sha: entry.baseSha,
      base_ref: `refs/heads/${branch}`,
      head_commit: {
        id: commit.sha,
        tree_id: commit.tree,
        message: commit.message,
        timestamp: committer.date,
        author: { name: author.name, email: author.email },
        committer: { name: committer.name, email: committer.email },
      },
    },
  };
}
