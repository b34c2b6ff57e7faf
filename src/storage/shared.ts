// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createPostgresDependents } from '../dependents/postgres.ts';
import { sharedCounters } from '../github/shared-windows.ts';
import { createPostgresInbox } from '../inbox/postgres.ts';
import { createPostgresLeases } from '../lease/postgres.ts';
import { createPostgresLedger } from '../ledger/postgres.ts';
import { createPostgresNotebook } from '../sweep/postgres-notebook.ts';
import { connectPostgres, migrate, told } from './postgres.ts';
import type { Storage, StorageEvents } from './storage.ts';
import { withoutCredentials } from './without-credentials.ts';
import type { WorkerStorage } from './worker-storage.ts';

/** A PostgreSQL database, for any number of processes. Throws StorageError. */
export async function openShared(url: string, events: StorageEvents): Promise<Storage> {
  const database = connectPostgres(url);
  try {
    await told(() => migrate(database));
    const inbox = await createPostgresInbox(database, events);
    return {
      inbox,
      ledger: createPostgresLedger(database),
      where: withoutCredentials(url),
      close: async () => {
        await inbox.close();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** The rest of it, for those who ask GitHub. */
export function openSharedForWorkers(url: string): WorkerStorage {
  const database = connectPostgres(url);
  return {
    leases: createPostgresLeases(database),
    notebook: createPostgresNotebook(database),
    dependents: createPostgresDependents(database),
    counterFor: sharedCounters(database),
    close: () => database.close(),
  };
}
