// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { parentPort, workerData } from 'node:worker_threads';
import { createWriter } from '../inbox/sqlite-write.ts';
import { recordIn } from '../ledger/sqlite.ts';
import { connect } from './sqlite.ts';
import type { Answer, Call, Task } from './sqlite-writer.ts';

/** Runs in a thread of its own, see sqlite-writer.ts: does what it is told, in order. */
const database = connect(workerData as string);
const write = createWriter(database);

parentPort?.on('message', ({ id, task }: Call) => parentPort?.postMessage(answer(id, task)));

function answer(id: number, task: Task): Answer {
  try {
    return { id, result: perform(task), error: null };
  } catch (error) {
    return { id, result: 0, error: (error as Error).message };
  }
}

function perform(task: Task): number {
  if ('account' in task) return recordIn(database, task.account, new Date());
  write(task.changes, Date.now());
  return 0;
}
