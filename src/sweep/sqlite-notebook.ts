// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { DatabaseSync } from 'node:sqlite';
import { type Notebook, parseNotes } from './notes.ts';

/** In the database that holds the inbox too. */
export function createSqliteNotebook(database: DatabaseSync): Notebook {
  const select = database.prepare('SELECT value FROM note WHERE name = ?');
  const replace = database.prepare('INSERT OR REPLACE INTO note (name, value) VALUES (?, ?)');
  return {
    page: (kind) => ({
      read: async () => parseNotes(kind, select.get(kind.name)?.value),
      write: async (notes) => {
        replace.run(kind.name, JSON.stringify(notes));
      },
    }),
  };
}
