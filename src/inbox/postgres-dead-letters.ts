// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import { type Sql, told } from '../storage/postgres.ts';
import { type DeadLetter, type DeadLetters, isReadable } from './inbox.ts';
import { type Subject, storedSubject } from './subject.ts';

const deadLetterRow = z
  .object({
    key: z.string(),
    subject: storedSubject,
    delivery: z.string().nullable(),
    updated_at: z.string().nullable(),
    attempt: z.int(),
    why: z.string(),
    put_at: z.date(),
    died_at: z.date(),
  })
  .transform(
    ({ delivery, updated_at, put_at, died_at, ...rest }): DeadLetter => ({
      ...rest,
      deliveryId: delivery,
      updatedAt: updated_at,
      putAt: put_at.getTime(),
      diedAt: died_at.getTime(),
    }),
  );

/** The dead letters alone; the workers take up within a second what is to be tried again. Throws StorageError. */
export function createPostgresDeadLetters(sql: Sql): DeadLetters {
  const changed = async (text: string, keys: readonly string[]) => (await told(() => sql.query(text, [keys]))).length;
  return {
    list: async () => {
      const rows = await told(() => sql.query('SELECT * FROM countersign.dead_letter ORDER BY died_at DESC'));
      return rows.map((row) => deadLetterRow.parse(row));
    },
    retry: (keys) => changed('UPDATE countersign.dead_letter SET asked = true WHERE key = ANY($1) RETURNING key', keys),
    drop: (keys) => changed('DELETE FROM countersign.dead_letter WHERE key = ANY($1) RETURNING key', keys),
  };
}

/** What somebody wants to have tried again, as far as this version can. */
export async function readAsked(sql: Sql): Promise<readonly (DeadLetter & { readonly subject: Subject })[]> {
  const rows = await sql.query('SELECT * FROM countersign.dead_letter WHERE asked');
  return rows.map((row) => deadLetterRow.parse(row)).filter(isReadable);
}
