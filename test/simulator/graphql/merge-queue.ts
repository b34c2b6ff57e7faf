// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { reads } from '../access.ts';
import type { MergeQueue, MergeQueueEntry } from '../state/model.ts';
import { fullName } from '../state/world.ts';
import { iso } from '../time.ts';
import { page, pageArguments } from './connection.ts';
import { define } from './define.ts';
import { commitNode } from './git-objects.ts';

export const mergeQueue = define<MergeQueue>(
  {
    id: (one) => one.nodeId,
    repository: (one) => one.repository,
    url: (one, _, { world }) => `${world.origin}/${fullName(one.repository)}/queue/${one.branch}`,
    configuration: (one) => one,
    entries: {
      args: pageArguments,
      need: reads('merge_queues'),
      resolve: (one, args) => page('entries', one.entries, args),
    },
  },
  (one) => one.repository,
);

export const mergeQueueConfiguration = define<MergeQueue>({ mergeMethod: (one) => one.method });

export const mergeQueueEntry = define<MergeQueueEntry>(
  {
    id: (one) => one.nodeId,
    position: (one) => one.queue.entries.indexOf(one) + 1,
    state: (one) => one.state,
    headCommit: (one) => commitNode(one.queue.repository, one.headSha),
    baseCommit: (one) => commitNode(one.queue.repository, one.baseSha),
    pullRequest: (one) => one.pullRequest,
    enqueuer: (one) => one.enqueuer,
    enqueuedAt: (one) => iso(one.enqueuedAt),
    mergeQueue: (one) => one.queue,
  },
  (one) => one.queue.repository,
);
