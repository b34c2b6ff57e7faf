// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { parentPort, workerData } from 'node:worker_threads';
import { createWriter } from '../inbox/sqlite-write.ts';
import { connect } from './sqlite.ts';
import type { Answer, Call } from './sqlite-writer.ts';

/** Runs in a thread of its own, see sqlite-writer.ts: does what it is told, in order. */
const database = connect(workerData as string);
const write = createWriter(database);

parentPort?.on('message', ({ id, changes }: Call) => {
  parentPort?.postMessage({ id, error: errorOf(() => write(changes, Date.now())) } satisfies Answer);
});

function errorOf(work: () => void): string | null {
  try {
    work();
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
