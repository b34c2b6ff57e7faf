// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { inTransaction } from '../storage/sqlite.ts';
import type { DeadLetter } from './inbox.ts';
import type { Row } from './store.ts';
import { type Subject, storedSubject, unreadable } from './subject.ts';

const subject = z.string().transform((text) => storedSubject.parse(asJson(text)));

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

interface StoredRow extends Omit<Row, 'subject'> {
  readonly subject: Subject | null;
}

const entryRow = z
  .object({
    key: z.string(),
    subject,
    delivery: z.string().nullable(),
    updated_at: z.string().nullable(),
    urgency: z.enum(['person', 'sweep']),
    attempt: z.int(),
    put_at: z.int(),
    due_at: z.int(),
    running: z.int(),
    interruptions: z.int(),
  })
  .transform(
    ({ delivery, updated_at, urgency, put_at, due_at, running, ...rest }): StoredRow => ({
      ...rest,
      hint: { deliveryId: delivery, updatedAt: updated_at, urgency },
      putAt: put_at,
      dueAt: due_at,
      running: running !== 0,
    }),
  );

const deadLetterRow = z
  .object({
    key: z.string(),
    subject,
    delivery: z.string().nullable(),
    updated_at: z.string().nullable(),
    attempt: z.int(),
    why: z.string(),
    put_at: z.int(),
    died_at: z.int(),
  })
  .transform(
    ({ delivery, updated_at, put_at, died_at, ...rest }): DeadLetter => ({
      ...rest,
      deliveryId: delivery,
      updatedAt: updated_at,
      putAt: put_at,
      diedAt: died_at,
    }),
  );

/** Every entry, in the order in which they were put. Those that this version cannot read are given up. */
export function readEntries(database: DatabaseSync): readonly Row[] {
  const rows = database
    .prepare('SELECT * FROM entry ORDER BY put_at')
    .all()
    .map((row) => entryRow.parse(row));
  giveUp(
    database,
    rows.filter(({ subject }) => subject === null).map(({ key }) => key),
  );
  return rows.flatMap(({ subject, ...row }) => (subject === null ? [] : { ...row, subject }));
}

function giveUp(database: DatabaseSync, keys: readonly string[]): void {
  if (keys.length === 0) return;
  const bury = database.prepare(
    `INSERT OR REPLACE INTO dead_letter
     SELECT key, subject, delivery, updated_at, attempt, ?, put_at, ?, 0 FROM entry WHERE key = ?`,
  );
  const remove = database.prepare('DELETE FROM entry WHERE key = ?');
  inTransaction(database, () => {
    for (const key of keys) {
      bury.run(unreadable, Date.now(), key);
      remove.run(key);
    }
  });
}

/** Dead letters that `condition` (SQL) holds for, the newest first. */
export function readDeadLetters(database: DatabaseSync, condition = 'true', ...values: string[]): DeadLetter[] {
  return database
    .prepare(`SELECT * FROM dead_letter WHERE ${condition} ORDER BY died_at DESC`)
    .all(...values)
    .map((row) => deadLetterRow.parse(row));
}
