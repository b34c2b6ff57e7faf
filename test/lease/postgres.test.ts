// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createPostgresLeases } from '../../src/lease/postgres.ts';
import { type Database, migrate } from '../../src/storage/postgres.ts';
import { createTestDatabase, type TestDatabase } from '../helpers/postgres.ts';
import { describeLeases } from './contract.ts';

let shared: TestDatabase;
let databases: readonly [Database, Database];

describeLeases('Leases in PostgreSQL', {
  open: async () => {
    shared = await createTestDatabase();
    databases = [shared.connect(), shared.connect()];
    // Two processes that start at once.
    await Promise.all(databases.map(migrate));
    return [createPostgresLeases(databases[0]), createPostgresLeases(databases[1])];
  },
  close: async () => {
    for (const database of databases) await database.close();
    await shared.drop();
  },
});
