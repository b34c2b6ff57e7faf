// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { heading, row } from '../../src/ledger/export.ts';
import type { Ledger, Statement } from '../../src/ledger/ledger.ts';
import { createMemoryLedger } from '../../src/ledger/memory.ts';
import { openLedger } from '../../src/ledger/sqlite.ts';
import { databaseIn } from '../../src/storage/sqlite.ts';
import { ledgerContract, linesOf, say } from './contract.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'countersign-ledger-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe('A ledger in memory', () => ledgerContract(async (now) => createMemoryLedger(now)));
describe('A ledger in a file', () => ledgerContract(async (now) => openLedger(directory, now)));

/** As somebody would who has the file. */
function tamper(sql: string): void {
  const database = new DatabaseSync(databaseIn(directory));
  database.exec('DROP TRIGGER ledger_stays; DROP TRIGGER ledger_stays_as_it_is;');
  database.exec(sql);
  database.close();
}

describe('The file of a ledger', () => {
  let ledger: Ledger;
  beforeEach(() => {
    ledger = openLedger(directory);
  });
  afterEach(() => ledger.close());
  const tell = (...statements: Statement[]) => ledger.record({ statements, all: null });

  test('is the same after a restart', async () => {
    await tell(say('a', '1'));
    await ledger.close();
    ledger = openLedger(directory);
    expect(await tell(say('a', '1'), say('b', '1'))).toBe(1);
    expect(await ledger.verify()).toMatchObject({ intact: true, lines: 2 });
  });

  test('is for nobody else to read, and refuses to be changed', () => {
    expect(statSync(databaseIn(directory)).mode & 0o077).toBe(0);
    const database = new DatabaseSync(databaseIn(directory));
    expect(() => database.exec("INSERT INTO ledger VALUES (1, 'a', 'b', 'c', 'd'); DELETE FROM ledger")).toThrow(
      'append-only',
    );
    expect(() => database.exec("UPDATE ledger SET at = 'x'")).toThrow('append-only');
    database.close();
  });

  test.each([
    ['altered', "UPDATE ledger SET text = replace(text, 'octo', 'evil') WHERE seq = 2", 2],
    ['altered beside its text', "UPDATE ledger SET at = '2020' WHERE seq = 2", 2],
    ['removed', 'DELETE FROM ledger WHERE seq = 2', 2],
    ['removed at the beginning', 'DELETE FROM ledger WHERE seq = 1', 1],
    ['put in another’s place', 'UPDATE ledger SET seq = 9 WHERE seq = 2; UPDATE ledger SET seq = 2 WHERE seq = 3', 2],
  ])('shows that a line was %s', async (_, sql, seq) => {
    await tell(say('a', '1'), say('b', '1'), say('c', '1'));
    tamper(sql);
    expect(await ledger.verify()).toMatchObject({ intact: false, seq });
  });
});

describe('An exported line', () => {
  const hostile = '=HYPERLINK("x"), @everyone | <b>\r\n`';

  async function exported(format: 'csv' | 'markdown' | 'jsonl') {
    const ledger = createMemoryLedger();
    await ledger.record({ statements: [say('a', '1', { reason: hostile })], all: null });
    const [line] = await linesOf(ledger);
    return line === undefined ? '' : row(line, format);
  }

  test('runs no formula in a spreadsheet', async () => {
    expect(await exported('csv')).toContain(`"'=HYPERLINK(""x""), @everyone`);
    expect(heading('csv')).toMatch(/^seq,at,kind,/);
  });

  test('is inert in a table', async () => {
    const text = await exported('markdown');
    expect(text.split('\n')).toHaveLength(2);
    expect(text.match(/(?<!\\)\|/g)).toHaveLength(heading('markdown').split('\n')[0]?.match(/\|/g)?.length ?? 0);
  });

  test('is whole as JSON', async () => {
    expect(JSON.parse(await exported('jsonl'))).toMatchObject({ reason: hostile, seq: 1 });
  });
});
