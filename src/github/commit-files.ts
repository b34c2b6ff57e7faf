// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import { checked } from './checked.ts';
import type { Client } from './client.ts';

/** The most files that GitHub lists for one commit ("Get a commit"). */
const mostFiles = 3000;
const filesPerPage = 100;

export const commitFiles = z.array(
  z.object({
    filename: z.string(),
    previous_filename: z.string().optional(),
    changes: z.int(),
    patch: z.string().optional(),
  }),
);
export type CommitFile = z.output<typeof commitFiles>[number];

/**
 * What a commit changes against its first parent; null where GitHub may have left some out. The pages are followed by
 * hand, since Octokit's iterator takes a 409 for an empty page. @throws Octokit's errors
 */
export async function readCommitFiles(
  client: Client,
  repository: { readonly owner: string; readonly repo: string },
  ref: string,
): Promise<CommitFile[] | null> {
  const all: CommitFile[] = [];
  for (let page = 1; page <= mostFiles / filesPerPage; page += 1) {
    const { data } = await client.request('GET /repos/{owner}/{repo}/commits/{ref}', {
      ...repository,
      ref,
      per_page: filesPerPage,
      page,
    });
    const files = checked(commitFiles, data.files ?? [], 'the files of a commit');
    all.push(...files);
    if (files.length < filesPerPage) return all;
  }
  return null;
}
