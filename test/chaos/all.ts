// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { fullDisk, readOnlyDisk } from './disk-scenarios.ts';
import { killed, stormy } from './scenarios.ts';
import { mountSmallDisk, type SmallDisk } from './small-disk.ts';
import type { Outcome, Size } from './stage.ts';
import { type ChaosStorage, onPostgres, onSqlite } from './storages.ts';

export interface Scenario {
  /** A sentence. */
  readonly name: string;
  /** null where this machine has not what it takes. */
  run(size: Size): Promise<Outcome | null>;
}

type Run = (storage: ChaosStorage, size: Size) => Promise<Outcome>;

function on(open: () => Promise<ChaosStorage | null>, run: Run): Scenario['run'] {
  return async (size) => {
    const storage = await open();
    if (storage === null) return null;
    try {
      return await run(storage, size);
    } finally {
      await storage.remove();
    }
  };
}

/** Few webhooks tell as much of a disk as many. */
const few = 12;

function onSmallDisk(run: (disk: SmallDisk, size: Size) => Promise<Outcome>): Scenario['run'] {
  return async (size) => {
    const disk = mountSmallDisk();
    if (disk === null) return null;
    try {
      return await run(disk, { ...size, webhooks: Math.min(size.webhooks, few) });
    } finally {
      disk.remove();
    }
  };
}

export const all: readonly Scenario[] = [
  { name: 'A process that is killed again and again, on SQLite, honours what it answered', run: on(onSqlite, killed) },
  {
    name: 'Four processes that are killed at random, on PostgreSQL, honour what they answered',
    run: on(onPostgres, killed),
  },
  { name: 'Whatever fails, each pull request ends right, on SQLite', run: on(onSqlite, stormy) },
  { name: 'Whatever fails, each pull request ends right, on PostgreSQL', run: on(onPostgres, stormy) },
  { name: 'A full disk takes no webhook, and loses none', run: onSmallDisk(fullDisk) },
  { name: 'A disk that nobody can write to takes no webhook, and loses none', run: onSmallDisk(readOnlyDisk) },
];
