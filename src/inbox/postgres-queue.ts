// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type Db, PgBoss } from 'pg-boss';
import type { Database, Sql } from '../storage/postgres.ts';

/** Where the jobs are whose subjects wait to be looked at, and those that pg-boss has given up. */
export const queue = 'look';
export const failedQueue = 'look-failed';

/** A worker that has not been heard of for so many seconds has ended, and its jobs are handed out again. */
const heartbeatSeconds = 20;
/** How often that is looked for. */
const superviseSeconds = 5;
/** Whatever is being handled each time that a worker ends may be what ends it. */
export const mostInterruptions = 8;

const day = 24 * 60 * 60;

/** Starts pg-boss in a schema of its own, which it creates or brings up to date. */
export async function startBoss(database: Database, onError: (error: Error) => void): Promise<PgBoss> {
  const boss = new PgBoss({
    db: bossDatabase(database),
    schema: 'countersign_jobs',
    schedule: false,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
    maintenanceIntervalSeconds: 3_600,
    // Jobs of ours do not depend on one another.
    flowIntervalSeconds: 3_600,
  });
  boss.on('error', onError);
  await boss.start();
  await boss.createQueue(failedQueue, { retentionSeconds: 365 * day });
  // One job for each key, waiting or handed out: what is put meanwhile is noted with the entry.
  await boss.createQueue(queue, { policy: 'exclusive', ...settings });
  // Where the queue was made by an earlier version, it has that one's settings.
  await boss.updateQueue(queue, settings);
  // pg-boss reads about a queue once. Within a transaction of ours it would wait for a connection that others may have
  // taken who wait for the same.
  for (const name of [queue, failedQueue]) await boss.findJobs(name, { id: noJob });
  return boss;
}

const noJob = '00000000-0000-0000-0000-000000000000';

const settings = {
  heartbeatSeconds,
  expireInSeconds: 2 * 60 * 60,
  retentionSeconds: 365 * day,
  // Only an end of the worker is a failure here: a look that fails puts a new job in place of its own.
  retryLimit: mostInterruptions - 1,
  retryDelay: 5,
  retryBackoff: true,
  retryDelayMax: 600,
  deadLetter: failedQueue,
  deleteAfterSeconds: 3_600,
};

/**
 * Has jobs that wait handed out now, with those priorities. pg-boss does it for one job at a time, and looks through all
 * that wait for each: this is its `update` for many, by the index that keeps their keys apart.
 */
export async function bringForward(
  sql: Sql,
  jobs: readonly { readonly key: string; readonly priority: number }[],
): Promise<void> {
  await sql.query(
    `UPDATE countersign_jobs.job SET start_after = least(job.start_after, now()), priority = wanted.priority
     FROM json_to_recordset($1::json) AS wanted (key text, priority integer)
     WHERE job.name = '${queue}' AND job.policy = 'exclusive' AND job.state < 'active'
       AND coalesce(job.singleton_key, '') = wanted.key
       AND (job.start_after > now() OR job.priority <> wanted.priority)`,
    [JSON.stringify(jobs.map(({ key, priority }) => ({ key, priority })))],
  );
}

/** How pg-boss speaks to a database, or within a transaction of ours. */
export function bossDatabase(sql: Sql): Db {
  return { executeSql: async (text, values) => ({ rows: [...(await sql.query(text, values))] }) };
}
