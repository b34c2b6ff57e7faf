// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createReadStream } from 'node:fs';
import { UserError } from './user-error.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'you may not read it',
  EPERM: 'you may not read it',
  EISDIR: 'it is a directory',
  ENOTDIR: 'its path goes through a file',
  ELOOP: 'its path goes round in symbolic links',
  ENAMETOOLONG: 'its name is too long',
};

/**
 * The bytes of a file, or of standard input for `-`.
 *
 * @param limit in bytes
 * @throws UserError where it cannot be read or is larger
 */
export async function readInput(path: string, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of path === '-' ? process.stdin : createReadStream(path)) {
      size += chunk.length;
      if (size > limit)
        throw new UserError(`${named(path)} is larger than ${limit / 1024 / 1024} MiB, the most that is read.`);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UserError(`${named(path)} cannot be read: ${reasons[code ?? ''] ?? message}.`);
  }
  return Buffer.concat(chunks, size);
}

/** The bytes as UTF-8 text without a byte order mark. @throws UserError */
export function textOf(bytes: Buffer, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UserError(`${named(path)} is not UTF-8 text.`);
  }
}

/** How messages call an input. */
export function named(path: string): string {
  if (path === '-') return 'Standard input';
  // As when a shell's variable was not set.
  return path === '' ? 'A file without a name' : path;
}
