// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import pg from 'pg';
import { StorageError } from './error.ts';
import { migrations } from './postgres-schema.ts';

/** Runs one statement; `$1` stands for the first value. */
export interface Sql {
  query(text: string, values?: readonly unknown[]): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

/** A PostgreSQL database. Each statement is a transaction of its own, but for those of `transaction`. */
export interface Database extends Sql {
  /** All that `work` does, or nothing. */
  transaction<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** Connections of one process; a statement waits where all are taken. */
const mostConnections = 10;
/**
 * How long a connection, or a statement, may take, in milliseconds. GitHub waits ten seconds for the answer to a webhook,
 * and a database that went away without a word would have it wait for ever.
 */
const usualPatience = 8_000;

/**
 * What the server is asked of each connection. A machine that lost its power or its network says no good-bye: its
 * transactions would keep what they hold, such as the ledger, and its connections their places, for as long as the
 * server's system waits for it: two hours on Linux. `limit` in milliseconds, more than this side waits for an answer.
 */
const session = (limit: number) => `
  SET statement_timeout = ${limit};
  SET idle_in_transaction_session_timeout = ${limit};
  SET tcp_keepalives_idle = 20;
  SET tcp_keepalives_interval = 5;
  SET tcp_keepalives_count = 4`;

/** Of SQLSTATE's codes: another server has taken over, or will, and this one stores nothing any more. */
const readOnly = '25006';

/**
 * Connects when it is first asked something. Where that fails the error says so, and the next statement tries again.
 * `patience` in milliseconds.
 */
export function connectPostgres(url: string, patience = usualPatience): Database {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'countersign',
    max: mostConnections,
    connectionTimeoutMillis: patience,
    query_timeout: patience,
    keepAlive: true,
    onConnect: async (client) => {
      await client.query(session(Math.ceil(patience * 1.25)));
    },
  });
  // A connection that breaks while nobody uses it is replaced; unheard, the event would end the process.
  pool.on('error', () => {});
  return {
    query: async (text, values = []) => rowsOf(await pool.query(text, [...values])),
    transaction: async (work) => {
      const client = await pool.connect();
      let broken: Error | undefined;
      const onError = (error: Error) => {
        broken = error;
      };
      client.on('error', onError);
      try {
        await client.query('BEGIN');
        const result = await work({
          query: async (text, values = []) => rowsOf(await client.query(text, [...values])),
        });
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK').catch((failed: Error) => {
          broken ??= failed;
        });
        // The pool itself does so with what failed outside of a transaction.
        if ((error as { readonly code?: unknown }).code === readOnly) broken ??= error as Error;
        throw error;
      } finally {
        client.off('error', onError);
        // What is in an unknown state is not handed to the next one.
        client.release(broken);
      }
    },
    close: () => pool.end(),
  };
}

/** pg-boss sends several statements as one text, which are answered by as many results. */
function rowsOf(result: pg.QueryResult | readonly pg.QueryResult[]): readonly Readonly<Record<string, unknown>>[] {
  return 'rows' in result ? result.rows : result.flatMap(({ rows }) => rows);
}

/** Brings our own tables up to date, whoever of several processes comes first. Throws StorageError. */
export async function migrate(database: Database): Promise<void> {
  await database.transaction(async (sql) => {
    await sql.query(`SELECT pg_advisory_xact_lock(hashtext('countersign migrations'))`);
    await sql.query('CREATE SCHEMA IF NOT EXISTS countersign');
    await sql.query('CREATE TABLE IF NOT EXISTS countersign.format (version integer NOT NULL)');
    const [row] = await sql.query('SELECT version FROM countersign.format');
    const version = Number(row?.version ?? 0);
    if (version > migrations.length) throw tooNew(version);
    for (const migration of migrations.slice(version)) {
      for (const statement of migration) await sql.query(statement);
    }
    await sql.query(
      row === undefined ? 'INSERT INTO countersign.format VALUES ($1)' : 'UPDATE countersign.format SET version = $1',
      [migrations.length],
    );
  });
}

function tooNew(version: number): StorageError {
  return new StorageError(
    `the database was written by a newer version of Countersign (format ${version}, this one knows ${migrations.length}). Run that version, or restore the backup from before the update.`,
  );
}

/** What the App's database says, told as a StorageError whatever went wrong. */
export async function told<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    if ((thrown as Error).name === 'StorageError') throw thrown;
    throw new StorageError(`the database cannot be used: ${describe(thrown)}`, { cause: thrown });
  }
}

/** A connection that failed for each of a host's addresses has a list of errors and no message of its own. */
function describe(thrown: unknown): string {
  const { code, message, errors } = thrown as NodeJS.ErrnoException & { readonly errors?: readonly Error[] };
  if (code === 'ERR_INVALID_URL') {
    return 'DATABASE_URL is no address; in a name or password, / is written %2F, # is %23, ? is %3F and @ is %40';
  }
  return message || (errors ?? []).map((error) => error.message).join('; ') || String(thrown);
}
