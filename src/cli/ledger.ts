// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import { type Format, heading, row } from '../ledger/export.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type StoredOptions, withStored } from './stored.ts';
import { UserError } from './user-error.ts';

/**
 * `countersign ledger verify`: 0 where every line is as it was written, 1 where one was altered, removed or added, or
 * where the hash that was noted before is not among them.
 */
export async function verify(options: StoredOptions & { readonly expect?: string }): Promise<number> {
  // A slip while it was copied must not look like a ledger that was cut off.
  if (options.expect !== undefined && !/^[\da-f]{64}$/i.test(options.expect)) {
    throw new UserError('--expect takes a hash as verify prints it: 64 of the digits 0 to 9 and a to f.');
  }
  return withStored(options, async ({ ledger }) => {
    const result = await ledger.verify();
    if (!result.intact) {
      process.stdout.write(`not intact: ${result.why}\n`);
      return 1;
    }
    if (options.expect !== undefined && !(await holds(ledger, options.expect))) {
      process.stdout.write(`not intact: no line has the hash that was noted; lines were removed from the end\n`);
      return 1;
    }
    process.stdout.write(
      `intact: ${result.lines} ${result.lines === 1 ? 'line' : 'lines'}, last hash ${result.head}\n`,
    );
    return 0;
  });
}

async function holds(ledger: Ledger, hash: string): Promise<boolean> {
  for await (const line of ledger.lines(null)) if (line.hash === hash.toLowerCase()) return true;
  return false;
}

/** `countersign ledger export`: prints what was decided since a day or a time, oldest first. */
export async function exportLines(options: StoredOptions & { readonly since?: string; readonly format: Format }) {
  const since = options.since === undefined ? null : timeOf(options.since);
  return withStored(options, async ({ ledger }) => {
    process.stdout.write(heading(options.format));
    for await (const line of ledger.lines(since)) process.stdout.write(row(line, options.format));
    return 0;
  });
}

const time = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

function timeOf(text: string): string {
  if (!time.safeParse(text).success) {
    throw new UserError(`--since takes a day such as 2026-01-31, or a time such as 2026-01-31T12:00:00Z.`);
  }
  return new Date(text).toISOString();
}
