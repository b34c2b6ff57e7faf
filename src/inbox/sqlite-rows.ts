// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { DeadLetter } from './inbox.ts';
import type { Row } from './store.ts';
import { type Subject, subjectSchema } from './subject.ts';

const subject = z.string().transform((text): Subject => subjectSchema.parse(JSON.parse(text)));

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
    ({ delivery, updated_at, urgency, put_at, due_at, running, ...rest }): Row => ({
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

/** Every entry, in the order in which they were put. */
export function readEntries(database: DatabaseSync): readonly Row[] {
  return database
    .prepare('SELECT * FROM entry ORDER BY put_at')
    .all()
    .map((row) => entryRow.parse(row));
}

/** Dead letters that `condition` (SQL) holds for, the newest first. */
export function readDeadLetters(database: DatabaseSync, condition = 'true', ...values: string[]): DeadLetter[] {
  return database
    .prepare(`SELECT * FROM dead_letter WHERE ${condition} ORDER BY died_at DESC`)
    .all(...values)
    .map((row) => deadLetterRow.parse(row));
}
