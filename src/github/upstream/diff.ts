// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { UpstreamAnswer } from '../../contribution/contribution.ts';
import { readCommitFiles } from '../commit-files.ts';
import type { Asking } from '../read-pull-request.ts';
import { partsOf } from './repository.ts';

type Answer = Extract<UpstreamAnswer, { readonly ask: 'diff' }>;

/** Characters of all patches of a commit together: many are held at once, and whoever made one chose its size. */
const mostText = 8 * 1024 * 1024;

/** What a commit changes, by file; `files` null where GitHub shows only some of it, or too much. @throws Octokit's errors */
export async function readDiff(
  { client }: Asking,
  { repository, commit }: { readonly repository: string; readonly commit: string },
): Promise<Answer> {
  const files = await readCommitFiles(client, partsOf(repository), commit);
  const size = files?.reduce((sum, { patch }) => sum + (patch?.length ?? 0), 0) ?? 0;
  if (files === null || size > mostText) return { ask: 'diff', repository, commit, files: null };
  return {
    ask: 'diff',
    repository,
    commit,
    files: files.map(({ filename, patch }) => ({ path: filename, patch: patch ?? null })),
  };
}
