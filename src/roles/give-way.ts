// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { readdirSync, readFileSync } from 'node:fs';
import { setPriority } from 'node:os';

// GitHub waits ten seconds for the answer to a webhook, and people for minutes: where there are fewer processors than
// threads, answers come first. On Linux, and there alone, niceness is each thread's own (setpriority(2)).

/** A tenth of a processor that somebody else wants, too. */
const niceness = 10;
const tasks = '/proc/self/task';

/** Has the calling thread come after others. */
export function giveWay(): void {
  beNice(0);
}

/** Has V8's own threads, which clear up and compile for all others, come after them. */
export function haveHelpersGiveWay(): void {
  for (const id of threadsOf('V8Worker')) beNice(id);
}

/** Where the system forbids it, or does without, all threads are alike. */
function beNice(thread: number): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(thread, niceness);
  } catch {}
}

/** Ids of this process's threads of that name; none where the system does not tell. */
function threadsOf(name: string): readonly number[] {
  try {
    return readdirSync(tasks)
      .filter((id) => readFileSync(`${tasks}/${id}/comm`, 'utf8').trim() === name)
      .map(Number);
  } catch {
    return [];
  }
}
