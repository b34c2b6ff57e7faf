// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { resolve } from 'node:path';
import type { StorageSettings } from '../configuration.ts';
import type { Inbox } from '../inbox/inbox.ts';
import type { SchedulerEvents } from '../inbox/scheduler.ts';
import { createSqliteInbox } from '../inbox/sqlite.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { createSqliteLedger } from '../ledger/sqlite.ts';
import { databaseIn, openFolder } from './sqlite.ts';
import { createSqliteWriter } from './sqlite-writer.ts';

/** What outlives a process. */
export interface Storage {
  readonly inbox: Inbox;
  readonly ledger: Pick<Ledger, 'record'>;
  /** Where it is, for the log. */
  readonly where: string;
  /** To be called once the inbox has stopped. Resolves when everything is stored, or rejects where that fails. */
  close(): Promise<void>;
}

export type StorageEvents = SchedulerEvents;

/** Opens the storage that the settings name, creates it or brings it up to date. Throws StorageError. */
export async function openStorage(settings: StorageSettings, events: StorageEvents): Promise<Storage> {
  if (settings.kind === 'sqlite') return openEmbedded(settings.folder, events);
  // Who does not need the client for PostgreSQL does not wait for it to load.
  const { openShared } = await import('./shared.ts');
  return openShared(settings.url, events);
}

/** A SQLite database in that folder, for one process. */
function openEmbedded(folder: string, events: StorageEvents): Storage {
  const where = resolve(folder);
  const { database, release } = openFolder(where);
  const writer = createSqliteWriter(databaseIn(where));
  const inbox = createSqliteInbox(database, writer.write, events);
  return {
    inbox,
    ledger: createSqliteLedger(database, writer.record),
    where,
    close: async () => {
      try {
        await inbox.close();
      } finally {
        await writer.close();
        database.close();
        release();
      }
    },
  };
}
