// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type MessagePort, parentPort } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import { channelOver, type InMain, type InThread } from '../../src/roles/thread-calls.ts';
import { StorageError } from '../../src/storage/error.ts';

/** What the main thread opens by notifying it. */
export interface Locked {
  readonly lock: Int32Array;
}

/** A thread of the role `worker` that does what an entry's delivery says, for in-thread.test.ts. */
const main = createBirpc<InMain, InThread>(
  {
    start: async ({ configuration }) => {
      if (configuration.defaultPolicy === 'missing')
        throw Object.assign(new Error('no'), { name: 'ConfigurationError' });
    },
    handle: async ({ deliveryId, subject, ...rest }) => {
      switch (deliveryId) {
        case 'end':
          return process.exit(1);
        case 'block':
          Atomics.wait((rest as unknown as Locked).lock, 0, 0);
          return { done: true };
        case 'put':
          await main.put(subject, { deliveryId: null, updatedAt: null });
          return { done: true };
        case 'record':
          await main.record({ statements: [], all: { topics: 'a', links: new Set(['b']) } });
          return { done: true };
        case 'cause':
          throw new StorageError('disk full', { cause: new Error('no space', { cause: { request: () => {} } }) });
        case 'no error':
          throw new DOMException('given up', 'AbortError');
        default:
          throw new StorageError(String(deliveryId));
      }
    },
    figures: async () => 'figures',
    ping: async () => {},
    stop: async () => {},
    close: async () => {},
  },
  channelOver(parentPort as MessagePort),
);
