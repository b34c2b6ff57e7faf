// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { randomUUID } from 'node:crypto';
import { type Sql, told } from '../storage/postgres.ts';
import type { Leases } from './lease.ts';

const take = `
  INSERT INTO countersign.lease AS held (name, holder, until)
  VALUES ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
  ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
  WHERE held.until <= clock_timestamp()
  RETURNING name`;
const renew = `
  UPDATE countersign.lease SET until = clock_timestamp() + $3 * interval '1 millisecond'
  WHERE name = $1 AND holder = $2 AND until > clock_timestamp()
  RETURNING name`;
const release = 'DELETE FROM countersign.lease WHERE name = $1 AND holder = $2';

/** Leases among all processes that share a database; its clock alone says what has expired. Throws StorageError. */
export function createPostgresLeases(sql: Sql): Leases {
  return {
    hold: async (name, ttlMs) => {
      const holder = randomUUID();
      const taken = await told(() => sql.query(take, [name, holder, ttlMs]));
      if (taken.length === 0) return null;
      return {
        renew: async () => (await told(() => sql.query(renew, [name, holder, ttlMs]))).length > 0,
        release: async () => {
          await told(() => sql.query(release, [name, holder]));
        },
      };
    },
  };
}
