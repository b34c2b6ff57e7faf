// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { randomUUID } from 'node:crypto';
import { PGlite, type PGliteInterface, type Transaction } from '@electric-sql/pglite';
import { connectPostgres, type Database } from '../../src/storage/postgres.ts';

/** A PostgreSQL database of its own for a test file. */
export interface TestDatabase {
  /** What it runs on, to be read in the test's name. */
  readonly kind: 'a server' | 'PGlite';
  /** null for PGlite, which only this process reaches. */
  readonly url: string | null;
  /** Another process's connection, as it were. */
  connect(): Database;
  drop(): Promise<void>;
}

/** The server that a developer's machine and CI have; the tests make databases of their own there. */
const server = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** A database on the server, or on PGlite where none answers. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const admin = connectPostgres(server);
  try {
    await admin.query('SELECT 1');
  } catch {
    await admin.close();
    return onPglite();
  }
  const name = `countersign_test_${randomUUID().replaceAll('-', '')}`;
  await admin.query(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    kind: 'a server',
    url: url.href,
    connect: () => connectPostgres(url.href),
    drop: async () => {
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.close();
    },
  };
}

async function onPglite(): Promise<TestDatabase> {
  console.warn('No PostgreSQL server answers: its tests run on PGlite, which takes some seconds to start.');
  const pglite = await PGlite.create();
  const run = async (on: PGliteInterface | Transaction, text: string, values: readonly unknown[] = []) => {
    if (values.length > 0) return (await on.query<Record<string, unknown>>(text, [...values])).rows;
    return (await on.exec(text)).flatMap(({ rows }) => rows as Record<string, unknown>[]);
  };
  const query: Database['query'] = async (text, values) => {
    try {
      return await run(pglite, text, values);
    } catch (error) {
      // There is one connection, and a text of several statements that failed has left its transaction open.
      await pglite.exec('ROLLBACK').catch(() => {});
      throw error;
    }
  };
  const transaction: Database['transaction'] = (work) =>
    pglite.transaction((on) => work({ query: (text, values) => run(on, text, values) }));
  return {
    kind: 'PGlite',
    url: null,
    connect: () => ({ query, transaction, close: async () => {} }),
    drop: () => pglite.close(),
  };
}
