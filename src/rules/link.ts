// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { posix } from 'node:path';
import type { Entry } from '../contribution/contribution.ts';

/** The directory of a path, empty for the root. */
export function directoryOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

/** In characters: systems take no longer paths, and each is asked for. */
const longest = 4096;

/** The path that a relative one leads to from a directory; null where it leads out of the repository. */
export function pathFrom(directory: string, relative: string): string | null {
  if (relative.length > longest || relative === '' || relative.startsWith('/') || relative.includes('\0')) return null;
  const path = posix.join(directory, relative).replace(/\/$/, '');
  return path === '.' || path === '..' || path.startsWith('../') ? null : path;
}

/** Where a symbolic link at a path points; null: it is none, or points out of the repository. */
export function linkTarget(path: string, entry: Entry | undefined): string | null {
  if (entry?.kind !== 'file' || entry.mode !== 'symlink' || entry.text === null) return null;
  return pathFrom(directoryOf(path), entry.text);
}
