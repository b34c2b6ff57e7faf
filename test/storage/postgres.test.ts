// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { connectPostgres, type Database } from '../../src/storage/postgres.ts';
import { createTestDatabase, type TestDatabase } from '../helpers/postgres.ts';

let shared: TestDatabase;
const connected: Database[] = [];

beforeAll(async () => {
  shared = await createTestDatabase();
});
afterEach(async () => {
  for (const database of connected.splice(0)) await database.close();
});
afterAll(() => shared.drop());

function connect(patience?: number): Database {
  const database = connectPostgres(shared.url ?? '', patience);
  connected.push(database);
  return database;
}

/** As a machine does that lost its power or its network: the server hears nothing more of it. */
async function freezeInTransaction(database: Database) {
  const { promise: holds, resolve } = Promise.withResolvers<void>();
  const frozen = database.transaction(async (sql) => {
    await sql.query('SELECT pg_advisory_xact_lock(1)');
    resolve();
    await sleep(2_000);
    await sql.query('SELECT 1');
  });
  const ended = frozen.then(
    () => 'committed',
    () => 'given up',
  );
  await holds;
  return { ended };
}

test('What a process holds that is not heard of any more is there for others soon', async () => {
  if (shared.url === null) return;
  const { ended } = await freezeInTransaction(connect(400));
  const since = performance.now();
  await connect().transaction((sql) => sql.query('SELECT pg_advisory_xact_lock(1)'));
  expect(performance.now() - since).toBeLessThan(1_500);
  expect(await ended).toBe('given up');
});

test('The server asks after a process that it has not heard of', async () => {
  if (shared.url === null) return;
  const [row] = await connect().query("SELECT current_setting('tcp_keepalives_idle')::integer AS seconds");
  expect(Number(row?.seconds)).toBeLessThanOrEqual(60);
});

test('A connection that can only read any more is not used again', async () => {
  if (shared.url === null) return;
  const name = new URL(shared.url).pathname.slice(1);
  const admin = connect();
  await admin.query('CREATE TABLE put (at timestamptz NOT NULL DEFAULT now())');
  await admin.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
  const database = connect();
  const put = () => database.transaction((sql) => sql.query('INSERT INTO put DEFAULT VALUES'));
  await expect(put()).rejects.toThrow('read-only transaction');
  await admin.query(`ALTER DATABASE ${name} RESET default_transaction_read_only`);
  await put();
  expect(await database.query('SELECT * FROM put')).toHaveLength(1);
});
