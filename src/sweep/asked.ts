// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { LruMap } from 'toad-cache';

/** What the sweep has had looked at, so that what a look cannot mend is not asked for with every sweep. */
export interface Asked {
  /** Whether to have it looked at now; true where its head is another than the last time. */
  due(key: string, headSha: string, now: number): boolean;
  note(key: string, headSha: string, now: number): void;
}

/** Waits before asking again for the same head: five minutes at first, doubled each time, a day at most. */
const firstWait = 5 * 60_000;
const longestWait = 24 * 60 * 60_000;
/** Where more pull requests than that are without checks, the first of them are asked for again too early: no harm. */
const remembered = 50_000;

/**
 * A pull request can be without check runs for good: where no policy holds, or where GitHub refuses them. In this
 * process's memory; whoever sweeps after a restart asks once more.
 */
export function createAsked(): Asked {
  const asked = new LruMap<{ readonly headSha: string; readonly at: number; readonly times: number }>(remembered);
  return {
    due: (key, headSha, now) => {
      const last = asked.get(key);
      if (last === undefined || last.headSha !== headSha) return true;
      return now >= last.at + Math.min(firstWait * 2 ** (last.times - 1), longestWait);
    },
    note: (key, headSha, now) => {
      const last = asked.get(key);
      asked.set(key, { headSha, at: now, times: last?.headSha === headSha ? last.times + 1 : 1 });
    },
  };
}
