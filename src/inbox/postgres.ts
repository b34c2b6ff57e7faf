// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { every } from '../every.ts';
import { batched } from '../storage/batch.ts';
import { type Database, type Sql, told } from '../storage/postgres.ts';
import type { Handler, Inbox } from './inbox.ts';
import { createPostgresDeadLetters } from './postgres-dead-letters.ts';
import { type Put, storePuts } from './postgres-put.ts';
import { startBoss } from './postgres-queue.ts';
import { type Outcome, storeOutcomes } from './postgres-settle.ts';
import { takeEntries } from './postgres-take.ts';
import { storableSubject } from './postgres-text.ts';
import { buryFailed, forget, replaceLostJobs, revive } from './postgres-upkeep.ts';
import { startWorker, type Worker } from './postgres-work.ts';
import type { OwnInbox, SchedulerEvents } from './scheduler.ts';

/** Puts and outcomes stored in one transaction. */
const mostPuts = 200;
const mostOutcomes = 50;
/** How often dead letters, failed jobs and old deliveries are seen to, in milliseconds. */
const upkeepInterval = 1_000;
/** How often entries are looked for whose jobs are lost, in milliseconds. */
const lostInterval = 60_000;
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
  let upkeep: readonly NodeJS.Timeout[] = [];
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
    const taken = await put({ ...each, subjects: each.subjects.map(storableSubject) });
    worker?.wake();
    return taken;
  }

  /** Each by itself: what stands in the way of one may stay there, and the others do not wait for it. */
  async function seeTo(...steps: readonly (() => Promise<void>)[]): Promise<void> {
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
      const often = () =>
        seeTo(
          () => revive(database, boss),
          () => buryFailed(database, boss),
          () => forget(database),
        );
      const seldom = () => seeTo(() => replaceLostJobs(database, boss));
      void seldom();
      upkeep = [every(upkeepInterval, often), every(lostInterval, seldom)];
    },
    stop: async (deadline) => {
      for (const timer of upkeep) clearInterval(timer);
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
      for (const timer of upkeep) clearInterval(timer);
      await boss.stop({ graceful: false });
    },
  };
}

/** A database that is away is told of by every statement. */
function nowAndThen(say: (error: Error) => void): (error: Error) => void {
  let quietUntil = 0;
  return (error) => {
    if (performance.now() < quietUntil) return;
    quietUntil = performance.now() + quiet;
    say(error);
  };
}

/**
 * A standby answers, and stores nothing. It refuses what deletes, be it nothing, and a connection on which something was
 * refused is not used again: the next one may be to the server that has taken over.
 */
async function isWritable(sql: Sql): Promise<boolean> {
  try {
    await sql.query('DELETE FROM countersign.entry WHERE false');
    return true;
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
