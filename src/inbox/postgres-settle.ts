// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { PgBoss } from 'pg-boss';
import type { Sql } from '../storage/postgres.ts';
import type { Attempt } from './inbox.ts';
import { bossDatabase, queue } from './postgres-queue.ts';
import type { Taken } from './postgres-take.ts';
import { storableText } from './postgres-text.ts';

/** What came of an entry that was handed out. */
export interface Outcome {
  readonly taken: Taken;
  readonly attempt: Attempt;
}

/**
 * Stores what came of entries, within a transaction. Returns the outcomes that came too late: those of a worker that was
 * thought to have ended, so that its job was handed out again. What it looked at has to be looked at once more, since
 * what it wrote may be older than what others have written meanwhile.
 */
export async function storeOutcomes(sql: Sql, boss: PgBoss, outcomes: readonly Outcome[]): Promise<readonly Outcome[]> {
  const keys = outcomes.map(({ taken }) => taken.key);
  // Whoever puts one of these waits, and sees afterwards whether its job is still there.
  const locked = await sql.query(
    'SELECT key, version FROM countersign.entry WHERE key = ANY($1) ORDER BY key FOR UPDATE',
    [keys],
  );
  const versions = new Map(locked.map(({ key, version }) => [String(key), String(version)]));
  const db = bossDatabase(sql);
  const deleted = await boss.deleteJob(
    queue,
    outcomes.map(({ taken }) => taken.job),
    { db },
  );
  const held = new Set((deleted as { readonly settled?: readonly string[] }).settled ?? []);
  const mine = outcomes.filter(({ taken }) => held.has(taken.job.id));

  const again = mine.filter(({ taken }) => versions.get(taken.key) !== taken.version);
  const rest = mine.filter(({ taken }) => versions.get(taken.key) === taken.version);
  const waiting = rest.flatMap(({ taken, attempt }) => ('retryAfter' in attempt ? [{ taken, attempt }] : []));
  const dead = rest.flatMap(({ taken, attempt }) => ('dead' in attempt ? [{ taken, why: attempt.why }] : []));
  const ended = rest.filter(({ attempt }) => !('retryAfter' in attempt));

  await bury(sql, dead);
  if (ended.length > 0) {
    await sql.query('DELETE FROM countersign.entry WHERE key = ANY($1)', [ended.map(({ taken }) => taken.key)]);
  }
  await postpone(sql, waiting);
  const jobs = [
    ...again.map(({ taken }) => ({ taken, startAfter: 0 })),
    ...waiting.map(({ taken, attempt }) => ({ taken, startAfter: attempt.retryAfter / 1000 })),
  ].map(({ taken: { key, job, priority }, startAfter }) => ({
    data: { key },
    singletonKey: key,
    priority,
    startAfter,
    group: { id: job.group },
  }));
  if (jobs.length > 0) await boss.insert(queue, jobs, { db });
  return outcomes.filter(({ taken }) => !held.has(taken.job.id));
}

async function postpone(
  sql: Sql,
  waiting: readonly {
    readonly taken: Taken;
    readonly attempt: { readonly retryAfter: number; readonly counts?: boolean };
  }[],
): Promise<void> {
  if (waiting.length === 0) return;
  const rows = waiting.map(({ taken, attempt: { retryAfter, counts } }) => ({
    key: taken.key,
    attempt: taken.attempt + (counts === false ? 0 : 1),
    seconds: retryAfter / 1000,
  }));
  await sql.query(
    `UPDATE countersign.entry SET attempt = retry.attempt, due_at = now() + retry.seconds * interval '1 second'
     FROM json_to_recordset($1::json) AS retry (key text, attempt integer, seconds double precision)
     WHERE entry.key = retry.key`,
    [JSON.stringify(rows)],
  );
}

/** Turns entries into dead letters. */
export async function bury(
  sql: Sql,
  dead: readonly { readonly taken: Pick<Taken, 'key'>; readonly why: string }[],
): Promise<void> {
  if (dead.length === 0) return;
  const rows = dead.map(({ taken, why }) => ({ key: taken.key, why: storableText(why) }));
  await sql.query(
    `INSERT INTO countersign.dead_letter (key, subject, delivery, updated_at, attempt, why, put_at)
     SELECT key, subject, delivery, updated_at, attempt, given.why, put_at
     FROM json_to_recordset($1::json) AS given (key text, why text) JOIN countersign.entry USING (key)
     ON CONFLICT (key) DO UPDATE SET
       subject = excluded.subject, delivery = excluded.delivery, updated_at = excluded.updated_at,
       attempt = excluded.attempt, why = excluded.why, put_at = excluded.put_at, died_at = excluded.died_at,
       asked = false`,
    [JSON.stringify(rows)],
  );
}
