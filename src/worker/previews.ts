// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { LruMap } from 'toad-cache';
import type { Compared, Listed, Preview } from '../preview/preview.ts';

/** What came of a preview; `failed` says why none could be made. */
type PreviewMade = { readonly preview: Preview } | { readonly failed: string };

/**
 * Previews that this process made lately. That one was posted shows by the mark in the check run; this is for whoever pushes
 * again without changing the policy any further, and for going on where a rate limit came in between.
 */
export interface Previews {
  of(repository: string, key: string): PreviewMade | undefined;
  keep(repository: string, key: string, made: PreviewMade): void;
  /** What was seen before of a pull request with that head. */
  compared(repository: string, key: string, listed: Listed): Compared | undefined;
  keepCompared(repository: string, key: string, compared: Compared): void;
  /**
   * Whether a preview may be begun: 0, or the milliseconds to wait. Anybody can open a pull request that changes the policy,
   * and one after the other with another change: a repository gets one preview at a time, and so many an hour.
   */
  begin(repository: string): number;
  end(repository: string): void;
}

const anHour = 60 * 60_000;
/** With twenty pull requests each, some 250 of the 5,000 requests an hour that an installation has at least. */
const mostAnHour = 12;
/** How soon to ask again while another one is being made, in milliseconds. */
const busyWait = 5_000;
const rememberedPreviews = 200;
const rememberedPullRequests = 2_000;
const rememberedRepositories = 10_000;

export function createPreviews(now: () => number = Date.now): Previews {
  const made = new LruMap<PreviewMade>(rememberedPreviews, anHour);
  const seen = new LruMap<Compared>(rememberedPullRequests, anHour);
  const begun = new LruMap<readonly number[]>(rememberedRepositories, anHour);
  const busy = new Set<string>();
  const idOf = (repository: string, key: string, { number, headSha }: Listed) =>
    `${repository}#${number}@${headSha} ${key}`;
  return {
    of: (repository, key) => made.get(`${repository} ${key}`),
    keep: (repository, key, one) => made.set(`${repository} ${key}`, one),
    compared: (repository, key, listed) => seen.get(idOf(repository, key, listed)),
    keepCompared: (repository, key, compared) => seen.set(idOf(repository, key, compared.listed), compared),
    begin: (repository) => {
      if (busy.has(repository)) return busyWait;
      const lately = (begun.get(repository) ?? []).filter((time) => time > now() - anHour);
      const [first] = lately;
      if (first !== undefined && lately.length >= mostAnHour) return first + anHour - now();
      begun.set(repository, [...lately, now()]);
      busy.add(repository);
      return 0;
    },
    end: (repository) => void busy.delete(repository),
  };
}
