// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { DatabaseSync } from 'node:sqlite';
import { connect, databaseIn, inTransaction, openFile } from '../storage/sqlite.ts';
import { lineOf, type Row, rowAfter, verifyRows } from './chain.ts';
import type { Account, Ledger, Line } from './ledger.ts';
import { newsIn } from './news.ts';

/** The ledger in an open database, which its owner closes. `record` writes, perhaps in another thread. */
export function createSqliteLedger(database: DatabaseSync, record: Ledger['record'] = recorder(database)): Ledger {
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
  const ledger = createSqliteLedger(database, recorder(database, now));
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

/** Records each account in a transaction of its own. */
function recorder(database: DatabaseSync, now: () => Date = () => new Date()): Ledger['record'] {
  const write = createLedgerWriter(database);
  return async (account) => inTransaction(database, () => write(account, now()));
}

/** Makes the writer of a connection: what is new in an account, in the caller's transaction; the number of lines. */
export function createLedgerWriter(database: DatabaseSync): (account: Account, now: Date) => number {
  const newestOf = newestIn(database);
  const newest = database.prepare('SELECT seq, hash FROM ledger ORDER BY seq DESC LIMIT 1');
  const insert = database.prepare('INSERT INTO ledger (seq, at, topic, text, hash) VALUES (?, ?, ?, ?, ?)');
  return (account, now) => {
    const news = newsIn(account, newestOf(account));
    if (news.length === 0) return 0;
    let last = (newest.get() ?? null) as unknown as Pick<Row, 'seq' | 'hash'> | null;
    for (const one of news) {
      const row = rowAfter(last, one, now.toISOString());
      insert.run(row.seq, row.at, row.topic, row.text, row.hash);
      last = row;
    }
    return news.length;
  };
}

/** The newest line of each topic that an account concerns. */
function newestIn(database: DatabaseSync): (account: Account) => readonly Line[] {
  const ofTopic = database.prepare('SELECT * FROM ledger WHERE topic = ? ORDER BY seq DESC LIMIT 1');
  const ofTopics = database.prepare(
    'SELECT * FROM ledger WHERE seq IN (SELECT MAX(seq) FROM ledger WHERE topic >= ? AND topic < ? GROUP BY topic)',
  );
  return ({ statements, all }) => {
    const rows: unknown[] = statements.flatMap(({ topic }) => ofTopic.all(topic));
    // No code point that topics hold comes after this one.
    if (all !== null) rows.push(...ofTopics.all(all.topics, `${all.topics}\u{10ffff}`));
    return rows.map((row) => lineOf(row as Row));
  };
}
