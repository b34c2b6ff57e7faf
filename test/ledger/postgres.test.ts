// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createPostgresLedger } from '../../src/ledger/postgres.ts';
import { type Database, migrate } from '../../src/storage/postgres.ts';
import { createTestDatabase, type TestDatabase } from '../helpers/postgres.ts';
import { ledgerContract, linesOf, say } from './contract.ts';

let shared: TestDatabase;
let database: Database;

beforeAll(async () => {
  shared = await createTestDatabase();
  database = shared.connect();
  await migrate(database);
});
afterAll(async () => {
  await database.close();
  await shared.drop();
});

/** Only the tests may begin anew. */
async function emptied(): Promise<void> {
  await database.query('ALTER TABLE countersign.ledger DISABLE TRIGGER ledger_stays');
  await database.query('TRUNCATE countersign.ledger');
  await database.query('ALTER TABLE countersign.ledger ENABLE TRIGGER ledger_stays');
}

describe('A ledger in PostgreSQL', () => {
  ledgerContract(async (now) => {
    await emptied();
    return createPostgresLedger(database, now);
  });

  test('is one chain, whoever of several processes writes to it', async () => {
    await emptied();
    const others = [shared.connect(), shared.connect(), shared.connect()];
    const ledgers = others.map((other) => createPostgresLedger(other));
    const statements = Array.from({ length: 40 }, (_, index) => say(`topic ${index % 20}`, `${index % 20}`));
    const counts = await Promise.all(
      statements.map((one, index) => ledgers[index % 3]?.record({ statements: [one], all: null })),
    );
    expect(counts.reduce((sum = 0, count = 0) => sum + count, 0)).toBe(20);
    const ledger = createPostgresLedger(database);
    expect(await ledger.verify()).toMatchObject({ intact: true, lines: 20 });
    expect(new Set((await linesOf(ledger)).map(({ topic }) => topic)).size).toBe(20);
    for (const other of others) await other.close();
  });

  test('shows that a line was altered, and refuses to be', async () => {
    await emptied();
    const ledger = createPostgresLedger(database);
    await ledger.record({ statements: [say('a', '1'), say('b', '1')], all: null });
    const alter = `UPDATE countersign.ledger SET text = replace(text, 'octo', 'evil') WHERE seq = 2`;
    await expect(database.query(alter)).rejects.toThrow('the ledger is append-only');
    await database.query('ALTER TABLE countersign.ledger DISABLE TRIGGER ledger_stays');
    await database.query(alter);
    expect(await ledger.verify()).toMatchObject({ intact: false, seq: 2 });
  });
});
