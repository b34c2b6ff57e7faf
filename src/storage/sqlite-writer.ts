// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { Worker } from 'node:worker_threads';
import type { Changes } from '../inbox/store.ts';
import type { Account } from '../ledger/ledger.ts';
import { threadProgram } from '../shipped.ts';
import { StorageError } from './error.ts';

/** Done as a whole or not at all: what has changed in the inbox, or what the ledger is told. */
export type Task = { readonly changes: Changes } | { readonly account: Account };

export interface Call {
  readonly id: number;
  readonly task: Task;
}

export interface Answer {
  readonly id: number;
  /** Lines that the ledger has taken. */
  readonly result: number;
  /** What went wrong; null where it is on the disk. */
  readonly error: string | null;
}

/** What writes to the database, in a thread of its own. Both reject with a StorageError where nothing was stored. */
export interface SqliteWriter {
  write(changes: Changes): Promise<void>;
  record(account: Account): Promise<number>;
  close(): Promise<void>;
}

const threadFile = threadProgram('storage/sqlite-thread');

/**
 * A commit waits for the disk, for tens of milliseconds where others use it too, and `node:sqlite` has the whole thread
 * wait: this one is to answer webhooks meanwhile.
 */
export function createSqliteWriter(path: string): SqliteWriter {
  const waiting = new Map<number, { resolve: (result: number) => void; reject: (error: StorageError) => void }>();
  let calls = 0;
  let closed = false;
  let thread: Worker | null = start();

  function start(): Worker {
    const worker = new Worker(threadFile, { workerData: path });
    worker.unref();
    worker.on('message', (answers: readonly Answer[]) => {
      answers.forEach(settle);
      if (waiting.size === 0) worker.unref();
    });
    worker.on('error', (error) => abandon(worker, error.message));
    worker.on('exit', () => abandon(worker, 'the thread that writes has ended'));
    return worker;
  }

  function settle({ id, result, error }: Answer): void {
    const call = waiting.get(id);
    waiting.delete(id);
    if (error === null) call?.resolve(result);
    else call?.reject(new StorageError(error));
  }

  /** Whether what was under way is on the disk is not known: nobody is told that it is. The next call starts anew. */
  function abandon(worker: Worker, why: string): void {
    // After an error comes an end, when another thread may be at work already.
    if (thread !== worker) return;
    thread = null;
    const left = [...waiting.values()];
    waiting.clear();
    for (const { reject } of left) reject(new StorageError(why));
  }

  function call(task: Task): Promise<number> {
    return new Promise((resolve, reject) => {
      if (closed) throw new StorageError('the database is closed');
      thread ??= start();
      calls += 1;
      waiting.set(calls, { resolve, reject });
      // Only what is under way keeps the process alive.
      thread.ref();
      thread.postMessage({ id: calls, task } satisfies Call);
    });
  }

  return {
    write: async (changes) => {
      await call({ changes });
    },
    record: (account) => call({ account }),
    close: async () => {
      closed = true;
      await thread?.terminate();
    },
  };
}
