// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import type { Commit } from '../contribution/contribution.ts';
import { checked } from './checked.ts';
import { AnswerError } from './errors.ts';
import type { Asking } from './read-pull-request.ts';
import { botByAddress, dayIn } from './to-contribution.ts';

const identity = z
  .object({ name: z.string().optional(), email: z.string().optional(), date: z.string().optional() })
  .nullable();
const account = z.object({ login: z.string().optional(), type: z.string().optional() }).nullish();
const comparison = z.object({
  total_commits: z.int(),
  commits: z.array(
    z.object({
      sha: z.string(),
      parents: z.array(z.object({ sha: z.string() })),
      author: account,
      committer: account,
      commit: z.object({
        message: z.string(),
        author: identity,
        committer: identity,
        verification: z.object({ verified: z.boolean() }).optional(),
      }),
    }),
  ),
});
type ComparedCommit = z.output<typeof comparison>['commits'][number];

/**
 * The commits that `head` has and `base` has not, by "Compare two commits"; the total alone tells where they are more than
 * `most`. By object ids it is exact, and does not depend on a branch that somebody drops. @throws Octokit's errors
 */
export async function readComparedCommits(
  asking: Asking,
  { owner, name }: { readonly owner: string; readonly name: string },
  base: string,
  head: string,
  most: number = Number.POSITIVE_INFINITY,
): Promise<{ commits: Commit[]; total: number }> {
  const commits: Commit[] = [];
  for (let page = 1, total = 0; ; page += 1) {
    const { data } = await asking.client.request('GET /repos/{owner}/{repo}/compare/{basehead}', {
      owner,
      repo: name,
      basehead: `${base}...${head}`,
      per_page: 100,
      page,
    });
    const answer = checked(comparison, data, 'the comparison of two commits');
    if (page > 1 && answer.total_commits !== total) throw new AnswerError('the commits changed while they were read');
    total = answer.total_commits;
    if (total > most) return { commits: [], total };
    commits.push(...answer.commits.map((commit) => toCommit(commit, asking.host)));
    if (answer.commits.length === 0 || commits.length >= total) return { commits, total };
  }
}

/** REST names no signer: GitHub verifies the committer's key, its own where the committer is its `web-flow` account. */
function toCommit(compared: ComparedCommit, host: string): Commit {
  const { author, committer, message, verification } = compared.commit;
  const verified = verification?.verified === true;
  const byGitHub = verified && compared.committer?.login === 'web-flow';
  return {
    sha: compared.sha,
    message,
    author: author === null ? null : { name: author.name ?? '', email: author.email ?? '' },
    committer: committer === null ? null : { name: committer.name ?? '', email: committer.email ?? '' },
    authorAccount: toAccount(compared.author, author?.email, host),
    committerAccount: toAccount(compared.committer, committer?.email, host),
    signature: verified
      ? { valid: true, signer: byGitHub ? null : (compared.committer?.login ?? null), byGitHub }
      : null,
    authoredOn: dayIn(author?.date ?? ''),
    parents: compared.parents.map((parent) => parent.sha),
    paths: null,
  };
}

function toAccount(found: ComparedCommit['author'], email: string | undefined, host: string): Commit['authorAccount'] {
  if (found?.login === undefined) return botByAddress(email ?? '', host);
  return { login: found.login, type: found.type === 'Bot' ? 'Bot' : 'User' };
}
