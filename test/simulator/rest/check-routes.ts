// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type Need, reads, writes } from '../access.ts';
import { checkLimits } from '../check-limits.ts';
import { notFound, unprocessable } from '../errors.ts';
import { checkRunResource } from '../resources/checks.ts';
import {
  type CheckRunInput,
  createCheckRun,
  latestRuns,
  rerequestRun,
  rerequestSuite,
  updateCheckRun,
} from '../state/checks.ts';
import type { Annotation, CheckAction, CheckRun, CheckStatus, Conclusion } from '../state/model.ts';
import { resolveRef } from './repository-routes.ts';
import { created, ok, paginate, param, type RestRequest, type Route, theApp, theRepository } from './route.ts';

interface AnnotationBody {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly start_column?: number;
  readonly end_column?: number;
  readonly annotation_level: string;
  readonly message: string;
  readonly title?: string;
  readonly raw_details?: string;
}

interface RunBody {
  readonly name?: string;
  readonly head_sha?: string;
  readonly details_url?: string;
  readonly external_id?: string;
  readonly status?: string;
  readonly conclusion?: string;
  readonly started_at?: string;
  readonly completed_at?: string;
  readonly output?: { title?: string; summary: string; text?: string; annotations?: readonly AnnotationBody[] };
  readonly actions?: readonly CheckAction[];
}

function annotation(one: AnnotationBody): Annotation {
  return {
    path: one.path,
    startLine: one.start_line,
    endLine: one.end_line,
    startColumn: one.start_column ?? null,
    endColumn: one.end_column ?? null,
    level: one.annotation_level.toUpperCase() as Annotation['level'],
    message: one.message,
    title: one.title ?? null,
    rawDetails: one.raw_details ?? null,
  };
}

function outputOf({ output }: RunBody): Pick<CheckRunInput, 'output'> {
  if (!output) return {};
  const { title = null, summary, text = null, annotations = [] } = output;
  return { output: { title, summary, text, annotations: annotations.map(annotation) } };
}

function runInput(body: RunBody): CheckRunInput {
  return {
    ...(body.name ? { name: body.name } : {}),
    ...(body.details_url ? { detailsUrl: body.details_url } : {}),
    ...(body.external_id ? { externalId: body.external_id } : {}),
    ...(body.status ? { status: body.status.toUpperCase() as CheckStatus } : {}),
    ...(body.conclusion ? { conclusion: body.conclusion.toUpperCase() as Conclusion } : {}),
    ...(body.started_at ? { startedAt: new Date(body.started_at) } : {}),
    ...(body.completed_at ? { completedAt: new Date(body.completed_at) } : {}),
    ...(body.actions ? { actions: body.actions } : {}),
    ...outputOf(body),
  };
}

async function create(request: RestRequest) {
  const repository = theRepository(request, writes('checks'));
  const body = request.body as RunBody;
  const input = runInput(body);
  checkLimits(input, request.where, request.violations);
  const sha = body.head_sha ?? '';
  if (!(await repository.git.commit(sha))) throw unprocessable(`No commit found for SHA: ${sha}`);
  const run = await createCheckRun(request.world, repository, theApp(request), sha, {
    ...input,
    name: body.name ?? '',
  });
  return created(checkRunResource(request.world, run));
}

function theRun(request: RestRequest, need: Need): CheckRun {
  const repository = theRepository(request, need);
  const id = Number(param(request, 'check_run_id'));
  for (const suites of repository.checkSuites.values()) {
    const found = suites.flatMap((suite) => suite.runs).find((run) => run.id === id);
    if (found) return found;
  }
  throw notFound('Not Found');
}

async function update(request: RestRequest) {
  const run = theRun(request, writes('checks'));
  const input = runInput(request.body as RunBody);
  checkLimits(input, request.where, request.violations);
  return ok(checkRunResource(request.world, await updateCheckRun(request.world, run, input)));
}

function list(request: RestRequest) {
  const repository = theRepository(request, reads('checks'));
  const sha = resolveRef(repository, param(request, 'ref'));
  if (!sha) throw unprocessable(`No commit found for SHA: ${param(request, 'ref')}`);
  const { check_name, status, filter = 'latest', app_id } = request.query;
  const runs = (repository.checkSuites.get(sha) ?? [])
    .filter((suite) => !app_id || suite.app.id === Number(app_id))
    .flatMap((suite) => (filter === 'all' ? suite.runs : latestRuns(suite)))
    .filter((run) => !check_name || run.name === check_name)
    .filter((run) => !status || run.status.toLowerCase() === status);
  const { items, headers } = paginate(request, runs);
  return ok(
    { total_count: runs.length, check_runs: items.map((run) => checkRunResource(request.world, run)) },
    headers,
  );
}

function theSuite(request: RestRequest) {
  const repository = theRepository(request, writes('checks'));
  const id = Number(param(request, 'check_suite_id'));
  const found = [...repository.checkSuites.values()].flat().find((suite) => suite.id === id);
  if (!found) throw notFound('Not Found');
  return found;
}

const route = '/repos/{owner}/{repo}';

/** Routes about check runs and suites. */
export const checkRoutes: readonly Route[] = [
  { route: `POST ${route}/check-runs`, as: 'installation', answer: create },
  { route: `PATCH ${route}/check-runs/{check_run_id}`, as: 'installation', answer: update },
  {
    route: `GET ${route}/check-runs/{check_run_id}`,
    as: 'installation',
    answer: (request) => ok(checkRunResource(request.world, theRun(request, reads('checks')))),
  },
  { route: `GET ${route}/commits/{ref}/check-runs`, as: 'installation', answer: list },
  {
    route: `POST ${route}/check-runs/{check_run_id}/rerequest`,
    as: 'installation',
    async answer(request) {
      await rerequestRun(request.world, theRun(request, writes('checks')), theApp(request).bot);
      return created({});
    },
  },
  {
    route: `POST ${route}/check-suites/{check_suite_id}/rerequest`,
    as: 'installation',
    async answer(request) {
      await rerequestSuite(request.world, theSuite(request), theApp(request).bot);
      return created({});
    },
  },
];
