// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { StorageError } from '../storage/error.ts';
import type { Attempt, Entry, Handler, Hint, Inbox } from './inbox.ts';
import { createJournal } from './journal.ts';
import { createLine } from './line.ts';
import { isNews, newerHint, sweepsLeaveAlone } from './news.ts';
import { restored } from './restore.ts';
import type { Row, Store } from './store.ts';
import { installationOf, type Subject, subjectKey } from './subject.ts';
import { deadLetterOf, handedOut, rowOf, type Waiting } from './waiting.ts';

/** An inbox that one process has to itself, and has to close. */
export interface OwnInbox extends Inbox {
  /** Resolves once everything is stored, or rejects where that fails. What is put afterwards is refused. */
  close(): Promise<void>;
}

export interface SchedulerEvents {
  /** The handler threw, which it should not. */
  readonly onError: (error: unknown, entry: Entry) => void;
  /** Nothing can be stored any more; said once until it can again. */
  readonly onFailure: (error: Error) => void;
}

/** A timer set to more milliseconds than this goes off at once. */
const longestTimer = 2 ** 31 - 1;
/** How often dead letters are asked whether somebody wants them tried again, in milliseconds. */
const revivalInterval = 1_000;

/**
 * The inbox of one process: order, places and tries are kept in memory, and every change goes to the store, from where
 * `rows` came at the start. An entry may be handed out before it is durable: if it is lost then, nobody was told that it
 * was stored.
 */
export function createScheduler(store: Store, rows: readonly Row[], events: SchedulerEvents): OwnInbox {
  const entries = new Map<string, Waiting>();
  const line = createLine();
  const journal = createJournal(store, events.onFailure);
  let work: { readonly handler: Handler; readonly concurrency: number } | null = null;
  let running = 0;
  let stopping: (() => void) | null = null;
  let closed = false;

  function enqueue(entry: Waiting): void {
    entry.state = 'ready';
    line.add(installationOf(entry.subject), entry.key, entry.hint.urgency ?? 'person');
    pump();
  }

  function pump(): void {
    while (work !== null && stopping === null && running < work.concurrency) {
      const key = line.take(work.concurrency);
      if (key === undefined) return;
      const entry = entries.get(key);
      if (entry !== undefined) void run(entry, work.handler);
    }
  }

  async function run(entry: Waiting, handler: Handler): Promise<void> {
    running += 1;
    entry.state = 'running';
    entry.again = false;
    note(entry);
    const attempt = await attemptOf(handler, handedOut(entry));
    running -= 1;
    line.leave(installationOf(entry.subject));
    settle(entry, attempt);
    if (stopping !== null && running === 0) stopping();
    pump();
  }

  async function attemptOf(handler: Handler, entry: Entry): Promise<Attempt> {
    try {
      return await handler(entry);
    } catch (error) {
      // A handler says itself what is worth another try; one that throws is broken, and its entry must not block others.
      events.onError(error, entry);
      return { done: false, dead: true, why: String(error) };
    }
  }

  function settle(entry: Waiting, attempt: Attempt): void {
    entry.interruptions = 0;
    if (entry.again) {
      entry.attempt = 1;
      enqueue(entry);
      note(entry);
    } else if (attempt.done) {
      entries.delete(entry.key);
      journal.note(entry.key, null);
    } else if ('dead' in attempt) {
      bury(entry, attempt.why);
    } else {
      if (attempt.counts !== false) entry.attempt += 1;
      wait(entry, Date.now() + attempt.retryAfter);
      note(entry);
    }
  }

  function bury(entry: Waiting, why: string): void {
    entries.delete(entry.key);
    journal.note(entry.key, { deadLetter: deadLetterOf(entry, why, Date.now()) });
  }

  function wait(entry: Waiting, dueAt: number): void {
    entry.state = 'waiting';
    entry.dueAt = Math.ceil(dueAt);
    // The time may be over by now.
    const left = Math.max(dueAt - Date.now(), 0);
    entry.timer = setTimeout(() => enqueue(entry), Math.min(left, longestTimer));
    // What waits to be tried again does not keep a process alive that has nothing else to do.
    entry.timer.unref();
  }

  function note(entry: Waiting): void {
    journal.note(entry.key, { row: rowOf(entry) });
  }

  function add(key: string, subject: Subject, hint: Hint, attempt = 1): void {
    const now = Date.now();
    const times = { putAt: now, dueAt: now, interruptions: 0 };
    const entry: Waiting = { key, subject, hint, attempt, ...times, state: 'ready', again: false, timer: null };
    entries.set(key, entry);
    enqueue(entry);
    note(entry);
  }

  function take(subject: Subject, hint: Hint): void {
    const key = subjectKey(subject);
    const entry = entries.get(key);
    if (entry !== undefined) {
      hear(entry, hint);
      return;
    }
    const died = isNews(hint) ? null : store.deadLetter(key);
    if (died !== null && died.diedAt + sweepsLeaveAlone > Date.now()) return;
    add(key, subject, hint, died?.attempt);
  }

  /** What was heard is new, so that the failures before it say nothing about it. */
  function hear(entry: Waiting, hint: Hint): void {
    const before = entry.hint;
    entry.hint = newerHint(before, hint);
    const news = isNews(hint);
    if (entry.state === 'running' && news && !entry.again) {
      entry.again = true;
      entry.putAt = Date.now();
    }
    if (entry.state === 'waiting' && news) {
      clearTimeout(entry.timer ?? undefined);
      entry.attempt = 1;
      entry.interruptions = 0;
      entry.dueAt = Date.now();
      enqueue(entry);
    } else if (entry.state === 'ready' && entry.hint.urgency !== before.urgency) {
      line.remove(installationOf(entry.subject), entry.key);
      enqueue(entry);
    }
    note(entry);
  }

  /** What was given up, and somebody wants to have tried again. A disk that fails may be back the next time. */
  function tryRevive(): void {
    try {
      revive();
    } catch (error) {
      events.onFailure(error as Error);
    }
  }

  function revive(): void {
    for (const { key, subject, deliveryId, updatedAt } of store.revived()) {
      if (!entries.has(key)) add(key, subject, { deliveryId, updatedAt });
    }
  }

  function assertOpen(): void {
    if (closed) throw new StorageError('the inbox is closed');
    const broken = journal.broken();
    if (broken !== null) throw broken;
  }

  function restore(row: Row): void {
    const now = Date.now();
    const stored = restored(row, now);
    if ('deadLetter' in stored) {
      journal.note(row.key, stored);
      return;
    }
    const entry: Waiting = { ...stored.row, state: 'ready', again: false, timer: null };
    entries.set(row.key, entry);
    if (entry.dueAt > now) wait(entry, entry.dueAt);
    else enqueue(entry);
    if (row.running) note(entry);
  }

  /** Whether the subject waits to be tried again, or was given up. */
  function hasFailed(subject: Subject): boolean {
    const key = subjectKey(subject);
    return entries.get(key)?.state === 'waiting' || store.deadLetter(key) !== null;
  }

  for (const row of rows) restore(row);
  const revival = setInterval(tryRevive, revivalInterval);
  revival.unref();
  revive();

  return {
    put: async (subject, hint) => {
      assertOpen();
      take(subject, hint);
      await journal.settle(null);
    },
    receive: async (subjects, hint) => {
      assertOpen();
      const known = journal.isKnown(hint.deliveryId);
      const wanted = known ? subjects.filter(hasFailed) : subjects;
      for (const subject of wanted) take(subject, hint);
      await journal.settle(hint.deliveryId);
      return wanted.length;
    },
    work: (handler, concurrency) => {
      work = { handler, concurrency };
      pump();
    },
    stop: (deadline) =>
      new Promise((resolve, reject) => {
        for (const { timer } of entries.values()) clearTimeout(timer ?? undefined);
        const late = setTimeout(() => reject(new Error(`${running} entries still ran after ${deadline} ms`)), deadline);
        stopping = () => {
          clearTimeout(late);
          resolve();
        };
        if (running === 0) stopping();
      }),
    writable: async () => !closed && journal.broken() === null,
    stats: async () => {
      const oldest = [...entries.values()].reduce(
        (least, { putAt }) => Math.min(least, putAt),
        Number.POSITIVE_INFINITY,
      );
      const oldestAgeMs = entries.size === 0 ? 0 : Math.max(0, Date.now() - oldest);
      return { depth: entries.size, oldestAgeMs, deadLetters: store.deadLetterCount() };
    },
    deadLetters: {
      ...store.deadLetters,
      retry: async (keys) => {
        const count = await store.deadLetters.retry(keys);
        revive();
        return count;
      },
    },
    close: async () => {
      closed = true;
      clearInterval(revival);
      await journal.close();
    },
  };
}
