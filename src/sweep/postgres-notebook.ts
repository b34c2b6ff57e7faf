// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type Sql, told } from '../storage/postgres.ts';
import { type Notebook, parseNotes } from './notes.ts';

const select = 'SELECT value::text AS value FROM countersign.note WHERE name = $1';
const replace = `
  INSERT INTO countersign.note (name, value) VALUES ($1, $2)
  ON CONFLICT (name) DO UPDATE SET value = excluded.value`;

/** In the database that all processes share, since any of them may be the next to sweep or to report. Throws StorageError. */
export function createPostgresNotebook(sql: Sql): Notebook {
  return {
    page: (kind) => ({
      read: async () => parseNotes(kind, (await told(() => sql.query(select, [kind.name])))[0]?.value),
      write: async (notes) => {
        await told(() => sql.query(replace, [kind.name, JSON.stringify(notes)]));
      },
    }),
  };
}
