// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import { batched } from '../storage/batch.ts';
import { type Database, type Sql, told } from '../storage/postgres.ts';
import { lineOf, type Row, rowAfter, verifyRows } from './chain.ts';
import type { Account, Ledger, Line } from './ledger.ts';
import { newsIn } from './news.ts';

/** Accounts written in one transaction. */
const mostAccounts = 50;
/** Lines read at a time. */
const pageSize = 1_000;

const rowSchema = z.object({
  // The client gives 64-bit numbers as text.
  seq: z.coerce.number().pipe(z.int()),
  at: z.string(),
  topic: z.string(),
  text: z.string(),
  hash: z.string(),
});

/** The ledger in a database that others write to as well. Throws StorageError. */
export function createPostgresLedger(database: Database, now: () => Date = () => new Date()): Ledger {
  const write = batched<Account, number>(
    (accounts) => told(() => database.transaction((sql) => recordAll(sql, accounts, now().toISOString()))),
    mostAccounts,
  );
  return {
    record: async (account) => ((await told(() => hasNews(database, account))) ? write(account) : 0),
    async *lines(since) {
      for await (const row of rowsOf(database, since ?? '')) yield lineOf(row);
    },
    verify: () => verifyRows(rowsOf(database, '')),
    close: async () => {},
  };
}

async function* rowsOf(sql: Sql, since: string): AsyncGenerator<Row, void> {
  for (let after = 0; ; ) {
    const page = await told(() =>
      sql.query('SELECT * FROM countersign.ledger WHERE seq > $1 AND at >= $2 ORDER BY seq LIMIT $3', [
        after,
        since,
        pageSize,
      ]),
    );
    const rows = page.map((row) => rowSchema.parse(row));
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
}

/** Most looks have none, and need not wait for one another. */
async function hasNews(sql: Sql, account: Account): Promise<boolean> {
  return newsIn(account, await newestOf(sql, account)).length > 0;
}

/** How many lines each account has led to. */
async function recordAll(sql: Sql, accounts: readonly Account[], at: string): Promise<readonly number[]> {
  // A line holds the hash of the one before, so that only one transaction at a time may add any.
  await sql.query("SELECT pg_advisory_xact_lock(hashtext('countersign ledger'))");
  const counts: number[] = [];
  for (const account of accounts) counts.push(await record(sql, account, at));
  return counts;
}

async function record(sql: Sql, account: Account, at: string): Promise<number> {
  const news = newsIn(account, await newestOf(sql, account));
  if (news.length === 0) return 0;
  const [head] = await sql.query('SELECT * FROM countersign.ledger ORDER BY seq DESC LIMIT 1');
  let last = head === undefined ? null : rowSchema.parse(head);
  const rows: Row[] = [];
  for (const one of news) {
    last = rowAfter(last, one, at);
    rows.push(last);
  }
  await sql.query(
    `INSERT INTO countersign.ledger (seq, at, topic, text, hash)
     SELECT * FROM json_to_recordset($1::json) AS line (seq bigint, at text, topic text, text text, hash text)`,
    [JSON.stringify(rows)],
  );
  return news.length;
}

/** The newest line of each topic that an account concerns. */
async function newestOf(sql: Sql, { statements, all }: Account): Promise<readonly Line[]> {
  const rows = await sql.query(
    `SELECT DISTINCT ON (topic) * FROM countersign.ledger
     WHERE topic = ANY($1) OR ($2::text IS NOT NULL AND topic >= $2 AND topic < $3)
     ORDER BY topic, seq DESC`,
    // No code point that topics hold comes after this one.
    [statements.map(({ topic }) => topic), all?.topics ?? null, `${all?.topics ?? ''}\u{10ffff}`],
  );
  return rows.map((row) => lineOf(rowSchema.parse(row)));
}
