// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import { checked } from './checked.ts';
import { AnswerError } from './errors.ts';

/** The parts of an Octokit that are touched here. */
interface Hooked {
  readonly hook: {
    wrap(
      name: 'request',
      wrapper: (request: (options: Options) => Promise<Answer>, options: Options) => Promise<Answer>,
    ): void;
  };
}
interface Options {
  readonly url: string;
}
interface Answer {
  readonly status: number;
  readonly headers: { readonly 'content-type'?: string };
  readonly data: unknown;
}

/** GraphQL answers with an object, whatever it holds. */
const graphqlAnswer = z.looseObject({});
/** What can stand in a header; the bar is Octokit's own, which joins by it what it keeps. */
const tokenAnswer = z.object({ token: z.string().regex(/^[!-{}~]+$/) });

/**
 * An Octokit plugin that takes for no answer what has a good status and is none. Octokit itself would make of a proxy's page,
 * or of nothing, an error that looks like a mistake of ours, for which work is given up; and of an answer without a token it
 * would keep none for an hour. Throws AnswerError.
 */
export function soundAnswers(octokit: Hooked): Record<string, never> {
  octokit.hook.wrap('request', async (request, options) => {
    const answer = await request(options);
    const { status, headers, data } = answer;
    // GitHub answers so only who asks for it, as nobody here does.
    if (headers['content-type']?.startsWith('text/html')) {
      throw new AnswerError(
        `a web page with status ${status} in place of an answer, as a proxy or a firewall gives it`,
      );
    }
    if (options.url.endsWith('/graphql')) checked(graphqlAnswer, data, 'a question of GraphQL');
    if (options.url.endsWith('/access_tokens')) checked(tokenAnswer, data, 'the request for a token');
    return answer;
  });
  return {};
}
