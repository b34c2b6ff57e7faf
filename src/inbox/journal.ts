// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { StorageError } from '../storage/error.ts';
import type { Changes, Store, Stored } from './store.ts';

/** Writes behind the scheduler's back: what has changed since the last write goes into the next one, in one step. */
export interface Journal {
  /** What the key stands for from now on. */
  note(key: string, stored: Stored): void;
  /** Resolves once everything noted so far, and the delivery, is durable; rejects where that failed. */
  settle(deliveryId: string | null): Promise<void>;
  /** Whether the delivery is stored or about to be. */
  isKnown(deliveryId: string): boolean;
  /** Why nothing can be stored at present; null where it can as far as is known. */
  broken(): StorageError | null;
  /** Resolves once nothing is left to write, or rejects where that fails. */
  close(): Promise<void>;
}

/** How long after a write that failed the next one waits, in milliseconds; what asks for one meanwhile is refused. */
const pauseAfterFailure = 1_000;

/**
 * GitHub waits ten seconds for the answer to a webhook; milliseconds. A disk that does not answer, as one over a network
 * may, says nothing of it: whoever reads the log has to be told, and a load balancer that no webhooks can be taken.
 */
const usualPatience = 8_000;

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: StorageError) => void;
}

/**
 * A durable write costs about the same for one entry as for a hundred, since what it waits for is the disk. While one
 * is under way, what comes in is gathered for the next. Only the newest of a key is written. What could not be written
 * stays noted and is tried again: whoever was told of a failure may see it stored later, which only means another look.
 */
export function createJournal(
  store: Pick<Store, 'write' | 'isKnown'>,
  onFailure: (error: StorageError) => void,
  patience = usualPatience,
): Journal {
  let keys = new Map<string, Stored>();
  let deliveries = new Set<string>();
  let waiting: Waiting[] = [];
  /** Being written. */
  let written: { readonly deliveries: ReadonlySet<string>; readonly end: Promise<void> } | null = null;
  let failed: { readonly error: StorageError; readonly until: number } | null = null;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  function pump(): void {
    const idle = keys.size === 0 && deliveries.size === 0 && waiting.length === 0;
    if (written !== null || timer !== null || idle || closed) return;
    const changes = { keys, deliveries: [...deliveries] };
    written = { deliveries, end: write(changes, waiting) };
    keys = new Map();
    deliveries = new Set();
    waiting = [];
  }

  /** Tells whoever waits, and whoever asks for something `until` then, by a clock that nobody sets. */
  function refuse(why: string, until: number, waiters: readonly Waiting[], cause?: unknown): void {
    const error = new StorageError(`the inbox cannot store anything: ${why}`, { cause });
    if (failed === null) onFailure(error);
    failed = { error, until };
    for (const { reject } of [...waiters, ...waiting]) reject(error);
    waiting = [];
    deliveries = new Set();
  }

  async function write(changes: Changes, waiters: readonly Waiting[]): Promise<void> {
    const late = setTimeout(() => {
      const why = `the disk has not answered for ${patience / 1000} seconds`;
      refuse(why, Number.POSITIVE_INFINITY, waiters);
    }, patience);
    try {
      // In the next turn of the event loop, so that what arrived together is written together.
      await new Promise((resolve) => setImmediate(resolve));
      if (changes.keys.size > 0 || changes.deliveries.length > 0) await store.write(changes);
      failed = null;
      for (const { resolve } of waiters) resolve();
    } catch (thrown) {
      refuse((thrown as Error).message, performance.now() + pauseAfterFailure, waiters, thrown);
      keys = new Map([...changes.keys, ...keys]);
      timer = setTimeout(() => {
        timer = null;
        pump();
      }, pauseAfterFailure);
    } finally {
      clearTimeout(late);
    }
    written = null;
    pump();
  }

  return {
    note: (key, stored) => {
      keys.set(key, stored);
      pump();
    },
    settle: (deliveryId) =>
      new Promise((resolve, reject) => {
        if (deliveryId !== null) deliveries.add(deliveryId);
        waiting.push({ resolve, reject });
        pump();
      }),
    isKnown: (deliveryId) =>
      deliveries.has(deliveryId) || written?.deliveries.has(deliveryId) === true || store.isKnown(deliveryId),
    broken: () => (failed !== null && failed.until > performance.now() ? failed.error : null),
    close: async () => {
      clearTimeout(timer ?? undefined);
      timer = null;
      pump();
      while (written !== null) await written.end;
      closed = true;
      clearTimeout(timer ?? undefined);
      if (failed !== null) throw failed.error;
    },
  };
}
