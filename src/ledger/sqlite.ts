// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { DatabaseSync } from 'node:sqlite';
import { connect, databaseIn, inTransaction, openFile } from '../storage/sqlite.ts';
import { lineOf, type Row, rowAfter, verifyRows } from './chain.ts';
import type { Account, Ledger, Line } from './ledger.ts';
import { newsIn } from './news.ts';

/** The ledger in an open database, which its owner closes. `record` writes, perhaps in another thread. */
export function createSqliteLedger(
  database: DatabaseSync,
  record: Ledger['record'] = async (account) => recordIn(database, account, new Date()),
): Ledger {
  return {
    record,
    async *lines(since) {
      for (const row of rowsOf(database, 'WHERE at >= ?', since ?? '')) yield lineOf(row);
    },
    verify: () => verifyRows(rowsOf(database, '')),
    close: async () => {},
  };
}

/** The ledger in a directory, which is made where it is not there; nobody else may read what is made. */
export function openLedger(directory: string, now: () => Date = () => new Date()): Ledger {
  const database = openFile(directory);
  const ledger = createSqliteLedger(database, async (account) => recordIn(database, account, now()));
  return { ...ledger, close: async () => database.close() };
}

/** The same to read from only: nothing is made, and a file that is not there is an error. */
export function readLedger(directory: string): Ledger {
  const database = connect(databaseIn(directory), { readOnly: true });
  return { ...createSqliteLedger(database), close: async () => database.close() };
}

function* rowsOf(database: DatabaseSync, where: string, ...values: string[]): Generator<Row, void> {
  const rows = database.prepare(`SELECT * FROM ledger ${where} ORDER BY seq`).iterate(...values);
  for (const row of rows) yield row as unknown as Row;
}

/** Writes what is new in one transaction; the number of lines. */
export function recordIn(database: DatabaseSync, account: Account, now: Date): number {
  return inTransaction(database, () => {
    const news = newsIn(account, newestOf(database, account));
    let last = (database.prepare('SELECT seq, hash FROM ledger ORDER BY seq DESC LIMIT 1').get() ??
      null) as unknown as Pick<Row, 'seq' | 'hash'> | null;
    const insert = database.prepare('INSERT INTO ledger (seq, at, topic, text, hash) VALUES (?, ?, ?, ?, ?)');
    for (const one of news) {
      const row = rowAfter(last, one, now.toISOString());
      insert.run(row.seq, row.at, row.topic, row.text, row.hash);
      last = row;
    }
    return news.length;
  });
}

/** The newest line of each topic that an account concerns. */
function newestOf(database: DatabaseSync, { statements, all }: Account): readonly Line[] {
  const ofTopic = database.prepare('SELECT * FROM ledger WHERE topic = ? ORDER BY seq DESC LIMIT 1');
  const rows: unknown[] = statements.flatMap(({ topic }) => ofTopic.all(topic));
  if (all !== null) {
    // No code point that topics hold comes after this one.
    const newest = 'WHERE seq IN (SELECT MAX(seq) FROM ledger WHERE topic >= ? AND topic < ? GROUP BY topic)';
    rows.push(...rowsOf(database, newest, all.topics, `${all.topics}\u{10ffff}`));
  }
  return rows.map((row) => lineOf(row as Row));
}
