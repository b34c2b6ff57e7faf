// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { databaseIn } from '../../src/storage/sqlite.ts';

/** A disk of a few megabytes, to be filled. */
export interface SmallDisk {
  readonly folder: string;
  fill(): void;
  free(): void;
  /** Only while nothing has a file open on it. */
  setWritable(writable: boolean): void;
  remove(): void;
}

/** null where this user may not mount anything, as in most containers. */
export function mountSmallDisk(): SmallDisk | null {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-disk-'));
  if (!mount(['-t', 'tmpfs', '-o', 'size=8m,mode=0700', 'countersign', folder])) {
    rmdirSync(folder);
    return null;
  }
  const filler = join(folder, 'filler');
  return {
    folder,
    fill: () => {
      emptyLog(folder);
      const block = Buffer.alloc(4096);
      try {
        for (;;) appendFileSync(filler, block);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    },
    free: () => rmSync(filler),
    setWritable: (writable) => {
      if (!mount(['-o', `remount,${writable ? 'rw' : 'ro'}`, folder])) throw new Error(`${folder} cannot be remounted`);
    },
    remove: () => {
      spawnSync('umount', [folder]);
      rmdirSync(folder);
    },
  };
}

function mount(args: readonly string[]): boolean {
  return spawnSync('mount', args).status === 0;
}

/** SQLite writes over what its log no longer needs, which takes no room on the disk. */
function emptyLog(folder: string): void {
  const database = new DatabaseSync(databaseIn(folder), { timeout: 5_000 });
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
}
