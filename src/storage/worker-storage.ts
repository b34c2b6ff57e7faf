// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { resolve } from 'node:path';
import type { StorageSettings } from '../configuration.ts';
import type { Dependents } from '../dependents/dependents.ts';
import { createSqliteDependents } from '../dependents/sqlite.ts';
import { type CounterFor, ownCounters } from '../github/windows.ts';
import { createMemoryLeases, type Leases } from '../lease/lease.ts';
import type { Notebook } from '../sweep/notes.ts';
import { createSqliteNotebook } from '../sweep/sqlite-notebook.ts';
import { connect, databaseIn } from './sqlite.ts';

/** What those who ask GitHub keep beside the inbox and the ledger, over a connection of their own. */
export interface WorkerStorage {
  readonly leases: Leases;
  /** What sweeps and the weekly report note. */
  readonly notebook: Notebook;
  readonly dependents: Dependents;
  /** Counts what is asked of GitHub, for all processes that share this storage. */
  readonly counterFor: CounterFor;
  close(): Promise<void>;
}

/** Connects to a storage that `openStorage` has opened. */
export async function openWorkerStorage(settings: StorageSettings): Promise<WorkerStorage> {
  if (settings.kind === 'postgres') {
    const { openSharedForWorkers } = await import('./shared.ts');
    return openSharedForWorkers(settings.url);
  }
  const database = connect(databaseIn(resolve(settings.folder)));
  return {
    // One process has the folder to itself, and one part of it asks GitHub.
    leases: createMemoryLeases(),
    notebook: createSqliteNotebook(database),
    dependents: createSqliteDependents(database),
    counterFor: ownCounters,
    close: async () => database.close(),
  };
}
