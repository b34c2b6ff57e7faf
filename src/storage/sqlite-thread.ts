// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { createWriter } from '../inbox/sqlite-write.ts';
import { createLedgerWriter } from '../ledger/sqlite.ts';
import { connect, inTransaction } from './sqlite.ts';
import type { Answer, Call, Task } from './sqlite-writer.ts';

/**
 * Runs in a thread of its own, see sqlite-writer.ts: does what it is told, in order. A commit waits for the disk, so that
 * all that has come in meanwhile is one.
 */
const port = parentPort as MessagePort;
const database = connect(workerData as string);
const write = createWriter(database);
const record = createLedgerWriter(database);

port.on('message', (first: Call) => port.postMessage(answers([first, ...waiting()])));

function* waiting(): Generator<Call, void> {
  for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) yield next.message;
}

/** Where one of several cannot be done, each is by itself, so that it alone fails. */
function answers(calls: readonly Call[]): Answer[] {
  let begun = false;
  try {
    return inTransaction(database, () => {
      begun = true;
      return calls.map(({ id, task }) => ({ id, result: perform(task), error: null }));
    });
  } catch (error) {
    if (begun && calls.length > 1) return calls.flatMap((call) => answers([call]));
    return calls.map(({ id }) => ({ id, result: 0, error: (error as Error).message }));
  }
}

function perform(task: Task): number {
  if ('account' in task) return record(task.account, new Date());
  write(task.changes, Date.now());
  return 0;
}
