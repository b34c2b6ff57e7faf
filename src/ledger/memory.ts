// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { lineOf, type Row, rowAfter, verifyRows } from './chain.ts';
import type { Ledger } from './ledger.ts';
import { newsIn } from './news.ts';

/** A ledger that ends with the process, for tests and trials. */
export function createMemoryLedger(now: () => Date = () => new Date()): Ledger {
  const rows: Row[] = [];
  return {
    async record(account) {
      const newest = new Map(rows.map((row) => [row.topic, row]));
      const added: Row[] = [];
      for (const one of newsIn(account, [...newest.values()].map(lineOf))) {
        added.push(rowAfter(added.at(-1) ?? rows.at(-1) ?? null, one, now().toISOString()));
      }
      rows.push(...added);
      return added.length;
    },
    async *lines(since) {
      for (const row of [...rows]) if (row.at >= (since ?? '')) yield lineOf(row);
    },
    verify: () => verifyRows([...rows]),
    close: async () => {},
  };
}
