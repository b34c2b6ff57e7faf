// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Contribution, Facts } from '../contribution/contribution.ts';

/** By the id of a commit in a merge group the ids of the pull request's own commits that it was made from. */
export type Origins = ReadonlyMap<string, readonly string[]>;

/**
 * For each queued pull request the commits of a merge group that come from it: its own, and those that the queue built
 * from them with another id. GitHub puts a pull request's number last in a squash commit's title, and a rebase keeps the
 * message; where that leaves a doubt, the commit is nobody's.
 */
export function originsOf(group: Pick<Contribution, 'commits'>, queued: readonly Facts[]): readonly Origins[] {
  const own = new Set(queued.flatMap(({ commits }) => commits.map(({ sha }) => sha)));
  const origins = queued.map(({ commits }) => new Map(commits.map(({ sha }) => [sha, [sha] as readonly string[]])));
  for (const { sha, message } of group.commits) {
    if (own.has(sha)) continue;
    const from = queued.map((facts) => madeFrom(message, facts));
    const [maker, ...others] = from.flatMap((shas, index) => (shas.length > 0 ? index : []));
    if (maker !== undefined && others.length === 0) origins[maker]?.set(sha, from[maker] ?? []);
  }
  return origins;
}

function madeFrom(message: string, { commits, pullRequest }: Facts): readonly string[] {
  const whole = message.trim();
  const title = whole.split('\n', 1).join('').trimEnd();
  const isSquash = pullRequest !== null && title.endsWith(`(#${pullRequest.number})`);
  return commits.filter((commit) => isSquash || commit.message.trim() === whole).map(({ sha }) => sha);
}
