// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { lineOf, type Row, rowAfter, verifyRows } from './chain.ts';
import type { Account, Ledger, Line } from './ledger.ts';
import { newsIn } from './news.ts';

/** The file's name in the data directory. */
export const ledgerFile = 'ledger.sqlite';

/** Who can write to the file can do anything; the triggers keep mistakes away, and the hashes show the rest. */
const schema = `
CREATE TABLE IF NOT EXISTS lines (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  topic TEXT NOT NULL,
  text TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS lines_by_topic ON lines (topic, seq);
CREATE INDEX IF NOT EXISTS lines_by_time ON lines (at);
CREATE TRIGGER IF NOT EXISTS lines_stay_as_they_are BEFORE UPDATE ON lines
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS lines_stay BEFORE DELETE ON lines
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
`;

/** Opens the ledger in a directory, which is made where it is not there; nobody else may read what is made. */
export function openLedger(directory: string, now: () => Date = () => new Date()): Ledger {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, ledgerFile);
  const database = new DatabaseSync(path);
  chmodSync(path, 0o600);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;');
  database.exec(schema);
  return ledgerIn(database, now);
}

/** The same to read from only: nothing is made, and a file that is not there is an error. */
export function readLedger(directory: string): Ledger {
  return ledgerIn(new DatabaseSync(join(directory, ledgerFile), { readOnly: true }), () => new Date());
}

function ledgerIn(database: DatabaseSync, now: () => Date): Ledger {
  return {
    record: async (account) => record(database, account, now().toISOString()),
    async *lines(since) {
      for (const row of rowsOf(database, 'WHERE at >= ?', since ?? '')) yield lineOf(row);
    },
    verify: () => verifyRows(rowsOf(database, '')),
    close: async () => database.close(),
  };
}

function* rowsOf(database: DatabaseSync, where: string, ...values: string[]): Generator<Row, void> {
  const rows = database.prepare(`SELECT * FROM lines ${where} ORDER BY seq`).iterate(...values);
  for (const row of rows) yield row as unknown as Row;
}

function record(database: DatabaseSync, account: Account, at: string): number {
  database.exec('BEGIN IMMEDIATE');
  try {
    const news = newsIn(account, newestOf(database, account));
    let last = (database.prepare('SELECT seq, hash FROM lines ORDER BY seq DESC LIMIT 1').get() ??
      null) as unknown as Pick<Row, 'seq' | 'hash'> | null;
    const insert = database.prepare('INSERT INTO lines (seq, at, topic, text, hash) VALUES (?, ?, ?, ?, ?)');
    for (const one of news) {
      const row = rowAfter(last, one, at);
      insert.run(row.seq, row.at, row.topic, row.text, row.hash);
      last = row;
    }
    database.exec('COMMIT');
    return news.length;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

/** The newest line of each topic that an account concerns. */
function newestOf(database: DatabaseSync, { statements, all }: Account): readonly Line[] {
  const ofTopic = database.prepare('SELECT * FROM lines WHERE topic = ? ORDER BY seq DESC LIMIT 1');
  const rows: unknown[] = statements.flatMap(({ topic }) => ofTopic.all(topic));
  if (all !== null) {
    // No code point that topics hold comes after this one.
    const newest = 'WHERE seq IN (SELECT MAX(seq) FROM lines WHERE topic >= ? AND topic < ? GROUP BY topic)';
    rows.push(...rowsOf(database, newest, all.topics, `${all.topics}\u{10ffff}`));
  }
  return rows.map((row) => lineOf(row as Row));
}
