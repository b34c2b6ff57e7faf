// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Commit } from '../../contribution/contribution.ts';
import { type Case, subjectOf } from './case.ts';
import type { CommitConvention, Reading } from './model.ts';
import { readAll } from './reading.ts';

/** What a commit says, in the notation that holds for it; null: none does. */
export function readCommit(
  commit: Commit,
  judged: Case,
): { readonly convention: CommitConvention; readonly reading: Reading } | null {
  const conventions = judged.commitConventions(commit.paths);
  if (conventions.length === 0) return null;
  return readAll(conventions, {
    sha: commit.sha,
    subject: subjectOf(commit),
    body: commit.message,
    pullRequestBody: judged.facts.pullRequest?.body ?? null,
  });
}
