// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { installationOn } from './app.ts';
import type { Account, Annotation, App, CheckAction, CheckRun, CheckSuite, Conclusion, Repository } from './model.ts';
import { appOf, type World } from './world.ts';

/** What a check run is made of or changed by; what is left out stays as it is. */
export interface CheckRunInput {
  readonly name?: string;
  readonly status?: CheckRun['status'];
  readonly conclusion?: Conclusion;
  readonly externalId?: string;
  readonly detailsUrl?: string;
  readonly startedAt?: Date;
  readonly completedAt?: Date;
  readonly output?: {
    readonly title: string | null;
    readonly summary: string | null;
    readonly text: string | null;
    readonly annotations: readonly Annotation[];
  };
  readonly actions?: readonly CheckAction[];
}

/** Worst first: a suite's conclusion is the worst of its newest runs'. */
const severity: readonly Conclusion[] = [
  'STARTUP_FAILURE',
  'FAILURE',
  'TIMED_OUT',
  'CANCELLED',
  'ACTION_REQUIRED',
  'STALE',
  'SUCCESS',
  'NEUTRAL',
  'SKIPPED',
];

/** The newest run of each name, in the order in which the names first appeared. */
export function latestRuns(suite: CheckSuite): CheckRun[] {
  return [...new Map(suite.runs.map((run) => [run.name, run])).values()];
}

/** The App's suite for a commit, made where there is none: one per App, commit and repository. */
export function ensureSuite(world: World, repository: Repository, app: App, sha: string, branch: string | null) {
  const suites = repository.checkSuites.get(sha) ?? [];
  const found = suites.find((suite) => suite.app === app);
  if (found) return found;
  const suite: CheckSuite = {
    kind: 'CheckSuite',
    ...world.identify('CS'),
    repository,
    app,
    sha,
    branch,
    status: 'QUEUED',
    conclusion: null,
    runs: [],
    createdAt: world.now(),
    updatedAt: world.now(),
  };
  repository.checkSuites.set(sha, [...suites, world.remember(suite)]);
  return suite;
}

function settle(world: World, suite: CheckSuite): void {
  const runs = latestRuns(suite);
  const completed = runs.every((run) => run.status === 'COMPLETED');
  const started = runs.some((run) => run.status === 'IN_PROGRESS' || run.status === 'COMPLETED');
  suite.status = completed ? 'COMPLETED' : started ? 'IN_PROGRESS' : 'QUEUED';
  suite.conclusion = completed ? (severity.find((one) => runs.some((run) => run.conclusion === one)) ?? null) : null;
  suite.updatedAt = world.now();
}

function statusOf(input: CheckRunInput, before: CheckRun['status']): CheckRun['status'] {
  // «Providing conclusion will automatically set the status parameter to completed.»
  return input.conclusion || input.completedAt ? 'COMPLETED' : (input.status ?? before);
}

function apply(world: World, run: CheckRun, input: CheckRunInput): void {
  run.name = input.name ?? run.name;
  run.status = statusOf(input, run.status);
  run.conclusion = run.status === 'COMPLETED' ? (input.conclusion ?? run.conclusion) : null;
  run.externalId = input.externalId ?? run.externalId;
  run.detailsUrl = input.detailsUrl ?? run.detailsUrl;
  run.startedAt = input.startedAt ?? run.startedAt;
  run.completedAt = run.status === 'COMPLETED' ? (input.completedAt ?? run.completedAt ?? world.now()) : null;
  run.actions = input.actions ?? run.actions;
  if (!input.output) return;
  run.title = input.output.title;
  run.summary = input.output.summary;
  run.text = input.output.text;
  // Annotations are appended with each update, never replaced.
  run.annotations.push(...input.output.annotations);
}

/** Makes a check run; sends `check_run.created`, and `completed` where it is. */
export async function createCheckRun(
  world: World,
  repository: Repository,
  app: App,
  sha: string,
  input: CheckRunInput & { readonly name: string },
): Promise<CheckRun> {
  const suite = ensureSuite(world, repository, app, sha, branchAt(repository, sha));
  const run: CheckRun = {
    kind: 'CheckRun',
    ...world.identify('CR'),
    suite,
    name: input.name,
    status: 'QUEUED',
    conclusion: null,
    externalId: null,
    detailsUrl: null,
    title: null,
    summary: null,
    text: null,
    annotations: [],
    actions: [],
    startedAt: world.now(),
    completedAt: null,
  };
  apply(world, run, input);
  suite.runs.push(world.remember(run));
  settle(world, suite);
  const sender = app.bot;
  await world.emit({ event: 'check_run', action: 'created', checkRun: run, sender });
  if (run.status === 'COMPLETED') await world.emit({ event: 'check_run', action: 'completed', checkRun: run, sender });
  return run;
}

/** Changes a check run; sends `check_run.completed` where it becomes so. */
export async function updateCheckRun(world: World, run: CheckRun, input: CheckRunInput): Promise<CheckRun> {
  const before = run.status;
  apply(world, run, input);
  settle(world, run.suite);
  if (run.status !== 'COMPLETED' || before === 'COMPLETED') return run;
  await world.emit({ event: 'check_run', action: 'completed', checkRun: run, sender: run.suite.app.bot });
  return run;
}

function branchAt(repository: Repository, sha: string): string | null {
  for (const [ref, tip] of repository.git.refs) {
    if (tip === sha && ref.startsWith('refs/heads/')) return ref.slice('refs/heads/'.length);
  }
  return null;
}

function reset(world: World, suite: CheckSuite): void {
  suite.status = 'QUEUED';
  suite.conclusion = null;
  suite.updatedAt = world.now();
}

/**
 * «Re-run» on one check: the suite is queued again with its conclusion cleared, the run itself stays as it is, and
 * `check_run.rerequested` is sent, which still shows the suite as it was.
 */
export async function rerequestRun(world: World, run: CheckRun, by: Account): Promise<void> {
  await world.emit({ event: 'check_run', action: 'rerequested', checkRun: run, sender: by });
  reset(world, run.suite);
}

/** «Re-run all checks»: the same for a whole suite, with `check_suite.rerequested`. */
export async function rerequestSuite(world: World, suite: CheckSuite, by: Account): Promise<void> {
  reset(world, suite);
  await world.emit({ event: 'check_suite', action: 'rerequested', checkSuite: suite, sender: by });
}

/** After a push GitHub makes a suite for each App that may write checks, and asks it to run them. */
export async function requestSuites(world: World, repository: Repository, sha: string, branch: string, by: Account) {
  const app = appOf(world);
  if (repository.checkSuites.get(sha)?.some((suite) => suite.app === app)) return;
  if (installationOn(world, repository)?.permissions.checks !== 'write') return;
  const checkSuite = ensureSuite(world, repository, app, sha, branch);
  await world.emit({ event: 'check_suite', action: 'requested', checkSuite, sender: by });
}

/** Every run of a commit across suites. */
export function runsOf(repository: Repository, sha: string): CheckRun[] {
  return (repository.checkSuites.get(sha) ?? []).flatMap((suite) => suite.runs);
}
