// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import {
  type Attempt,
  type Entry,
  type Handler,
  type Hint,
  type Inbox,
  installationOf,
  type Subject,
  subjectKey,
} from './inbox.ts';
import { createLine } from './line.ts';

interface Stored {
  readonly subject: Subject;
  hint: Hint;
  attempt: number;
  state: 'ready' | 'running' | 'waiting';
  /** Put again while it was running: to be looked at once more. */
  again: boolean;
  timer: NodeJS.Timeout | null;
}

/** A timer set to more milliseconds than this goes off at once. */
const longestTimer = 2 ** 31 - 1;

/**
 * An inbox in this process's memory. What it holds is lost when the process ends, whatever was answered to the webhook:
 * until a durable inbox takes its place, a lost pull request is looked at again with its next event, `/recheck` or
 * "Re-run".
 */
export function createMemoryInbox(onError: (error: unknown, entry: Entry) => void): Inbox {
  const entries = new Map<string, Stored>();
  const line = createLine();
  let work: { readonly handler: Handler; readonly concurrency: number } | null = null;
  let running = 0;
  let stopping: (() => void) | null = null;

  function enqueue(key: string, stored: Stored): void {
    stored.state = 'ready';
    line.add(installationOf(stored.subject), key);
    pump();
  }

  function pump(): void {
    while (work !== null && stopping === null && running < work.concurrency) {
      const key = line.take(work.concurrency);
      if (key === undefined) return;
      const stored = entries.get(key);
      if (stored !== undefined) void run(key, stored, work.handler);
    }
  }

  async function run(key: string, stored: Stored, handler: Handler): Promise<void> {
    running += 1;
    stored.state = 'running';
    stored.again = false;
    const entry = { ...stored.hint, subject: stored.subject, attempt: stored.attempt };
    const attempt = await attemptOf(handler, entry);
    running -= 1;
    line.leave(installationOf(stored.subject));
    settle(key, stored, attempt);
    if (stopping !== null && running === 0) stopping();
    pump();
  }

  async function attemptOf(handler: Handler, entry: Entry): Promise<Attempt> {
    try {
      return await handler(entry);
    } catch (error) {
      // A handler says itself what is worth another try; one that throws is broken, and its entry must not block others.
      onError(error, entry);
      return { done: true };
    }
  }

  function settle(key: string, stored: Stored, attempt: Attempt): void {
    if (stored.again) {
      stored.attempt = 1;
      enqueue(key, stored);
    } else if (attempt.done) {
      entries.delete(key);
    } else {
      if (attempt.counts !== false) stored.attempt += 1;
      stored.state = 'waiting';
      stored.timer = setTimeout(() => enqueue(key, stored), Math.min(attempt.retryAfter, longestTimer));
      // What waits to be tried again does not keep a process alive that has nothing else to do.
      stored.timer.unref();
    }
  }

  /** What was heard is new, so that the failures before it say nothing about it. */
  function hear(key: string, stored: Stored): void {
    if (stored.state === 'running') stored.again = true;
    if (stored.state !== 'waiting') return;
    clearTimeout(stored.timer ?? undefined);
    stored.attempt = 1;
    enqueue(key, stored);
  }

  return {
    put: async (subject, hint) => {
      const key = subjectKey(subject);
      const stored = entries.get(key);
      if (stored === undefined) {
        const fresh: Stored = { subject, hint, attempt: 1, state: 'ready', again: false, timer: null };
        entries.set(key, fresh);
        enqueue(key, fresh);
        return;
      }
      stored.hint = newer(stored.hint, hint);
      hear(key, stored);
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
    depth: () => entries.size,
  };
}

/** The newest of both; ISO 8601 in UTC sorts as text. */
function newer(before: Hint, now: Hint): Hint {
  const times = [before.updatedAt, now.updatedAt].filter((time) => time !== null).sort();
  return { deliveryId: now.deliveryId ?? before.deliveryId, updatedAt: times.at(-1) ?? null };
}
