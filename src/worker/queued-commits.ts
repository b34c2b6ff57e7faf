// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Contribution, Facts } from '../contribution/contribution.ts';

/**
 * The commits of a merge group that come from each queued pull request: its own, and those that the queue built from
 * them with another id. GitHub puts a pull request's number last in a squash commit's title, and a rebase keeps the
 * message; where that leaves a doubt, the commit is nobody's.
 */
export function commitsOfQueued(group: Contribution, queued: readonly Facts[]): readonly ReadonlySet<string>[] {
  const own = queued.map(({ commits }) => new Set(commits.map(({ sha }) => sha)));
  const messages = queued.map(({ commits }) => new Set(commits.map(({ message }) => message.trim())));
  const from = queued.map((_, index) => new Set(own[index]));
  for (const { sha, message } of group.commits) {
    if (own.some((shas) => shas.has(sha))) continue;
    const whole = message.trim();
    const title = whole.split('\n', 1).join('').trimEnd();
    const makers = queued.filter(
      ({ pullRequest }, index) =>
        messages[index]?.has(whole) || (pullRequest !== null && title.endsWith(`(#${pullRequest.number})`)),
    );
    const [maker, ...others] = makers;
    if (maker !== undefined && others.length === 0) from[queued.indexOf(maker)]?.add(sha);
  }
  return from;
}
