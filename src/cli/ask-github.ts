// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { readGitHub } from '../configuration.ts';
import type { Contribution } from '../contribution/contribution.ts';
import { octokitWith } from '../github/client.ts';
import { classify } from '../github/errors.ts';
import { createLimiter } from '../github/limiter.ts';
import { type Fill, filled } from '../github/needs.ts';
import type { Asking } from '../github/read-pull-request.ts';
import { readForkCommits } from '../github/upstream/carried.ts';
import { readUpstream, withAnswer } from '../github/upstream/upstream.ts';
import type { Need, UpstreamQuestion } from '../rules/rule.ts';
import { unanswered } from '../rules/upstream/unanswered.ts';
import { UserError } from './user-error.ts';

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
  const { host, apiUrl } = addressIn(env);
  const limiter = createLimiter();
  const Client = octokitWith(limiter);
  const asking = { client: new Client({ auth: { token }, baseUrl: apiUrl }), host, appId: 0, pageSize: 100 };
  return {
    host,
    answer: async (contribution, needs) =>
      filled(contribution, await Promise.all(needs.map((need) => answer(asking, need)))),
    close: () => limiter.close(),
  };
}

function addressIn(env: Readonly<Record<string, string | undefined>>) {
  try {
    return readGitHub(env);
  } catch (error) {
    throw new UserError((error as Error).message);
  }
}

async function answer(asking: Asking, need: Need): Promise<Fill> {
  switch (need.fact) {
    case 'upstream':
      return answerQuestion(asking, need.question);
    case 'fork-commits':
      return readForkCommits(asking, need.head, need);
    default:
      return () => ({});
  }
}

/** A list in which some claims are not verified is better than no list. */
async function answerQuestion(asking: Asking, question: UpstreamQuestion): Promise<Fill> {
  try {
    return await readUpstream(asking, question);
  } catch (thrown) {
    const { why } = classify(thrown, Date.now());
    return ({ upstream }) => ({ upstream: withAnswer(upstream, unanswered(question, `GitHub says: ${why}`)) });
  }
}
