// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { latestRuns } from '../state/checks.ts';
import type { Annotation, CheckRun, CheckSuite } from '../state/model.ts';
import { newestRuns, type RollupState } from '../state/rollup.ts';
import { fullName } from '../state/world.ts';
import { iso } from '../time.ts';
import { page, pageArguments } from './connection.ts';
import { type Arguments, define } from './define.ts';
import { type CommitNode, commitNode } from './git-objects.ts';
import { refNode } from './repository.ts';

interface RunFilter {
  readonly appId?: number;
  readonly checkName?: string;
  readonly checkType?: 'ALL' | 'LATEST';
  readonly conclusions?: readonly string[];
  readonly status?: string;
  readonly statuses?: readonly string[];
}

/** The runs that GitHub's filter lets through; only the newest of each name unless ALL are asked for. */
export function filterRuns(suite: CheckSuite, filter: RunFilter): readonly CheckRun[] {
  const statuses = filter.statuses ?? (filter.status ? [filter.status] : null);
  return (filter.checkType === 'ALL' ? suite.runs : latestRuns(suite))
    .filter((run) => !filter.appId || run.suite.app.id === filter.appId)
    .filter((run) => !filter.checkName || run.name === filter.checkName)
    .filter((run) => !statuses || statuses.includes(run.status))
    .filter((run) => !filter.conclusions || filter.conclusions.includes(run.conclusion ?? ''));
}

const suiteUrl = (one: CheckSuite, origin: string) =>
  `${origin}/${fullName(one.repository)}/commit/${one.sha}/checks?check_suite_id=${one.id}`;

export const checkSuite = define<CheckSuite>(
  {
    id: (one) => one.nodeId,
    databaseId: (one) => one.id,
    status: (one) => one.status,
    conclusion: (one) => one.conclusion,
    app: (one) => one.app,
    branch: (one) => (one.branch ? refNode(one.repository, `refs/heads/${one.branch}`) : null),
    commit: (one) => commitNode(one.repository, one.sha),
    repository: (one) => one.repository,
    createdAt: (one) => iso(one.createdAt),
    updatedAt: (one) => iso(one.updatedAt),
    url: (one, _, { world }) => suiteUrl(one, world.origin),
    checkRuns: {
      args: [...pageArguments, 'filterBy'],
      resolve: (one, args: Arguments) => page('checkRuns', filterRuns(one, (args.filterBy ?? {}) as RunFilter), args),
    },
  },
  (one) => one.repository,
);

const runUrl = (one: CheckRun, origin: string) => `${origin}/${fullName(one.suite.repository)}/runs/${one.id}`;

export const checkRun = define<CheckRun>(
  {
    id: (one) => one.nodeId,
    databaseId: (one) => one.id,
    name: (one) => one.name,
    status: (one) => one.status,
    conclusion: (one) => one.conclusion,
    title: (one) => one.title,
    summary: (one) => one.summary,
    text: (one) => one.text,
    externalId: (one) => one.externalId,
    // «If the integrator does not provide this, then the homepage of the GitHub app is used.»
    detailsUrl: (one, _, { world }) => one.detailsUrl ?? `${world.origin}/apps/${one.suite.app.slug}`,
    url: (one, _, { world }) => runUrl(one, world.origin),
    permalink: (one, _, { world }) => runUrl(one, world.origin),
    startedAt: (one) => iso(one.startedAt),
    completedAt: (one) => iso(one.completedAt),
    checkSuite: (one) => one.suite,
    repository: (one) => one.suite.repository,
    annotations: { args: pageArguments, resolve: (one, args) => page('annotations', one.annotations, args) },
  },
  (one) => one.suite.repository,
);

export const checkAnnotation = define<Annotation>({
  path: (one) => one.path,
  annotationLevel: (one) => one.level,
  message: (one) => one.message,
  title: (one) => one.title,
  rawDetails: (one) => one.rawDetails,
  location: (one) => one,
});

export const checkAnnotationSpan = define<Annotation>({
  start: (one) => ({ line: one.startLine, column: one.startColumn }),
  end: (one) => ({ line: one.endLine, column: one.endColumn }),
});

export const checkAnnotationPosition = define<{ line: number; column: number | null }>({
  line: (one) => one.line,
  column: (one) => one.column,
});

export const statusCheckRollup = define<{ state: RollupState; commit: CommitNode }>({
  state: (one) => one.state,
  commit: (one) => one.commit,
  contexts: {
    args: pageArguments,
    resolve: (one, args) => page('contexts', newestRuns(one.commit.repository, one.commit.git.sha), args),
  },
});
