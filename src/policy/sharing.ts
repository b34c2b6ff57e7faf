// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createHash } from 'node:crypto';
import { LruMap } from 'toad-cache';
import type { Effective } from './effective.ts';
import type { PolicySettings } from './schema.ts';

/**
 * Gives equal sections of different policies the same object. Repositories differ in a few keys, as a rule, and have the
 * rest in common: of 10,000 policies most sections are held once. `most` are remembered.
 */
export function createSharing(most: number): (effective: Effective) => Effective {
  const known = new LruMap<unknown>(most);
  const shared = <Value>(value: Value, key: string): Value => {
    const before = known.get(key);
    if (before !== undefined) return before as Value;
    known.set(key, value);
    return value;
  };
  return (effective) => {
    const { settings } = effective;
    if (settings === null) return effective;
    const sections = Object.entries(settings).map(([name, section]) => [
      name,
      shared(
        section,
        createHash('sha256')
          .update(`${name} ${JSON.stringify(section)}`)
          .digest('base64'),
      ),
    ]);
    return { ...effective, settings: Object.freeze(Object.fromEntries(sections)) as PolicySettings };
  };
}
