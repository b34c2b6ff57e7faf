// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { randomUUID } from 'node:crypto';
import { type Sql, told } from '../storage/postgres.ts';
import type { Leases } from './lease.ts';

/**
 * `idle` in milliseconds, null where there was no row. One that came to be, or was given up, while this statement ran was
 * held until just now. One that is held for longer than anybody may hold it was taken by a clock that was wrong, such as
 * that of a server from which another one has taken over, and would be held for as long as it was ahead.
 */
const take = `
  WITH before AS (SELECT until FROM countersign.lease WHERE name = $1)
  INSERT INTO countersign.lease AS held (name, holder, until)
  VALUES ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
  ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
  WHERE held.until <= clock_timestamp()
    OR held.until > clock_timestamp() + $3 * interval '1 millisecond' + interval '10 seconds'
  RETURNING CASE WHEN xmax = 0 THEN NULL ELSE
    greatest(0, 1000 * extract(epoch FROM clock_timestamp() - coalesce((SELECT until FROM before), clock_timestamp())))::float8
  END AS idle`;
const renew = `
  UPDATE countersign.lease SET until = clock_timestamp() + $3 * interval '1 millisecond'
  WHERE name = $1 AND holder = $2 AND until > clock_timestamp()
  RETURNING name`;
/** The row stays for a while, to tell whoever comes next since when nobody holds it. */
const release = `
  UPDATE countersign.lease SET until = clock_timestamp()
  WHERE name = $1 AND holder = $2 AND until > clock_timestamp()`;

/** Leases among all processes that share a database; its clock alone says what has expired. Throws StorageError. */
export function createPostgresLeases(sql: Sql): Leases {
  return {
    hold: async (name, ttlMs) => {
      const holder = randomUUID();
      const [taken] = await told(() => sql.query(take, [name, holder, ttlMs]));
      if (taken === undefined) return null;
      return {
        idle: taken.idle === null ? Number.POSITIVE_INFINITY : Number(taken.idle),
        renew: async () => (await told(() => sql.query(renew, [name, holder, ttlMs]))).length > 0,
        release: async () => {
          await told(() => sql.query(release, [name, holder]));
        },
      };
    },
  };
}
