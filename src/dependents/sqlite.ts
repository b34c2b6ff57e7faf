// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../storage/error.ts';
import { inTransaction } from '../storage/sqlite.ts';
import { branchesIn, branchKey, type Dependents, longestKept } from './dependents.ts';

/** In the database that holds the inbox too. */
export function createSqliteDependents(database: DatabaseSync): Dependents {
  const forget = database.prepare('DELETE FROM builds_on WHERE branch = ?');
  const forgetOld = database.prepare('DELETE FROM builds_on WHERE noted_at < ?');
  const insert = database.prepare('INSERT INTO builds_on VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const select = database.prepare('SELECT * FROM builds_on WHERE repository = ?');
  return {
    note: async (branch, foundations) => {
      const [key, now] = [branchKey(branch), Date.now()];
      const { installationId, owner, name, base } = branch;
      told(() =>
        inTransaction(database, () => {
          forget.run(key);
          forgetOld.run(now - longestKept);
          for (const { repository, ref, path } of foundations) {
            insert.run(key, installationId, owner, name, base, repository, ref, path, now);
          }
        }),
      );
    },
    on: async (pushed) =>
      branchesIn(
        told(() => select.all(pushed.repository.toLowerCase())),
        pushed,
      ),
  };
}

function told<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (thrown) {
    throw new StorageError(`the database cannot be used: ${(thrown as Error).message}`, { cause: thrown });
  }
}
