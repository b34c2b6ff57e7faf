// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createPostgresInbox } from '../../src/inbox/postgres.ts';
import type { OwnInbox } from '../../src/inbox/scheduler.ts';
import { type Database, migrate } from '../../src/storage/postgres.ts';
import { createTestDatabase, type TestDatabase } from '../helpers/postgres.ts';
import { describeInbox } from './contract.ts';

let test: TestDatabase;
let database: Database;
const opened: OwnInbox[] = [];

describeInbox('The inbox in PostgreSQL', {
  prepare: async () => {
    test = await createTestDatabase();
    database = test.connect();
    await migrate(database);
  },
  open: async () => {
    const errors: unknown[] = [];
    const inbox = await createPostgresInbox(database, {
      onError: (error) => errors.push(error),
      onFailure: (error) => errors.push(error),
    });
    opened.push(inbox);
    return { inbox, errors };
  },
  close: async () => {
    for (const inbox of opened.splice(0)) {
      await inbox.stop(0).catch(() => {});
      await inbox.close();
    }
    await database.query('TRUNCATE countersign.entry, countersign.dead_letter, countersign.delivery');
    await database.query('DELETE FROM countersign_jobs.job');
  },
  cleanUp: async () => {
    await database.close();
    await test.drop();
  },
});
