// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type Database, told } from '../storage/postgres.ts';
import { branchesIn, branchKey, type Dependents, longestKept } from './dependents.ts';

const forget = `DELETE FROM countersign.builds_on
  WHERE branch = $1 OR noted_at < now() - $2 * interval '1 millisecond'`;
const insert = `
  INSERT INTO countersign.builds_on (branch, installation, owner, name, base, repository, ref, path)
  SELECT $1, $2, $3, $4, $5, file.repository, file.ref, file.path
  FROM unnest($6::text[], $7::text[], $8::text[]) AS file (repository, ref, path)
  ON CONFLICT (branch, repository, ref, path) DO UPDATE SET installation = excluded.installation, noted_at = now()`;
const select = 'SELECT * FROM countersign.builds_on WHERE repository = $1';

/** In the database that all processes share: any of them may be the one to hear of the push. */
export function createPostgresDependents(database: Database): Dependents {
  return {
    note: async (branch, foundations) => {
      const key = branchKey(branch);
      const { installationId, owner, name, base } = branch;
      const columns = (['repository', 'ref', 'path'] as const).map((column) => foundations.map((one) => one[column]));
      await told(() =>
        database.transaction(async (sql) => {
          await sql.query(forget, [key, longestKept]);
          await sql.query(insert, [key, installationId, owner, name, base, ...columns]);
        }),
      );
    },
    on: async (pushed) =>
      branchesIn(await told(() => database.query(select, [pushed.repository.toLowerCase()])), pushed),
  };
}
