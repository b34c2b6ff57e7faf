// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { PgBoss } from 'pg-boss';
import { within } from '../within.ts';
import type { Attempt, Entry, Handler } from './inbox.ts';
import { shareOf } from './line.ts';
import { queue } from './postgres-queue.ts';
import type { Job, Taken } from './postgres-take.ts';
import { unreadable } from './subject.ts';

/** How often an idle worker looks for what others have put, in milliseconds. */
const pollInterval = 100;
/** How often the database is told that what is being handled still is, in milliseconds. */
const heartbeatInterval = 4_000;
/** How long a database that does not answer is left alone, in milliseconds. */
const pauseAfterFailure = 500;
/** A request of what is handed back may still be on its way; milliseconds. */
const handBackWait = 5_000;

export interface Worker {
  /** Looks at once for what there is to do. */
  wake(): void;
  stop(deadline: number): Promise<void>;
}

/** How soon what this version cannot read is tried again, in milliseconds, and how often, before it is given up. */
const unreadWait = 60_000;
const mostUnread = 8;

/** While an update goes from process to process, a worker of the version that put it may be there. */
function unread({ attempt }: Taken): Attempt {
  return attempt < mostUnread ? { done: false, retryAfter: unreadWait } : { done: false, dead: true, why: unreadable };
}

interface WorkerParts {
  readonly boss: PgBoss;
  /** Takes at most so many entries out, none of the installations named. */
  readonly take: (most: number, busy: readonly string[]) => Promise<readonly Taken[]>;
  /** Stores what came of it. */
  readonly settle: (taken: Taken, attempt: Attempt) => Promise<void>;
  readonly handler: Handler;
  readonly concurrency: number;
  readonly onError: (error: unknown, entry: Entry) => void;
  /** The database did not answer; said once until it does again. */
  readonly onFailure: (error: Error) => void;
}

/** Hands entries out until it is stopped. */
export function startWorker(parts: WorkerParts): Worker {
  const { boss, take, settle, handler, concurrency } = parts;
  const running = new Set<Taken>();
  /** Takes entries out; null: does not at the moment. */
  let pumping: Promise<void> | null = null;
  let stopping: (() => void) | null = null;
  /** By a clock that nobody sets. */
  let pausedUntil = 0;

  function pump(): void {
    if (pumping !== null || performance.now() < pausedUntil) return;
    pumping = fillAll().then(() => {
      pumping = null;
    });
  }

  async function fillAll(): Promise<void> {
    try {
      while (stopping === null && (await fill()));
      pausedUntil = 0;
    } catch (error) {
      fail(error as Error);
    }
  }

  /** Whether there was anything to take out. */
  async function fill(): Promise<boolean> {
    const { places, busy } = room();
    const taken = places > 0 ? await take(places, busy) : [];
    if (stopping === null) for (const each of taken) void run(each);
    else await handBack(taken, 0);
    return taken.length > 0;
  }

  /** No installation may hold more than its share of the places, so that no more are taken than one of them may have. */
  function room(): { readonly places: number; readonly busy: readonly string[] } {
    const share = shareOf(concurrency);
    const held = new Map<string, number>();
    for (const { job } of running) held.set(job.group, (held.get(job.group) ?? 0) + 1);
    const busy = [...held].filter(([, count]) => count >= share).map(([group]) => group);
    const most = Math.max(0, ...[...held.values()].filter((count) => count < share));
    return { places: Math.min(concurrency - running.size, share - most), busy };
  }

  async function run(taken: Taken): Promise<void> {
    running.add(taken);
    const attempt = taken.entry === null ? unread(taken) : await attemptOf(taken.entry);
    await store(taken, attempt);
    running.delete(taken);
    if (running.size === 0) stopping?.();
    pump();
  }

  async function attemptOf(entry: Entry): Promise<Attempt> {
    try {
      return await handler(entry);
    } catch (error) {
      parts.onError(error, entry);
      return { done: false, dead: true, why: String(error) };
    }
  }

  /** For as long as it takes: until it is stored, nobody else may look at the same. */
  async function store(taken: Taken, attempt: Attempt): Promise<void> {
    while (running.has(taken)) {
      try {
        return await settle(taken, attempt);
      } catch (error) {
        fail(error as Error);
        await new Promise((resolve) => setTimeout(resolve, pauseAfterFailure));
      }
    }
  }

  function fail(error: Error): void {
    if (pausedUntil === 0) parts.onFailure(error);
    pausedUntil = performance.now() + pauseAfterFailure;
  }

  async function beat(): Promise<void> {
    const jobs: Job[] = [...running].map(({ job }) => job);
    if (jobs.length > 0) await boss.touch(queue, jobs).catch(fail);
  }

  /** To any worker, in so many milliseconds. */
  async function handBack(taken: readonly Taken[], retryAfter: number): Promise<void> {
    await Promise.allSettled(taken.map((each) => settle(each, { done: false, retryAfter, counts: false })));
  }

  /** Whether what runs has ended in so many milliseconds. */
  function ended(deadline: number): Promise<boolean> {
    return new Promise((resolve) => {
      const late = setTimeout(() => resolve(false), deadline);
      stopping = () => {
        clearTimeout(late);
        resolve(true);
      };
      if (running.size === 0) stopping();
    });
  }

  const poll = setInterval(pump, pollInterval);
  // Not one after the other: the next one may get through where this one still waits.
  const heartbeat = setInterval(() => void beat(), heartbeatInterval);
  pump();

  return {
    wake: pump,
    stop: async (deadline) => {
      clearInterval(poll);
      // What is being taken out at this moment is handed back.
      const taking = within(deadline, pumping ?? Promise.resolve());
      const late = (await ended(deadline)) ? [] : [...running];
      running.clear();
      await handBack(late, handBackWait);
      await taking;
      clearInterval(heartbeat);
      if (late.length > 0)
        throw new Error(`${late.length} entries still ran after ${deadline} ms, and were handed back`);
    },
  };
}
