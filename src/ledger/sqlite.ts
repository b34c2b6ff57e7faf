// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  type Account,
  deleted,
  hashOf,
  type Ledger,
  type Line,
  noHash,
  type Statement,
  textOf,
  type Verification,
} from './ledger.ts';

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

interface Row {
  readonly seq: number;
  readonly at: string;
  readonly topic: string;
  readonly text: string;
  readonly hash: string;
}

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
      const rows = database.prepare('SELECT * FROM lines WHERE at >= ? ORDER BY seq').iterate(since ?? '');
      for (const row of rows) yield lineOf(row as unknown as Row);
    },
    verify: async () => verify(database),
    close: async () => database.close(),
  };
}

function record(database: DatabaseSync, account: Account, at: string): number {
  database.exec('BEGIN IMMEDIATE');
  try {
    const news = [...gone(database, account), ...account.statements].filter((one) => isNew(database, one));
    for (const one of news) append(database, one, at);
    database.exec('COMMIT');
    return news.length;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

function isNew(database: DatabaseSync, { topic, state }: Statement): boolean {
  const row = database.prepare('SELECT * FROM lines WHERE topic = ? ORDER BY seq DESC LIMIT 1').get(topic);
  return row === undefined || lineOf(row as unknown as Row).state !== state;
}

function gone(database: DatabaseSync, { statements, all }: Account): readonly Statement[] {
  if (all === null) return [];
  const told = new Set(statements.map(({ topic }) => topic));
  const newest = `
    SELECT * FROM lines WHERE seq IN
      (SELECT MAX(seq) FROM lines WHERE topic >= ? AND topic < ? GROUP BY topic) ORDER BY seq`;
  // No code point that topics hold comes after this one.
  const rows = database.prepare(newest).all(all, `${all}\u{10ffff}`);
  return rows
    .map((row) => lineOf(row as unknown as Row))
    .filter(({ topic, kind }) => kind === 'granted' && !told.has(topic))
    .map(deleted);
}

function append(database: DatabaseSync, { topic, state, entry }: Statement, at: string): void {
  const last = database.prepare('SELECT seq, hash FROM lines ORDER BY seq DESC LIMIT 1').get() as
    | Pick<Row, 'seq' | 'hash'>
    | undefined;
  const seq = (last?.seq ?? 0) + 1;
  const text = textOf({ ...entry, seq, at, topic, state, previous: last?.hash ?? noHash });
  database
    .prepare('INSERT INTO lines (seq, at, topic, text, hash) VALUES (?, ?, ?, ?, ?)')
    .run(seq, at, topic, text, hashOf(text));
}

function lineOf({ text, hash }: Row): Line {
  return { ...(JSON.parse(text) as Omit<Line, 'hash'>), hash };
}

/** A line that was altered, removed or added by anybody else. What was cut off at the end, only the last hash tells. */
function verify(database: DatabaseSync): Verification {
  let seq = 0;
  let previous = noHash;
  for (const one of database.prepare('SELECT * FROM lines ORDER BY seq').iterate()) {
    const row = one as unknown as Row;
    seq += 1;
    const why = wrongWith(row, seq, previous);
    if (why !== null) return { intact: false, seq, why };
    previous = row.hash;
  }
  return { intact: true, lines: seq, head: previous };
}

function wrongWith(row: Row, seq: number, previous: string): string | null {
  if (row.seq !== seq) return `line ${seq} is missing`;
  if (hashOf(row.text) !== row.hash) return `line ${seq} was altered`;
  const line = lineOf(row);
  if (line.previous !== previous) return `line ${seq} does not follow the one before it`;
  if (line.seq !== seq || line.at !== row.at || line.topic !== row.topic) return `line ${seq} was altered`;
  return null;
}
