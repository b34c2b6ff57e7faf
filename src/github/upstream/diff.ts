// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { z } from 'zod';
import type { UpstreamAnswer } from '../../contribution/contribution.ts';
import { checked } from '../checked.ts';
import type { Asking } from '../read-pull-request.ts';
import { partsOf } from './repository.ts';

type Answer = Extract<UpstreamAnswer, { readonly ask: 'diff' }>;

/** "Get a commit" gives up to 300 files on a page; a backport of more is not compared. */
const mostFiles = 100;
const commitAnswer = z.object({
  files: z.array(z.object({ filename: z.string(), patch: z.string().optional() })).optional(),
});

/** What a commit changes, by file; `files` null where GitHub shows only some of it. @throws Octokit's errors */
export async function readDiff(
  { client }: Asking,
  { repository, commit }: { readonly repository: string; readonly commit: string },
): Promise<Answer> {
  const { data } = await client.request('GET /repos/{owner}/{repo}/commits/{ref}', {
    ...partsOf(repository),
    ref: commit,
    per_page: mostFiles,
  });
  const { files = [] } = checked(commitAnswer, data, 'the request for an upstream commit');
  if (files.length >= mostFiles) return { ask: 'diff', repository, commit, files: null };
  const shown = files.map(({ filename, patch }) => ({ path: filename, patch: patch ?? null }));
  return { ask: 'diff', repository, commit, files: shown };
}
