// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { databaseIn } from '../../src/storage/sqlite.ts';
import { createTestDatabase } from '../helpers/postgres.ts';
import type { Slot } from './fleet.ts';
import { startProxy } from './proxy.ts';

export type Environment = Readonly<Record<string, string>>;

/** A real database, and the processes that use it. */
export interface ChaosStorage {
  readonly name: string;
  /** The processes, with what their environment has to say of the database. */
  slots(env: Environment): readonly Slot[];
  /** One process that does everything. */
  alone(env: Environment): Slot;
  /** Nobody can write to it for so many milliseconds. */
  goAway(milliseconds: number): Promise<void>;
  /** What still waits in the inbox, or was given up, one line each. */
  waiting(): Promise<readonly string[]>;
  remove(): Promise<void>;
}

/** A folder with SQLite, for one process. */
export async function onSqlite(): Promise<ChaosStorage> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-chaos-'));
  const alone = (env: Environment) => ({ env: { ...env, COUNTERSIGN_DATA: folder } });
  return {
    name: 'SQLite',
    slots: (env) => [alone(env)],
    alone,
    goAway: async (milliseconds) => {
      const database = new DatabaseSync(databaseIn(folder), { timeout: 10_000 });
      database.exec('BEGIN IMMEDIATE');
      await sleep(milliseconds);
      database.close();
    },
    waiting: async () => waitingInFolder(folder),
    remove: async () => rmSync(folder, { recursive: true }),
  };
}

/** What waits in a folder's inbox, or was given up, one line each. */
export function waitingInFolder(folder: string): readonly string[] {
  const database = new DatabaseSync(databaseIn(folder), { timeout: 10_000 });
  const rows = database.prepare(waitingIn('', 'due_at / 1000 - unixepoch()')).all();
  database.close();
  return rows.map(lineOf);
}

function waitingIn(schema: string, seconds: string): string {
  return `
    SELECT key, 'attempt ' || attempt || ', due in ' || (${seconds}) || ' s' AS state FROM ${schema}entry
    UNION ALL SELECT key, 'given up: ' || why FROM ${schema}dead_letter`;
}

function lineOf({ key, state }: Readonly<Record<string, unknown>>): string {
  return `  waiting: ${key}, ${state}`;
}

/** A PostgreSQL server with two processes that take webhooks and two that work; null where there is no server. */
export async function onPostgres(): Promise<ChaosStorage | null> {
  const database = await createTestDatabase();
  if (database.url === null) {
    await database.drop();
    return null;
  }
  const url = new URL(database.url);
  const proxy = await startProxy({ host: url.hostname, port: Number(url.port || 5432) });
  url.port = String(proxy.port);
  const DATABASE_URL = url.href;
  return {
    name: 'PostgreSQL',
    slots: (env) =>
      ['web', 'web', 'worker', 'worker'].map((role) => ({ env: { ...env, DATABASE_URL, COUNTERSIGN_ROLE: role } })),
    alone: (env) => ({ env: { ...env, DATABASE_URL } }),
    goAway: async (milliseconds) => {
      proxy.cut();
      await sleep(milliseconds);
      proxy.mend();
    },
    waiting: async () => {
      const connection = database.connect();
      const rows = await connection.query(waitingIn('countersign.', 'extract(epoch FROM due_at - now())::integer'));
      await connection.close();
      return rows.map(lineOf);
    },
    remove: async () => {
      await proxy.close();
      await database.drop();
    },
  };
}
