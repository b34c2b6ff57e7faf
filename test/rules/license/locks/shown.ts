// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { readLock } from '../../../../src/rules/license/locks/lock.ts';

/** Each package as `line purl`, with its license behind it where the file gives one; a problem as `line problem`. */
export function shown(path: string, text: string): readonly string[] {
  const lock = readLock(path, text);
  if (lock === null) throw new Error(`${path} is not taken for a lock file.`);
  const packages = lock.packages.map(
    ({ purl, license, line }) => `${line} ${purl}${license === null ? '' : ` (${license})`}`,
  );
  return lock.problem === null ? packages : [...packages, `${lock.problem.line} problem`];
}
