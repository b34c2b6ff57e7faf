// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import type { Contribution, Facts } from '../contribution/contribution.ts';
import { checked } from './checked.ts';
import { AnswerError } from './errors.ts';
import type { Fill } from './needs.ts';
import { type Asking, readFilePages } from './read-pull-request.ts';
import { toChangedFile } from './to-contribution.ts';

type Repository = NonNullable<Contribution['repository']>;

/** "Lists the files in a specified pull request … responses include a maximum of 3000 files." */
const mostFiles = 3000;
const filesPerPage = 100;

/** All pages of the changed files, one request each. What is not a pull request keeps what it has. */
export async function readAllFiles(asking: Asking, { owner, name }: Repository, part: Facts): Promise<Fill> {
  if (part.pullRequest === null) return () => ({});
  const ref = { owner, name, number: part.pullRequest.number };
  const files = (await readFilePages(asking, ref, part.head.sha)).map(toChangedFile);
  return () => ({ files });
}

const pullRequestFiles = z.array(z.object({ filename: z.string(), previous_filename: z.string().optional() }));

/**
 * Where renamed and copied files lay before, which only REST tells: a request for each 100 files. Files that its list
 * leaves out keep none, so that a rule can tell that nobody knows.
 */
export async function readFormerPaths(asking: Asking, { owner, name }: Repository, part: Facts): Promise<Fill> {
  const former = new Map<string, string | null>();
  for (let page = 1; part.pullRequest !== null && page <= mostFiles / filesPerPage; page += 1) {
    const { data } = await asking.client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', {
      owner,
      repo: name,
      pull_number: part.pullRequest.number,
      per_page: filesPerPage,
      page,
    });
    const files = checked(pullRequestFiles, data, 'the list of changed files');
    for (const file of files) former.set(file.filename, file.previous_filename ?? null);
    if (files.length < filesPerPage) break;
  }
  return ({ files }) => ({
    files:
      files?.map((file) => (former.has(file.path) ? { ...file, previousPath: former.get(file.path) } : file)) ?? null,
  });
}

const comparison = z.object({ merge_base_commit: z.object({ sha: z.string() }) });

/** The commit that GitHub compares the head with; null where the two have no history in common. */
export async function readMergeBase(asking: Asking, { owner, name }: Repository, part: Facts): Promise<Fill> {
  const basehead = `${part.base.sha}...${part.head.sha}`;
  try {
    const { data } = await asking.client.request('GET /repos/{owner}/{repo}/compare/{basehead}', {
      owner,
      repo: name,
      basehead,
      per_page: 1,
    });
    const { sha } = checked(comparison, data, 'the comparison of the head with its base').merge_base_commit;
    if (!/^[0-9a-f]{40,64}$/.test(sha)) throw new AnswerError('the merge base is not a full object id');
    return () => ({ mergeBase: sha });
  } catch (thrown) {
    if ((thrown as { status?: number }).status !== 404) throw thrown;
    return () => ({ mergeBase: null });
  }
}
