// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { accessSync, closeSync, constants, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { thisUser } from '../this-user.ts';
import { StorageError } from './error.ts';
import { migrations } from './sqlite-schema.ts';

/** How long a statement waits for another process's, such as the command's, in milliseconds. */
const busyTimeout = 5_000;

/** The one file that holds inbox and ledger. */
export function databaseIn(folder: string): string {
  return join(folder, 'countersign.sqlite');
}

/** A connection to a database that is there and up to date. Every commit is on the disk when it returns. */
export function connect(path: string, options: { readonly readOnly?: boolean } = {}): DatabaseSync {
  const database = new DatabaseSync(path, { ...options, timeout: busyTimeout });
  if (options.readOnly !== true) database.exec('PRAGMA synchronous = FULL');
  return database;
}

/**
 * Makes the folder this process's own for as long as it lives, creates the database or brings it up to date, and
 * connects to it. Throws StorageError that says what is in the way.
 */
export function openFolder(folder: string): { readonly database: DatabaseSync; readonly release: () => void } {
  const lock = attempt(folder, () => {
    makeFolder(folder);
    return lockFolder(folder);
  });
  try {
    return { database: openFile(folder), release: () => lock.close() };
  } catch (error) {
    lock.close();
    throw error;
  }
}

/** The database in a folder, created or brought up to date, for whoever does not need it alone. Throws StorageError. */
export function openFile(folder: string): DatabaseSync {
  return attempt(folder, () => {
    makeFolder(folder);
    return prepare(databaseIn(folder));
  });
}

/** Connects to the database that the App has made. Throws where it is not there, or StorageError where it is another's. */
export function openExisting(folder: string): DatabaseSync {
  const database = connect(databaseIn(folder));
  try {
    assertKnown(database);
    const version = versionOf(database);
    if (version === migrations.length) return database;
    throw new StorageError(
      version === 0
        ? 'the database holds nothing of Countersign’s: the App makes its tables when it starts.'
        : 'the database was written by an older version of Countersign. Start the App of this version, which brings it up to date.',
    );
  } catch (error) {
    database.close();
    throw error;
  }
}

/** The last step by itself: where the system refuses it, as under /proc, Node.js would try all of them again for ever. */
function makeFolder(folder: string): void {
  const above = dirname(folder);
  if (!existsSync(above)) mkdirSync(above, { recursive: true, mode: 0o700 });
  if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
}

/**
 * The exclusive transaction of a database of its own: the system gives such a lock back when the process ends, however
 * it ends, so that no stale file can be in the way.
 */
function lockFolder(folder: string): DatabaseSync {
  const lock = new DatabaseSync(join(folder, 'countersign.lock'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if (!/locked/.test((error as Error).message)) throw error;
    throw new StorageError(
      `${folder} belongs to another Countersign that runs. One process can use it: stop the other one, give this one a folder of its own, or set DATABASE_URL for several processes.`,
    );
  }
}

function prepare(path: string): DatabaseSync {
  // SQLite gives its other files the permissions of this one.
  closeSync(openSync(path, 'a', 0o600));
  const database = connect(path);
  try {
    database.exec('PRAGMA journal_mode = WAL');
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function migrate(database: DatabaseSync): void {
  assertKnown(database);
  for (let version = versionOf(database); version < migrations.length; version += 1) {
    inTransaction(database, () => {
      database.exec(migrations[version] ?? '');
      database.exec(`PRAGMA user_version = ${version + 1}`);
    });
  }
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version);
}

function assertKnown(database: DatabaseSync): void {
  const version = versionOf(database);
  if (version <= migrations.length) return;
  throw new StorageError(
    `the database was written by a newer version of Countersign (format ${version}, this one knows ${migrations.length}). Run that version, or restore the backup from before the update.`,
  );
}

/** All that `work` does, or nothing. */
export function inTransaction<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk has SQLite roll back by itself.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function attempt<Result>(folder: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof StorageError) throw error;
    const why = whyClosed(folder) ?? (error as Error).message;
    throw new StorageError(`${folder} cannot be used to store anything: ${why}.`, { cause: error });
  }
}

/** SQLite says of a folder in which this user may not write only that it is "unable to open database file". */
function whyClosed(folder: string): string | null {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EACCES' && code !== 'EROFS') return null;
    return `${thisUser()} cannot write there (${code})`;
  }
}
