// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createHash } from 'node:crypto';
import type { Line, Statement, Verification } from './ledger.ts';

/** A line as it is stored: its text is what was hashed, byte for byte, and the rest is there to be found by. */
export interface Row {
  readonly seq: number;
  readonly at: string;
  readonly topic: string;
  readonly text: string;
  readonly hash: string;
}

/** In place of the hash of the line before the first one. */
const noHash = '0'.repeat(64);

/** The row that follows the last one, which is null where there is none. `at` is the time, in ISO 8601 and UTC. */
export function rowAfter(last: Pick<Row, 'seq' | 'hash'> | null, { topic, state, entry }: Statement, at: string): Row {
  const seq = (last?.seq ?? 0) + 1;
  const text = textOf({ ...entry, seq, at, topic, state, previous: last?.hash ?? noHash });
  return { seq, at, topic, text, hash: hashOf(text) };
}

export function lineOf({ text, hash }: Pick<Row, 'text' | 'hash'>): Line {
  return { ...(JSON.parse(text) as Omit<Line, 'hash'>), hash };
}

/**
 * Finds the first row that was altered, removed or added by anybody else; rows come in their order. What was cut off at
 * the end shows only by the last hash, if that was noted elsewhere.
 */
export async function verifyRows(rows: Iterable<Row> | AsyncIterable<Row>): Promise<Verification> {
  let seq = 0;
  let previous = noHash;
  for await (const row of rows) {
    seq += 1;
    const why = wrongWith(row, seq, previous);
    if (why !== null) return { intact: false, seq, why };
    previous = row.hash;
  }
  return { intact: true, lines: seq, head: previous };
}

function wrongWith(row: Row, seq: number, previous: string): string | null {
  if (row.seq !== seq) return `line ${seq} is missing`;
  if (hashOf(row.text) !== row.hash) return `line ${seq} was altered`;
  const line = lineOf(row);
  if (line.previous !== previous) return `line ${seq} does not follow the one before it`;
  if (line.seq !== seq || line.at !== row.at || line.topic !== row.topic) return `line ${seq} was altered`;
  return null;
}

/** The line as text, keys always in this order. */
function textOf(line: Omit<Line, 'hash'>): string {
  const { seq, at, topic, state, kind, host, repository, pullRequest, head, check } = line;
  const { by, code, findings, reason, link, policyCommit, previous } = line;
  const sorted = Object.fromEntries(Object.entries(findings).sort(([one], [other]) => (one < other ? -1 : 1)));
  return JSON.stringify({
    seq,
    at,
    kind,
    host,
    repository,
    pullRequest,
    head,
    check,
    by,
    code,
    findings: sorted,
    reason,
    link,
    policyCommit,
    topic,
    state,
    previous,
  });
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
