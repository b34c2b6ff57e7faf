// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { PgBoss } from 'pg-boss';
import * as z from 'zod';
import type { Sql } from '../storage/postgres.ts';
import type { Entry } from './inbox.ts';
import { queue } from './postgres-queue.ts';
import { storedSubject } from './subject.ts';

/** A job of pg-boss's as it was handed out; `retryCount` tells the times apart. */
export interface Job {
  readonly id: string;
  readonly retryCount: number;
  /** Number of the installation. */
  readonly group: string;
}

/** An entry that was handed out, as it was then. */
export interface Taken {
  readonly key: string;
  readonly job: Job;
  readonly attempt: number;
  /** null: another version of Countersign put it, and this one cannot tell what it is. */
  readonly entry: Entry | null;
  readonly version: string;
  readonly priority: number;
}

const entryRow = z.object({
  key: z.string(),
  installation: z.coerce.string(),
  subject: storedSubject,
  delivery: z.string().nullable(),
  updated_at: z.string().nullable(),
  urgency: z.enum(['person', 'sweep']),
  priority: z.int(),
  attempt: z.int(),
  put_at: z.coerce.date(),
  version: z.coerce.string(),
});

/** Takes at most so many entries out, none of the installations named. */
export async function takeEntries(
  sql: Sql,
  boss: PgBoss,
  most: number,
  busy: readonly string[],
): Promise<readonly Taken[]> {
  const jobs = await boss.fetch<{ key: string }>(queue, { batchSize: most, ignoreGroups: [...busy] });
  if (jobs.length === 0) return [];
  const rows = await sql.query('SELECT * FROM countersign.entry WHERE key = ANY($1)', [
    jobs.map(({ data }) => data.key),
  ]);
  const entries = new Map(rows.map((row) => [String(row.key), entryRow.parse(row)]));
  const orphans = jobs.filter(({ data }) => !entries.has(data.key));
  // Somebody has deleted the entry by hand.
  if (orphans.length > 0) await boss.deleteJob(queue, orphans);
  const taken = jobs.flatMap(({ id, retryCount, data }) => {
    const row = entries.get(data.key);
    if (row === undefined) return [];
    const { key, installation, priority, attempt, version } = row;
    return { key, job: { id, retryCount, group: installation }, attempt, entry: entryOf(row), version, priority };
  });
  // pg-boss takes them out in this order, and hands them over in any.
  return taken.sort((a, b) => b.priority - a.priority);
}

function entryOf({ subject, delivery, updated_at, urgency, attempt, put_at }: z.output<typeof entryRow>): Entry | null {
  if (subject === null) return null;
  const entry = { subject, deliveryId: delivery, updatedAt: updated_at, attempt, putAt: put_at.getTime() };
  return urgency === 'sweep' ? { ...entry, urgency } : entry;
}
