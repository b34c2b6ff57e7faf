// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { expect, test } from '@jest/globals';
import { createPostgresLeases } from '../../src/lease/postgres.ts';
import { type Database, migrate } from '../../src/storage/postgres.ts';
import { createTestDatabase, type TestDatabase } from '../helpers/postgres.ts';
import { describeLeases } from './contract.ts';

let shared: TestDatabase;
let databases: readonly [Database, Database];

async function open() {
  shared = await createTestDatabase();
  databases = [shared.connect(), shared.connect()];
  // Two processes that start at once.
  await Promise.all(databases.map(migrate));
  return [createPostgresLeases(databases[0]), createPostgresLeases(databases[1])] as const;
}

async function close(): Promise<void> {
  for (const database of databases) await database.close();
  await shared.drop();
}

describeLeases('Leases in PostgreSQL', { open, close });

test('A lease that was taken by a clock an hour ahead is there for others', async () => {
  const [one, other] = await open();
  expect(await one.hold('taken', 30_000)).not.toBeNull();
  expect(await other.hold('taken', 30_000)).toBeNull();
  await databases[0].query("UPDATE countersign.lease SET until = until + interval '1 hour' WHERE name = 'taken'");
  // Nobody knows since when: whatever was read before may be older than what was done under it.
  expect(await other.hold('taken', 30_000)).toMatchObject({ idle: 0 });
  await close();
});
