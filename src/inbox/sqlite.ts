// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { DatabaseSync } from 'node:sqlite';
import { type DeadLetters, isReadable } from './inbox.ts';
import { createScheduler, type OwnInbox, type SchedulerEvents } from './scheduler.ts';
import { readDeadLetters, readEntries } from './sqlite-rows.ts';
import type { Changes, Store } from './store.ts';

/**
 * An inbox in a SQLite database that no other App uses. What an earlier process left in it, what it was handling
 * included, is handed out again. `write` makes changes durable.
 */
export function createSqliteInbox(
  database: DatabaseSync,
  write: (changes: Changes) => Promise<void>,
  events: SchedulerEvents,
): OwnInbox {
  const known = database.prepare('SELECT 1 FROM delivery WHERE id = ?');
  const count = database.prepare('SELECT count(*) AS count FROM dead_letter');
  const store: Store = {
    write,
    isKnown: (deliveryId) => known.get(deliveryId) !== undefined,
    deadLetter: (key) => readDeadLetters(database, 'key = ?', key)[0] ?? null,
    deadLetterCount: () => Number(count.get()?.count),
    revived: () => readDeadLetters(database, 'asked').filter(isReadable),
    deadLetters: createSqliteDeadLetters(database),
  };
  return createScheduler(store, readEntries(database), events);
}

/**
 * The dead letters alone, also for a process that does not run the inbox: the one that does takes up within a second what
 * is to be tried again.
 */
export function createSqliteDeadLetters(database: DatabaseSync): DeadLetters {
  const ask = database.prepare('UPDATE dead_letter SET asked = 1 WHERE key = ?');
  const drop = database.prepare('DELETE FROM dead_letter WHERE key = ?');
  const each = (statement: typeof ask, keys: readonly string[]) =>
    keys.reduce((changed, key) => changed + Number(statement.run(key).changes), 0);
  return {
    list: async () => readDeadLetters(database),
    retry: async (keys) => each(ask, keys),
    drop: async (keys) => each(drop, keys),
  };
}
