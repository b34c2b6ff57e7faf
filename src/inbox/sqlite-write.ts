// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { DatabaseSync } from 'node:sqlite';
import type { DeadLetter } from './inbox.ts';
import { deliveryLifetime } from './news.ts';
import type { Changes, Row } from './store.ts';

/** Forgotten at a time: more than come in, and few enough not to be felt. */
const mostForgotten = 1_000;

/** Makes the writer of a connection: changes, in the caller's transaction. `now` in milliseconds since 1970. */
export function createWriter(database: DatabaseSync): (changes: Changes, now: number) => void {
  const saveEntry = database.prepare('INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const removeEntry = database.prepare('DELETE FROM entry WHERE key = ?');
  const saveDeadLetter = database.prepare('INSERT INTO dead_letter VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)');
  const removeDeadLetter = database.prepare('DELETE FROM dead_letter WHERE key = ?');
  const remember = database.prepare('INSERT OR REPLACE INTO delivery VALUES (?, ?)');
  const forget = database.prepare(
    'DELETE FROM delivery WHERE id IN (SELECT id FROM delivery WHERE stored_at < ? LIMIT ?)',
  );

  function save({ key, subject, hint, attempt, putAt, dueAt, running, interruptions }: Row): void {
    const { deliveryId, updatedAt, urgency = 'person' } = hint;
    const times = [putAt, dueAt, running ? 1 : 0, interruptions];
    saveEntry.run(key, JSON.stringify(subject), deliveryId, updatedAt, urgency, attempt, ...times);
  }

  function bury({ key, subject, deliveryId, updatedAt, attempt, why, putAt, diedAt }: DeadLetter): void {
    saveDeadLetter.run(key, JSON.stringify(subject), deliveryId, updatedAt, attempt, why, putAt, diedAt);
  }

  return ({ keys, deliveries }, now) => {
    for (const [key, stored] of keys) {
      removeDeadLetter.run(key);
      if (stored !== null && 'row' in stored) {
        save(stored.row);
        continue;
      }
      removeEntry.run(key);
      if (stored !== null) bury(stored.deadLetter);
    }
    for (const delivery of deliveries) remember.run(delivery, now);
    forget.run(now - deliveryLifetime, mostForgotten);
  };
}
