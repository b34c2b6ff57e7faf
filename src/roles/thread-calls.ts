// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { inspect, types } from 'node:util';
import type { MessagePort, Worker } from 'node:worker_threads';
import type { Attempt, Entry, Hint, Subject } from '../inbox/inbox.ts';
import type { Account } from '../ledger/ledger.ts';
import type { WorkerOptions } from './worker.ts';

// What the thread of the role `worker` and the main thread ask of each other. Everything here is cloned on its way.

/** What the thread is started with. */
export type ThreadSettings = Pick<WorkerOptions, 'configuration' | 'credentials' | 'limits'>;

export interface InThread {
  /** Resolves once entries can be handed to it. Rejects with ConfigurationError, StorageError. */
  start(settings: ThreadSettings): Promise<void>;
  handle(entry: Entry): Promise<Attempt>;
  figures(): Promise<string>;
  /** Answers where the thread still takes turns. */
  ping(): Promise<void>;
  stop(): Promise<void>;
  close(): Promise<void>;
}

export interface InMain {
  put(subject: Subject, hint: Hint): Promise<void>;
  record(account: Account): Promise<number>;
}

/** An answer as birpc sends it, and the name of the error that it may hold. */
interface Message {
  readonly e?: unknown;
  readonly errorName?: string;
}

/** How one side reaches the other: its end of what joins two threads. */
export function channelOver(port: MessagePort | Worker) {
  return {
    post: (message: Message) => port.postMessage(message),
    on: (hear: (message: Message) => void) => void port.on('message', hear),
    // An error that is cloned loses its name, by which errors are told apart.
    serialize: (message: Message): Message =>
      message.e === undefined ? message : { ...message, e: bare(message.e), errorName: nameOf(message.e) },
    deserialize: ({ errorName, ...message }: Message): Message =>
      errorName === undefined ? message : { ...message, e: Object.assign(message.e as Error, { name: errorName }) },
    // A look takes as long as GitHub does; a side that is gone has the other one's calls fail.
    timeout: -1,
  };
}

/** Causes of causes that are told. */
const deepest = 8;

/** As much of what was thrown as can be cloned for certain: a cause may hold anything, such as the request that failed. */
function bare(thrown: unknown, depth = 0): unknown {
  if (!types.isNativeError(thrown)) return depth === 0 ? new Error(textOf(thrown)) : textOf(thrown);
  const copy = new Error(thrown.message);
  copy.stack = thrown.stack ?? '';
  if (thrown.cause !== undefined && depth < deepest) copy.cause = bare(thrown.cause, depth + 1);
  return copy;
}

function nameOf(thrown: unknown): string {
  const name = typeof thrown === 'object' && thrown !== null && 'name' in thrown ? thrown.name : null;
  return typeof name === 'string' ? name : 'Error';
}

/** Of whatever was thrown in place of an error, such as a DOMException. */
function textOf(thrown: unknown): string {
  const message = typeof thrown === 'object' && thrown !== null && 'message' in thrown ? thrown.message : thrown;
  return typeof message === 'string' ? message : inspect(message);
}
