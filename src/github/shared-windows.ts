// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { RateLimiterMemory, RateLimiterPostgres } from 'rate-limiter-flexible';
import type { Sql } from '../storage/postgres.ts';
import type { CounterFor } from './windows.ts';

/**
 * Windows that all processes with one PostgreSQL fill together, since GitHub counts what they ask together. Where the
 * database does not answer, each process counts for itself.
 */
export function sharedCounters(database: Sql): CounterFor {
  // As much of a client as is used.
  const storeClient = {
    query: async ({ text, values }: { readonly text: string; readonly values?: readonly unknown[] }) => ({
      rows: await database.query(text, values),
    }),
  };
  return (window) =>
    new RateLimiterPostgres({
      ...window,
      storeClient,
      storeType: 'client',
      schemaName: 'countersign',
      tableName: 'rate_limit',
      tableCreated: true,
      insuranceLimiter: new RateLimiterMemory(window),
    });
}
