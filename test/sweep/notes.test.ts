// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { migrate } from '../../src/storage/postgres.ts';
import { openFolder } from '../../src/storage/sqlite.ts';
import { type Notebook, parseNotes } from '../../src/sweep/notes.ts';
import { createPostgresNotebook } from '../../src/sweep/postgres-notebook.ts';
import { createSqliteNotebook } from '../../src/sweep/sqlite-notebook.ts';
import { sweepNotes } from '../../src/sweep/sweep-notes.ts';
import { createTestDatabase, type TestDatabase } from '../helpers/postgres.ts';

const notes = { settledUntil: 1_800_000_000_000, passes: { 7: 1_800_000_000_001 } };

let folder: string;
let database: TestDatabase;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-notes-'));
  database = await createTestDatabase();
}, 60_000);
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await database.drop();
});

async function inSqlite(work: (notebook: Notebook) => Promise<void>): Promise<void> {
  const opened = openFolder(folder);
  await work(createSqliteNotebook(opened.database));
  opened.database.close();
  opened.release();
}

async function inPostgres(work: (notebook: Notebook) => Promise<void>): Promise<void> {
  const connection = database.connect();
  await migrate(connection);
  await work(createPostgresNotebook(connection));
  await connection.close();
}

describe.each([
  ['SQLite', inSqlite],
  ['PostgreSQL', inPostgres],
])('Notes in %s', (_, open) => {
  test('are there after a restart, the last ones that were written', async () => {
    await open(async (notebook) => {
      const page = notebook.page(sweepNotes);
      expect(await page.read()).toEqual(sweepNotes.none);
      await page.write({ settledUntil: 1, passes: {} });
      await page.write(notes);
      await notebook.page({ ...sweepNotes, name: 'other' }).write(sweepNotes.none);
    });
    await open(async (notebook) => expect(await notebook.page(sweepNotes).read()).toEqual(notes));
  });
});

test.each([[undefined], ['no JSON'], ['null'], ['{"settledUntil":"yesterday","passes":{}}']])(
  'Notes that cannot be understood (%j) are none',
  (stored) => {
    expect(parseNotes(sweepNotes, stored)).toEqual(sweepNotes.none);
  },
);
