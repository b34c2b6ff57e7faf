// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import { type CarriedIssue, readIssueMark } from '../report/carried-issue.ts';
import { checked } from './checked.ts';
import type { Client } from './client.ts';

/** Whose issue, and where. */
export interface IssuePlace {
  readonly owner: string;
  readonly repo: string;
  /** The App's own login, such as `countersign[bot]`: what somebody else wrote is never taken for ours. */
  readonly author: string;
}

export type Kept = 'made' | 'brought up to date' | 'closed' | 'opened again' | 'left as it is' | 'not needed';

const issue = z.object({
  number: z.int(),
  title: z.string(),
  body: z.string().nullish(),
  state: z.string(),
  user: z.object({ login: z.string() }).nullable(),
});
const issues = z.array(issue);
type Issue = z.output<typeof issue>;

/**
 * Makes the one issue of a repository say what it should: made where there is something to do, edited, closed where
 * nothing is left, opened again where there is something new. Somebody else may close it: then it stays closed until there
 * is something else to do. Says what came of it. @throws Octokit's errors
 */
export async function keepIssue(client: Client, place: IssuePlace, wanted: CarriedIssue): Promise<Kept> {
  const { owner, repo } = place;
  const { title, body, digest } = wanted;
  const found = await findOwnIssue(client, place, digest !== null);
  if (found === null) {
    if (digest === null) return 'not needed';
    await client.request('POST /repos/{owner}/{repo}/issues', { owner, repo, title, body });
    return 'made';
  }
  const edit = (more: { state?: 'open' | 'closed'; state_reason?: 'completed' } = {}) =>
    client.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
      owner,
      repo,
      issue_number: found.number,
      title,
      body,
      ...more,
    });
  if (found.state === 'closed') {
    if (digest === null || readIssueMark(found.body ?? '') === digest) return 'left as it is';
    await edit({ state: 'open' });
    return 'opened again';
  }
  if (digest === null) {
    await edit({ state: 'closed', state_reason: 'completed' });
    return 'closed';
  }
  if (found.body === body && found.title === title) return 'left as it is';
  await edit();
  return 'brought up to date';
}

/**
 * The oldest issue of ours that has the mark. GitHub Enterprise Cloud was seen to know no bot as an issue's creator, so
 * that before one is made, the issues that changed last are looked through, too.
 */
async function findOwnIssue(client: Client, place: IssuePlace, thorough: boolean): Promise<Issue | null> {
  const { owner, repo, author } = place;
  const find = async (narrowed: { creator: string } | { sort: 'updated' }) => {
    const { data } = await client.request('GET /repos/{owner}/{repo}/issues', {
      owner,
      repo,
      state: 'all',
      per_page: 100,
      ...narrowed,
    });
    const ours = checked(issues, data, 'the list of issues').filter(
      ({ user, body }) => user?.login === author && readIssueMark(body ?? '') !== undefined,
    );
    return ours.toSorted((one, other) => one.number - other.number)[0] ?? null;
  };
  return (await find({ creator: author })) ?? (thorough ? find({ sort: 'updated' }) : null);
}
