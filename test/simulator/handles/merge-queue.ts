// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { account } from '../state/accounts.ts';
import { createMergeQueue, enqueue, leaveQueue } from '../state/merge-queue.ts';
import type { CheckRun, MergeMethod, MergeQueue, MergeQueueEntry, Repository } from '../state/model.ts';
import { newestRuns, satisfies } from '../state/rollup.ts';
import type { World } from '../state/world.ts';
import type { PullRequestHandle } from './pull-request.ts';

/** A branch's merge queue to act on. */
export interface MergeQueueHandle {
  readonly state: MergeQueue;
  /** Adds a pull request; its merge group is built and its checks are asked for. */
  enqueue(pullRequest: PullRequestHandle, by?: string): Promise<MergeQueueEntry>;
  dequeue(entry: MergeQueueEntry): Promise<void>;
  /** Merges the first entry where its required checks are satisfied; says whether it did. */
  mergeFirst(): Promise<boolean>;
  /** The newest run of that name on a merge group's head. */
  check(entry: MergeQueueEntry, name: string): CheckRun | undefined;
}

export function enableMergeQueue(
  world: World,
  repository: Repository,
  branch: string,
  method: MergeMethod,
): MergeQueueHandle {
  const state = repository.mergeQueues.get(branch) ?? createMergeQueue(world, repository, branch, method);
  const check = (entry: MergeQueueEntry, name: string) =>
    newestRuns(repository, entry.headSha).find((run) => run.name === name);
  return {
    state,
    enqueue: (one, by) => enqueue(world, state, one.state, by ? account(world, by) : repository.owner),
    dequeue: (entry) => leaveQueue(world, entry, 'dequeued'),
    async mergeFirst() {
      const [first] = state.entries;
      const required = repository.requiredChecks.get(branch) ?? [];
      const satisfied = (name: string) => {
        const run = first && check(first, name);
        return run !== undefined && satisfies(run);
      };
      if (!first || !required.every(satisfied)) return false;
      await leaveQueue(world, first, 'merged');
      return true;
    },
    check,
  };
}
