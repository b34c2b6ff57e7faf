// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { PgBoss } from 'pg-boss';
import type { Database, Sql } from '../storage/postgres.ts';
import { deliveryLifetime } from './news.ts';
import { readAsked } from './postgres-dead-letters.ts';
import { storePuts } from './postgres-put.ts';
import { bossDatabase, failedQueue, mostInterruptions, queue } from './postgres-queue.ts';
import { bury } from './postgres-settle.ts';

/** What was given up, and somebody wants to have tried again. */
export async function revive(database: Database, boss: PgBoss): Promise<void> {
  if ((await database.query('SELECT FROM countersign.dead_letter WHERE asked LIMIT 1')).length === 0) return;
  await database.transaction(async (sql) => {
    // By one process at a time. Dead letters are locked after entries, as by every put: else each might wait for the other.
    await sql.query(`SELECT pg_advisory_xact_lock(hashtext('countersign revival'))`);
    const asked = await readAsked(sql);
    const puts = asked.map(({ subject, deliveryId, updatedAt }) => ({
      subjects: [subject],
      hint: { deliveryId, updatedAt },
      once: false,
    }));
    if (puts.length > 0) await storePuts(sql, boss, puts);
    await sql.query('DELETE FROM countersign.dead_letter WHERE key = ANY($1)', [asked.map(({ key }) => key)]);
  });
}

/** Jobs whose workers ended too often: pg-boss has moved them to a queue of their own. */
export async function buryFailed(database: Database, boss: PgBoss): Promise<void> {
  const jobs = await boss.fetch<{ key: string }>(failedQueue, { batchSize: 100 });
  if (jobs.length === 0) return;
  const why = `Countersign ended ${mostInterruptions} times while it looked at this`;
  await database.transaction(async (sql) => {
    const keys = jobs.map(({ data }) => data.key);
    await sql.query('SELECT FROM countersign.entry WHERE key = ANY($1) ORDER BY key FOR UPDATE', [keys]);
    // Put again since, so that there is another job.
    const put = await liveKeys(boss, sql, keys);
    const dead = keys.filter((key) => !put.has(key)).map((key) => ({ taken: { key }, why }));
    await bury(sql, dead);
    await sql.query('DELETE FROM countersign.entry WHERE key = ANY($1)', [dead.map(({ taken }) => taken.key)]);
  });
  await boss.deleteJob(failedQueue, jobs);
}

/** What is too old to matter. Several processes see to it, and none waits for another. */
export async function forget(database: Database): Promise<void> {
  await database.query(
    `DELETE FROM countersign.delivery WHERE id IN (
       SELECT id FROM countersign.delivery WHERE stored_at < now() - $1 * interval '1 millisecond'
       LIMIT 1000 FOR UPDATE SKIP LOCKED
     )`,
    [deliveryLifetime],
  );
  // Nobody asks any more since when they are free.
  await database.query("DELETE FROM countersign.lease WHERE until < now() - interval '1 hour'");
}

async function liveKeys(boss: PgBoss, sql: Sql, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const live = new Set<string>();
  for (const key of keys) {
    const jobs = await boss.findJobs(queue, { key, db: bossDatabase(sql) });
    if (jobs.some(({ state }) => state === 'created' || state === 'retry' || state === 'active')) live.add(key);
  }
  return live;
}

/** At a time: one statement that takes less than a second. */
const mostReplaced = 5_000;

/**
 * Entries whose job is gone, as after a backup of which only a part was restored: nobody would ever look at them. Those
 * that have only just become due are left out, since their worker may be about to take them.
 */
export async function replaceLostJobs(database: Database, boss: PgBoss): Promise<void> {
  const lost = await database.query(
    `SELECT key, installation, priority FROM countersign.entry
     WHERE due_at < now() - interval '1 minute' AND NOT EXISTS (
       SELECT FROM countersign_jobs.job
       WHERE job.name = '${queue}' AND job.policy = 'exclusive' AND job.state <= 'active'
         AND coalesce(job.singleton_key, '') = entry.key
     ) AND NOT EXISTS (
       SELECT FROM countersign_jobs.job
       WHERE job.name = '${failedQueue}' AND job.state <= 'active' AND job.data ->> 'key' = entry.key
     )
     LIMIT ${mostReplaced}`,
  );
  const jobs = lost.map(({ key, installation, priority }) => ({
    data: { key: String(key) },
    singletonKey: String(key),
    priority: Number(priority),
    group: { id: String(installation) },
  }));
  if (jobs.length > 0) await boss.insert(queue, jobs);
}
