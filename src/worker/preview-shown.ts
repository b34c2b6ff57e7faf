// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { PullRequestFacts } from '../github/read-pull-request.ts';
import type { PolicyResolution } from '../policy/policy.ts';
import { pairKey, pairOf } from '../preview/preview.ts';
import type { PreviewOutput } from '../report/check-run.ts';
import { previewFailed, previewMarkdown, previewToCome } from '../report/preview.ts';
import type { Previews } from './previews.ts';
import { repositoryOf } from './proposed-policy.ts';

/** What the check of the policy shows of a change to it; undefined where there is nothing to preview. */
export function previewShown(
  previews: Previews,
  facts: PullRequestFacts,
  now: PolicyResolution,
  proposed: PolicyResolution | null,
): PreviewOutput | undefined {
  const pair = pairOf(now, proposed);
  if (pair === null) return undefined;
  const key = pairKey(pair);
  const made = previews.of(repositoryKey(facts), key);
  if (made === undefined) return { key, ready: false, text: previewToCome };
  const text =
    'failed' in made ? previewFailed(made.failed) : previewMarkdown(made.preview, pullRequestUrl(facts.contribution));
  return { key, ready: true, text };
}

/** By which a repository's previews are known. */
export function repositoryKey(facts: PullRequestFacts): string {
  const { owner, name } = repositoryOf(facts);
  return `${owner}/${name}`.toLowerCase();
}

function pullRequestUrl({ pullRequest }: PullRequestFacts['contribution']): string | null {
  return pullRequest === null ? null : pullRequest.url.replace(/\d+$/, '');
}
