// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { PgBoss } from 'pg-boss';
import { batched } from '../storage/batch.ts';
import { type Database, type Sql, told } from '../storage/postgres.ts';
import type { Handler, Inbox } from './inbox.ts';
import { deliveryLifetime } from './news.ts';
import { createPostgresDeadLetters, readAsked } from './postgres-dead-letters.ts';
import { type Put, storePuts } from './postgres-put.ts';
import { bossDatabase, failedQueue, mostInterruptions, queue, startBoss } from './postgres-queue.ts';
import { bury, type Outcome, storeOutcomes } from './postgres-settle.ts';
import { takeEntries } from './postgres-take.ts';
import { startWorker, type Worker } from './postgres-work.ts';
import type { OwnInbox, SchedulerEvents } from './scheduler.ts';

/** Puts and outcomes stored in one transaction. */
const mostPuts = 200;
const mostOutcomes = 50;
/** How often dead letters, failed jobs and old deliveries are seen to, in milliseconds. */
const upkeepInterval = 1_000;
/** How long nothing more is said of a database that fails, in milliseconds. */
const quiet = 60_000;

/**
 * An inbox in PostgreSQL, for any number of processes. What is known of a subject is an entry of ours; whose turn it is
 * and who is at it is a job of pg-boss's, changed in the same transactions. Brings pg-boss's tables up to date.
 */
export async function createPostgresInbox(database: Database, events: SchedulerEvents): Promise<OwnInbox> {
  const fail = nowAndThen(events.onFailure);
  const boss = await told(() => startBoss(database, fail));
  let worker: Worker | null = null;
  let upkeep: NodeJS.Timeout | null = null;
  let closed = false;

  const put = batched<Put, number>(
    (puts) => told(() => database.transaction((sql) => storePuts(sql, boss, puts))),
    mostPuts,
  );
  const settle = batched<Outcome, boolean>(async (outcomes) => {
    const late = new Set(await told(() => database.transaction((sql) => storeOutcomes(sql, boss, outcomes))));
    return outcomes.map((outcome) => late.has(outcome));
  }, mostOutcomes);
  const deadLetters = createPostgresDeadLetters(database);

  async function putOne(each: Put): Promise<number> {
    const taken = await put(each);
    worker?.wake();
    return taken;
  }

  /** Each by itself: what stands in the way of one may stay there, and the others do not wait for it. */
  async function seeTo(): Promise<void> {
    const steps = [() => revive(database, boss), () => buryFailed(database, boss), () => forget(database)];
    for (const step of steps) {
      await step().catch((error: Error) => {
        if (!closed) fail(error);
      });
    }
  }

  return {
    put: async (subject, hint) => {
      await putOne({ subjects: [subject], hint, once: false });
    },
    receive: (subjects, hint) => putOne({ subjects, hint, once: true }),
    work: (handler: Handler, concurrency) => {
      worker = startWorker({
        boss,
        take: (most, busy) => takeEntries(database, boss, most, busy),
        settle: async (taken, attempt) => {
          const late = await settle({ taken, attempt });
          if (!late || taken.entry === null) return;
          const { subject, deliveryId, updatedAt } = taken.entry;
          await putOne({ subjects: [subject], hint: { deliveryId, updatedAt }, once: false });
        },
        handler,
        concurrency,
        onError: events.onError,
        onFailure: fail,
      });
      upkeep = setInterval(() => void seeTo(), upkeepInterval);
    },
    stop: async (deadline) => {
      clearInterval(upkeep ?? undefined);
      await worker?.stop(deadline);
    },
    stats: () => told(() => readStats(database)),
    writable: () => isWritable(database),
    deadLetters: {
      ...deadLetters,
      retry: async (keys) => {
        const count = await deadLetters.retry(keys);
        await told(() => revive(database, boss));
        worker?.wake();
        return count;
      },
    },
    close: async () => {
      closed = true;
      clearInterval(upkeep ?? undefined);
      await boss.stop({ graceful: false });
    },
  };
}

/** A database that is away is told of by every statement. */
function nowAndThen(say: (error: Error) => void): (error: Error) => void {
  let quietUntil = 0;
  return (error) => {
    if (Date.now() < quietUntil) return;
    quietUntil = Date.now() + quiet;
    say(error);
  };
}

/** What was given up, and somebody wants to have tried again. */
async function revive(database: Database, boss: PgBoss): Promise<void> {
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
async function buryFailed(database: Database, boss: PgBoss): Promise<void> {
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
async function forget(database: Database): Promise<void> {
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

/** A standby answers, and stores nothing. */
async function isWritable(sql: Sql): Promise<boolean> {
  try {
    const [row] = await sql.query('SELECT pg_is_in_recovery() AS standby', []);
    return row?.standby === false;
  } catch {
    return false;
  }
}

async function readStats(sql: Sql): ReturnType<Inbox['stats']> {
  const [row] = await sql.query(
    `SELECT count(*) AS depth,
            greatest(0, 1000 * extract(epoch FROM clock_timestamp() - min(put_at)))::float8 AS age,
            (SELECT count(*) FROM countersign.dead_letter) AS dead
     FROM countersign.entry`,
  );
  return { depth: Number(row?.depth), oldestAgeMs: Number(row?.age ?? 0), deadLetters: Number(row?.dead) };
}
