// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { MergeQueueHandle } from '../simulator/handles/merge-queue.ts';
import type { MergeQueueEntry } from '../simulator/state/model.ts';
import { expectedDco, wrongChecks, wrongGroups } from './right.ts';
import type { Watched } from './watched.ts';

/** A merge group, and what DCO has to say of it. */
export interface Group {
  readonly entry: MergeQueueEntry;
  readonly of: Watched;
  readonly conclusion: 'SUCCESS' | 'ACTION_REQUIRED';
  /** null while it is in the queue. */
  left: 'merged' | 'dequeued' | null;
}

/** A repository's merge queue, which goes on as GitHub's does. */
export interface Queue {
  enqueue(one: Watched): Promise<void>;
  /** Merges the first one where its checks let it in; else takes it out, and with it those that build upon it. */
  goOn(): Promise<void>;
}

/** `groups` gets every group there ever is, and `mistakes` a line for each merge that should not have been. */
export function startQueue(queue: MergeQueueHandle, groups: Group[], mistakes: string[]): Queue {
  const own = new Map<MergeQueueEntry, Group>();

  async function enqueue(one: Watched): Promise<void> {
    // Nobody says or pushes anything from now on, so that this holds until it leaves the queue.
    one.queued = true;
    const entry = await queue.enqueue(one.pullRequest, 'mia');
    const group: Group = { entry, of: one, conclusion: expectedDco(one), left: null };
    own.set(entry, group);
    groups.push(group);
  }

  async function goOn(): Promise<void> {
    const group = own.get(queue.state.entries[0] as MergeQueueEntry);
    // GitHub waits for the checks, and would not have let it into the queue without those of its own.
    if (group === undefined || !['DCO', 'Policy'].every((name) => queue.check(group.entry, name)?.conclusion)) return;
    if (wrongChecks([group.of]).length > 0) return;
    const { number } = group.of.pullRequest;
    if (await queue.mergeFirst()) {
      group.left = 'merged';
      if (group.conclusion !== 'SUCCESS') mistakes.push(`#${number} was merged, and should not have been`);
      return;
    }
    // What is wrong only for a moment is not what is waited for here.
    if (wrongGroups([group]).length === 0) await empty();
  }

  async function empty(): Promise<void> {
    for (const entry of queue.state.entries.toReversed()) {
      await queue.dequeue(entry);
      const out = own.get(entry);
      if (out === undefined) continue;
      out.left = 'dequeued';
      out.of.queued = false;
    }
  }

  return { enqueue, goOn };
}
