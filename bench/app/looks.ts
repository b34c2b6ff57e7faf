// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { isDeepStrictEqual } from 'node:util';
import type { News } from './fake-github.ts';
import { expectedChecks } from './pull-requests.ts';

export interface Looks {
  hear(news: News): void;
  fail(why: string): void;
  /** What was heard of these pull requests, once it is of all of them. Rejects where something was wrong. */
  all(indices: readonly number[]): Promise<readonly News[]>;
}

/** Milliseconds without news after which none is waited for. GitHub's limits are renewed each minute. */
const patience = 90_000;

/** Gathers the news, and holds them against what has to be: each pull request once, with the right conclusions. */
export function createLooks(): Looks {
  const known = new Map<number, News>();
  let wrong: string | null = null;
  let wake = () => {};
  const say = (why: string) => {
    wrong ??= why;
    wake();
  };
  const check = (news: News) => {
    if (known.has(news.index)) say(`Pull request ${news.index} got its check runs twice`);
    const expected = expectedChecks(news.index);
    if (isDeepStrictEqual(news.checks, expected)) return;
    say(`Pull request ${news.index} got ${JSON.stringify(news.checks)} and not ${JSON.stringify(expected)}`);
  };
  return {
    hear: (news) => {
      check(news);
      known.set(news.index, news);
      wake();
    },
    fail: say,
    all: async (indices) => {
      const missing = () => indices.filter((index) => !known.has(index));
      const waited = new Set(missing());
      while (wrong === null && waited.size > 0) {
        const heard = await Promise.race([
          new Promise<true>((resolve) => {
            wake = () => resolve(true);
          }),
          new Promise<false>((resolve) => setTimeout(() => resolve(false), patience).unref()),
        ]);
        if (!heard) say(`${missing().length} pull requests got no check runs`);
        for (const index of waited) if (known.has(index)) waited.delete(index);
      }
      if (wrong !== null) throw new Error(wrong);
      return indices.flatMap((index) => known.get(index) ?? []);
    },
  };
}
