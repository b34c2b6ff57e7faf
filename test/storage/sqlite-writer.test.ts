// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import type { Account, Entry } from '../../src/ledger/ledger.ts';
import { readLedger } from '../../src/ledger/sqlite.ts';
import { databaseIn, openFile } from '../../src/storage/sqlite.ts';
import { createSqliteWriter } from '../../src/storage/sqlite-writer.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-writer-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const entry: Entry = {
  kind: 'policy',
  host: 'github.com',
  repository: 'acme/engine',
  pullRequest: null,
  head: null,
  check: null,
  by: null,
  code: 'valid',
  findings: {},
  reason: null,
  link: null,
  policyCommit: null,
};
const account = (topic: unknown): Account => ({
  statements: [{ topic: topic as string, state: 'there', entry }],
  all: null,
});

test('What is written at the same time is stored together, and of what cannot be stored nothing else is held up', async () => {
  openFile(folder).close();
  const writer = createSqliteWriter(databaseIn(folder));
  const topics = ['a', 'b', { no: 'text' }, 'a', 'c'];
  const results = await Promise.allSettled([
    ...topics.map((topic) => writer.record(account(topic))),
    writer.write({ keys: new Map(), deliveries: ['d'] }),
  ]);
  await writer.close();

  expect(results.map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
    'fulfilled',
  ]);
  expect(results[2]).toMatchObject({ reason: { name: 'StorageError' } });
  // The second account of `a` says nothing new.
  expect(results[3]).toEqual({ status: 'fulfilled', value: 0 });
  const ledger = readLedger(folder);
  const lines = await Array.fromAsync(ledger.lines(null));
  expect(lines.map(({ seq, topic }) => [seq, topic])).toEqual([
    [1, 'a'],
    [2, 'b'],
    [3, 'c'],
  ]);
  expect(await ledger.verify()).toMatchObject({ intact: true, lines: 3 });
  await ledger.close();
  const database = openFile(folder);
  expect(database.prepare('SELECT id FROM delivery').all()).toEqual([{ id: 'd' }]);
  database.close();
});
