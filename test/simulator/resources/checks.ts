// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { GitCommit } from '../git/objects.ts';
import { latestRuns } from '../state/checks.ts';
import type { CheckRun, CheckSuite } from '../state/model.ts';
import { fullName, type World } from '../state/world.ts';
import { iso } from '../time.ts';
import { appResource } from './account.ts';
import { minimalPullRequests } from './pull-request.ts';
import { repositoryUrl } from './repository.ts';

/** REST writes GraphQL's enum values in lower case. */
export function lower(value: string | null): string | null {
  return value?.toLowerCase() ?? null;
}

/** A check suite as a check run's webhook shows it. */
export function checkSuiteResource(world: World, one: CheckSuite) {
  return {
    id: one.id,
    node_id: one.nodeId,
    head_branch: one.branch,
    head_sha: one.sha,
    status: lower(one.status),
    // GitHub's own schemas of suites don't know «skipped».
    conclusion: one.conclusion === 'SKIPPED' ? 'neutral' : lower(one.conclusion),
    url: `${repositoryUrl(world, one.repository)}/check-suites/${one.id}`,
    before: null,
    after: one.sha,
    pull_requests: minimalPullRequests(world, one.repository, one.sha),
    app: appResource(world, one.app),
    created_at: iso(one.createdAt),
    updated_at: iso(one.updatedAt),
  };
}

/** A check suite as its own webhook shows it. */
export function fullCheckSuiteResource(world: World, one: CheckSuite, commit: GitCommit) {
  const suite = checkSuiteResource(world, one);
  const { author, committer, message, sha, tree } = commit;
  return {
    ...suite,
    latest_check_runs_count: latestRuns(one).length,
    check_runs_url: `${suite.url}/check-runs`,
    head_commit: {
      id: sha,
      tree_id: tree,
      message,
      timestamp: committer.date,
      author: { name: author.name, email: author.email },
      committer: { name: committer.name, email: committer.email },
    },
  };
}

export function checkRunResource(world: World, one: CheckRun) {
  const { repository, sha, app } = one.suite;
  const url = `${repositoryUrl(world, repository)}/check-runs/${one.id}`;
  return {
    id: one.id,
    node_id: one.nodeId,
    name: one.name,
    head_sha: sha,
    external_id: one.externalId ?? '',
    url,
    html_url: `${world.origin}/${fullName(repository)}/runs/${one.id}`,
    details_url: one.detailsUrl ?? `${world.origin}/apps/${app.slug}`,
    status: lower(one.status),
    conclusion: lower(one.conclusion),
    started_at: iso(one.startedAt),
    completed_at: iso(one.completedAt),
    output: {
      title: one.title,
      summary: one.summary,
      text: one.text,
      annotations_count: one.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: one.suite.id },
    app: appResource(world, app),
    pull_requests: minimalPullRequests(world, repository, sha),
  };
}
