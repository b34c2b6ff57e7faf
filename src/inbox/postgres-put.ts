// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { PgBoss } from 'pg-boss';
import type { Sql } from '../storage/postgres.ts';
import type { Hint, Urgency } from './inbox.ts';
import { isNews, newerHint, sweepsLeaveAlone } from './news.ts';
import { bossDatabase, bringForward, queue } from './postgres-queue.ts';
import { installationOf, type Subject, subjectKey } from './subject.ts';

/** Subjects that are put together; those of a delivery are taken once. */
export interface Put {
  readonly subjects: readonly Subject[];
  readonly hint: Hint;
  /** Whether what a delivery names that is known already is left alone, unless it failed. */
  readonly once: boolean;
}

interface Wanted {
  readonly key: string;
  readonly subject: Subject;
  readonly hint: Hint;
  readonly news: boolean;
}

/** Stores what was put, within a transaction. Returns how many subjects of each put were taken. */
export async function storePuts(sql: Sql, boss: PgBoss, puts: readonly Put[]): Promise<readonly number[]> {
  const repeated = await rememberDeliveries(sql, puts);
  const keys = puts.flatMap(({ subjects }) => subjects.map(subjectKey));
  const standing = await readStanding(sql, keys);
  const taken = puts.map(({ subjects, hint, once }) => {
    if (!once || !repeated.has(hint.deliveryId ?? '')) return subjects;
    return subjects.filter((subject) => standing.failed.has(subjectKey(subject)));
  });
  const wanted = merge(puts.map(({ hint }, index) => ({ subjects: taken[index] ?? [], hint })));
  const stored = await saveEntries(
    sql,
    wanted.filter(({ key, news }) => news || !standing.leftAlone.has(key)),
  );
  await placeJobs(sql, boss, stored);
  await sql.query('DELETE FROM countersign.dead_letter WHERE key = ANY($1)', [stored.map(({ key }) => key)]);
  return taken.map(({ length }) => length);
}

/** The deliveries that were stored before. In one order, so that no two processes wait for each other. */
async function rememberDeliveries(sql: Sql, puts: readonly Put[]): Promise<ReadonlySet<string>> {
  const ids = puts.flatMap(({ hint, once }) => (once && hint.deliveryId !== null ? [hint.deliveryId] : []));
  const sorted = [...new Set(ids)].sort();
  if (sorted.length === 0) return new Set();
  const fresh = await sql.query(
    'INSERT INTO countersign.delivery (id) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING RETURNING id',
    [sorted],
  );
  const known = new Set(sorted);
  for (const { id } of fresh) known.delete(String(id));
  return known;
}

/** What is known of the keys: those that wait to be tried again or were given up, and those that no sweep disturbs. */
async function readStanding(sql: Sql, keys: readonly string[]) {
  const rows = await sql.query(
    `SELECT key, due_at > clock_timestamp() AS failed, true AS alone FROM countersign.entry WHERE key = ANY($1)
     UNION ALL
     SELECT key, true, died_at > now() - $2 * interval '1 millisecond' FROM countersign.dead_letter WHERE key = ANY($1)`,
    [keys, sweepsLeaveAlone],
  );
  const having = (column: string) => new Set(rows.filter((row) => row[column] === true).map(({ key }) => String(key)));
  return { failed: having('failed'), leftAlone: having('alone') };
}

/** Each subject once, with the newest hint. */
function merge(puts: readonly Pick<Put, 'subjects' | 'hint'>[]): readonly Wanted[] {
  const wanted = new Map<string, Wanted>();
  for (const { subjects, hint } of puts) {
    for (const subject of subjects) {
      const key = subjectKey(subject);
      const before = wanted.get(key);
      const merged = before === undefined ? hint : newerHint(before.hint, hint);
      wanted.set(key, { key, subject, hint: merged, news: before?.news === true || isNews(hint) });
    }
  }
  return [...wanted.values()];
}

interface Saved {
  readonly key: string;
  readonly installation: string;
  readonly priority: number;
  readonly inserted: boolean;
  readonly news: boolean;
}

/** An entry that is there already keeps its place, unless a person now waits for what a sweep had put. */
const saveEntry = `
  INSERT INTO countersign.entry AS entry (key, installation, subject, delivery, updated_at, urgency, priority, attempt)
  SELECT put.key, installation, put.subject, put.delivery, put.updated_at, put.urgency, put.priority,
         coalesce(dead_letter.attempt, 1)
  FROM json_to_recordset($1::json) AS put (
    key text, installation bigint, subject jsonb, delivery text, updated_at text, urgency text, priority integer,
    news boolean
  )
  LEFT JOIN countersign.dead_letter ON dead_letter.key = put.key AND NOT put.news
  ORDER BY put.key
  ON CONFLICT (key) DO UPDATE SET
    subject = excluded.subject,
    delivery = coalesce(excluded.delivery, entry.delivery),
    updated_at = greatest(excluded.updated_at, entry.updated_at),
    urgency = least(excluded.urgency, entry.urgency),
    priority = CASE WHEN excluded.urgency < entry.urgency THEN excluded.priority ELSE entry.priority END,
    version = entry.version + 1,
    attempt = 1,
    due_at = now()
  RETURNING key, installation, priority, xmax = 0 AS inserted`;

async function saveEntries(sql: Sql, wanted: readonly Wanted[]): Promise<readonly Saved[]> {
  if (wanted.length === 0) return [];
  const priorities = await nextPriorities(sql, wanted);
  const rows = wanted.map(({ key, subject, hint, news }, index) => {
    const { deliveryId, updatedAt, urgency = 'person' } = hint;
    const times = { updated_at: updatedAt, priority: priorities[index], news };
    return { key, installation: installationOf(subject), subject, delivery: deliveryId, urgency, ...times };
  });
  const saved = await sql.query(saveEntry, [JSON.stringify(rows)]);
  const news = new Map(wanted.map((each) => [each.key, each.news]));
  return saved.map(({ key, installation, priority, inserted }) => ({
    key: String(key),
    installation: String(installation),
    priority: Number(priority),
    inserted: inserted === true,
    news: news.get(String(key)) === true,
  }));
}

/** Sweeps come after persons, whatever their place. */
const sweepPriority = -1_000_000;
/** Places are counted so far; who comes later has the last one. */
const lastPlace = 10_000;

/**
 * pg-boss hands out by priority, then by age. An entry's is its place among those of its installation, so that
 * installations take turns however much of one waits.
 */
async function nextPriorities(sql: Sql, wanted: readonly Wanted[]): Promise<readonly number[]> {
  const places = new Map<string, number>();
  const lines = new Set(wanted.map(lineOf));
  const counted = await sql.query(
    `SELECT line, (
       SELECT count(*) FROM (
         SELECT FROM countersign.entry
         WHERE installation = split_part(line, ' ', 1)::bigint AND urgency = split_part(line, ' ', 2)
         LIMIT $2
       ) AS entries
     ) AS places
     FROM unnest($1::text[]) AS line`,
    [[...lines], lastPlace],
  );
  for (const row of counted) places.set(String(row.line), Number(row.places));
  return wanted.map((each) => {
    const place = places.get(lineOf(each)) ?? 0;
    places.set(lineOf(each), place + 1);
    return -Math.min(place, lastPlace) + (urgencyOf(each) === 'sweep' ? sweepPriority : 0);
  });
}

function urgencyOf({ hint: { urgency = 'person' } }: Wanted): Urgency {
  return urgency;
}

function lineOf(wanted: Wanted): string {
  return `${installationOf(wanted.subject)} ${urgencyOf(wanted)}`;
}

/**
 * A job for each entry that is new or was heard of again, unless there is one: that one is brought forward where it waits,
 * and left alone where it is being handled. In this order, so that a job which fails meanwhile is still found.
 */
async function placeJobs(sql: Sql, boss: PgBoss, saved: readonly Saved[]): Promise<void> {
  const wanted = saved.filter(({ inserted, news }) => inserted || news);
  if (wanted.length === 0) return;
  const jobs = wanted.map(({ key, installation, priority }) => ({
    data: { key },
    singletonKey: key,
    priority,
    group: { id: installation },
  }));
  await boss.insert(queue, jobs, { db: bossDatabase(sql) });
  await bringForward(sql, wanted);
}
