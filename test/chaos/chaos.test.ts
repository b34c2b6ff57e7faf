// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { expect, test } from '@jest/globals';
import { all, type Scenario } from './all.ts';

// The short form; `npm run chaos` is the long one.
const size = {
  webhooks: 100,
  organisations: 2,
  pace: 10,
  patience: 10_000,
  calm: 90_000,
  seed: 1,
  kills: { most: 3, within: 1_700 },
  away: 3_000,
};
/** Processes that are killed and started again take their time on a machine that has other work. */
const patience = 300_000;

// Side by side: much of the time they wait for leases and heartbeats of processes that were killed.
test.concurrent.each(all.map((scenario): [string, Scenario] => [scenario.name, scenario]))(
  '%s',
  async (_, { run }) => {
    const outcome = await run(size);
    if (outcome === null) console.warn('Left out: this machine has no PostgreSQL server, or lets nobody mount a disk.');
    expect(outcome?.wrong ?? []).toEqual([]);
  },
  patience,
);
