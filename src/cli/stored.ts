// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { existsSync } from 'node:fs';
import { readStorageSettings, type StorageSettings } from '../configuration.ts';
import type { DeadLetters } from '../inbox/inbox.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { UserError } from './user-error.ts';

export interface StoredOptions {
  /** The App's data directory; unset: what the environment says, as for the App. */
  readonly data?: string | undefined;
}

/** What the App has stored, for as long as it is used. The App may run meanwhile. */
interface Stored {
  readonly deadLetters: DeadLetters;
  readonly ledger: Ledger;
  /** Where it is, for messages. */
  readonly where: string;
}

/** Opens what the App has stored and closes it afterwards. Throws UserError where there is nothing. */
export async function withStored({ data }: StoredOptions, use: (stored: Stored) => Promise<number>): Promise<number> {
  const settings: StorageSettings =
    data === undefined ? readStorageSettings(process.env) : { kind: 'sqlite', folder: data };
  return settings.kind === 'sqlite' ? withFolder(settings.folder, use) : withDatabase(settings.url, use);
}

async function withFolder(folder: string, use: (stored: Stored) => Promise<number>): Promise<number> {
  const { databaseIn, openExisting } = await import('../storage/sqlite.ts');
  const { createSqliteDeadLetters } = await import('../inbox/sqlite.ts');
  const { createSqliteLedger } = await import('../ledger/sqlite.ts');
  const where = databaseIn(folder);
  if (!existsSync(where)) {
    throw new UserError(`${folder} holds nothing of Countersign’s. Name the App’s data directory with --data.`);
  }
  try {
    const database = openExisting(folder);
    try {
      return await use({ deadLetters: createSqliteDeadLetters(database), ledger: createSqliteLedger(database), where });
    } finally {
      database.close();
    }
  } catch (error) {
    throw isDamage(error) ? new UserError(`${where} cannot be read, or is damaged: ${error.message}.`) : error;
  }
}

/** SQLite's word that the file is none of its own, and the JSON parser's that a line is none of ours. */
function isDamage(error: unknown): error is Error {
  return error instanceof SyntaxError || (error as { code?: unknown }).code === 'ERR_SQLITE_ERROR';
}

async function withDatabase(url: string, use: (stored: Stored) => Promise<number>): Promise<number> {
  const { connectPostgres } = await import('../storage/postgres.ts');
  const { createPostgresDeadLetters } = await import('../inbox/postgres-dead-letters.ts');
  const { createPostgresLedger } = await import('../ledger/postgres.ts');
  const database = connectPostgres(url);
  try {
    const where = 'the database of DATABASE_URL';
    return await use({
      deadLetters: createPostgresDeadLetters(database),
      ledger: createPostgresLedger(database),
      where,
    });
  } catch (error) {
    // Of a database, or a user, that does not exist PostgreSQL's own words tell more.
    if (!/(?:relation|schema) "countersign[^"]*" does not exist/.test((error as Error).message)) throw error;
    throw new UserError(
      'The database of DATABASE_URL holds nothing of Countersign’s: the App makes its tables when it starts.',
    );
  } finally {
    await database.close();
  }
}
