// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Contribution } from '../contribution/contribution.ts';
import { classify } from '../github/errors.ts';
import { type Fill, filled } from '../github/needs.ts';
import type { Asking } from '../github/read-pull-request.ts';
import { forkCommits, readForkCommits } from '../github/upstream/carried.ts';
import { readUpstream, withAnswer } from '../github/upstream/upstream.ts';
import type { Need } from '../rules/rule.ts';
import { unanswered } from '../rules/upstream/unanswered.ts';
import { clientWith } from './client.ts';

/** A command's way to GitHub, with the token of whoever runs it. */
export interface GitHub {
  /** Such as `github.com`. */
  readonly host: string;
  /** Fills in what GitHub knows about upstream; what else is needed is left alone. */
  answer(contribution: Contribution, needs: readonly Need[]): Promise<Contribution>;
  close(): void;
}

/** The GitHub at `GHE_HOST`, as for the App, asked with that token. @throws UserError where GHE_HOST is no host */
export function gitHubWith(token: string, env: Readonly<Record<string, string | undefined>>): GitHub {
  const { client, host, close } = clientWith(token, env);
  const asking = { client, host, appId: null, pageSize: 100 };
  return {
    host,
    answer: async (contribution, needs) =>
      filled(contribution, await Promise.all(needs.map((need) => answer(asking, need)))),
    close,
  };
}

/** A list in which some things are not known is better than no list. */
async function answer(asking: Asking, need: Need): Promise<Fill> {
  if (need.fact === 'upstream') {
    const { question } = need;
    return readUpstream(asking, question).catch((thrown: unknown) => {
      const why = `GitHub says: ${classify(thrown, Date.now()).why}`;
      return ({ upstream }) => ({ upstream: withAnswer(upstream, unanswered(question, why)) });
    });
  }
  if (need.fact === 'fork-commits') {
    return readForkCommits(asking, need.head, need).catch(() => forkCommits(need, null));
  }
  return () => ({});
}
