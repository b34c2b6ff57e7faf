// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The checkout's root. */
export const root = join(import.meta.dirname, '../..');

/** Paths, from the root, of every file that is in the repository or would be with `git add .`. */
export function files(): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  return listed.split('\0').filter((path) => path !== '' && existsSync(join(root, path)));
}

/** A file's text. */
export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** A JSON file's value, to be looked at with care. */
export function readJson(path: string): unknown {
  return JSON.parse(read(path));
}
