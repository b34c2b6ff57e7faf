// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createHash } from 'node:crypto';
import { LruMap } from 'toad-cache';
import type { Effective } from './effective.ts';
import type { Origins } from './merge.ts';
import type { PolicySettings } from './schema.ts';

/** Less than this, as JSON, is not worth an entry of its own. */
const smallest = 40;

/**
 * Gives equal parts of different policies the same object. Repositories differ in a few keys, as a rule, and have the rest
 * in common: of 10,000 policies most parts are held once. `most` parts are remembered.
 */
export function createSharing(most: number): (effective: Effective) => Effective {
  const known = new LruMap<unknown>(most);
  const once = <Value>(value: Value, json: string): Value => {
    if (json.length < smallest) return value;
    const key = createHash('sha256').update(json).digest('base64');
    const before = known.get(key);
    if (before !== undefined) return before as Value;
    known.set(key, value);
    return value;
  };
  const share = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const parts = Array.isArray(value)
      ? value.map(share)
      : Object.fromEntries(Object.entries(value).map(([key, part]) => [key, share(part)]));
    return once(Object.freeze(parts), JSON.stringify(value));
  };
  const shareOrigins = (origins: Origins): Origins => once(origins, `origins ${JSON.stringify([...origins])}`);
  return (effective) => ({
    ...effective,
    settings: share(effective.settings) as PolicySettings | null,
    origins: shareOrigins(effective.origins),
  });
}
