// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Commit, Contribution } from '../../contribution/contribution.ts';
import { say } from '../text.ts';
import type { Finding } from '../verdict.ts';
import { gap } from './gaps.ts';
import type { Identities } from './identity.ts';

/**
 * Pull requests that the queue's own commits name and that are not among those read. Nobody has looked at their
 * commits, and that some sign-off stands in what the queue built of them says little.
 */
export function unknownPullRequests(
  contribution: Contribution,
  built: readonly Commit[],
  identities: Identities,
): Finding[] {
  const queued = contribution.queued ?? [];
  const known = new Set(queued.map(({ pullRequest }) => pullRequest?.number));
  // Rebasing keeps a commit's title, in which its author may name any pull request.
  const own = new Set(queued.flatMap(({ commits }) => commits.map((commit) => origin(commit, identities))));
  const named = built.filter((commit) => !own.has(origin(commit, identities))).flatMap((commit) => numberIn(commit));
  return [...new Set(named)]
    .filter((number) => !known.has(number))
    .map((number) =>
      gap(
        'dco.queue-unknown',
        say`The pull request #${number} is in this merge group and could not be read.`,
        contribution,
      ),
    );
}

/** What a commit has in common with the one that it was rebuilt from. */
export function origin({ author, message }: Commit, identities: Identities): string {
  return `${author && identities.key(author)}\n${message.trim()}`;
}

/** GitHub puts the number of the pull request last, whatever its title says. */
export function titleOf({ message }: Commit): string {
  return message.trimStart().split('\n', 1).join('').trimEnd();
}

/** The pull request that GitHub names in the title of a squashed commit, or of a merge; none or one. */
function numberIn(commit: Commit): number[] {
  const title = titleOf(commit);
  const number = /\(#(\d{1,10})\)$/.exec(title)?.[1] ?? /^Merge pull request #(\d{1,10}) from /.exec(title)?.[1];
  return number === undefined ? [] : [Number(number)];
}
