// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs, styleText } from 'node:util';
import type { PullRequestHandle } from '../test/simulator/handles/pull-request.ts';
import { type Simulator, startSimulator } from '../test/simulator/index.ts';
import { startApp } from './app-process.ts';
import { type Scenario, stageScenarios } from './scenarios.ts';
import { showOutcome, showSummary } from './show.ts';

/** How long a pull request may wait for its check runs, in milliseconds. */
const patience = 30_000;

/** What came of one scenario. */
export interface Outcome {
  readonly scenario: Scenario;
  readonly pullRequest: PullRequestHandle;
  readonly asExpected: boolean;
  /** Requests to GitHub by operation, without the one for a token. */
  readonly requests: Readonly<Record<string, number>>;
  /** From opening the pull request to the last check run. */
  readonly milliseconds: number;
}

/** Opens the pull request and waits for the check runs that it shall have. */
async function play(simulator: Simulator, scenario: Scenario): Promise<Outcome> {
  simulator.requests.reset();
  const started = performance.now();
  const pullRequest = await scenario.open();
  const has = ([name, conclusion]: [string, string]) => pullRequest.check(name)?.conclusion === conclusion;
  const names = Object.keys(scenario.expected);
  const posted = () => names.every((name) => pullRequest.check(name)?.conclusion != null);
  while (!posted() && performance.now() - started < patience) await sleep(2);
  const milliseconds = performance.now() - started;
  if (scenario.afterwards !== undefined) await proceed(scenario.afterwards, pullRequest);
  await simulator.webhooks.idle();
  const asExpected = Object.entries(scenario.expected).every(has) && pullRequest.view().checks.length === names.length;
  const { 'POST /app/installations/{installation_id}/access_tokens': _, ...requests } = simulator.requests.counts();
  return { scenario, pullRequest, asExpected, requests, milliseconds };
}

/** Does what follows, and waits until the App has replied to it or reacted. */
async function proceed(act: NonNullable<Scenario['afterwards']>, pullRequest: PullRequestHandle): Promise<void> {
  // GitHub tells whole seconds, and what was written within the second of the first result cannot be about it.
  await sleep(1_100);
  const started = performance.now();
  const { comments } = pullRequest.state;
  const said = comments.length + 1;
  await act(pullRequest);
  const answered = () => comments.length > said || comments.some(({ reactions }) => reactions.length > 0);
  while (!answered() && performance.now() - started < patience) await sleep(2);
}

function options(): { keep?: boolean; verbose?: boolean } | null {
  try {
    return parseArgs({ options: { keep: { type: 'boolean' }, verbose: { type: 'boolean' } } }).values;
  } catch (error) {
    console.error(`${(error as Error).message}\nUsage: npm run demo -- [--keep] [--verbose]`);
    return null;
  }
}

async function main(): Promise<boolean> {
  const values = options();
  if (values === null) return false;
  console.log('Starting a simulated GitHub and the App, on this machine only …\n');
  const simulator = await startSimulator();
  const app = await startApp(simulator.environment());
  simulator.sendWebhooksTo(app.url);
  const scenarios = await stageScenarios(simulator);
  await installed(simulator);

  const outcomes: Outcome[] = [];
  for (const scenario of scenarios) {
    const outcome = await play(simulator, scenario);
    outcomes.push(outcome);
    showOutcome(outcome, values.verbose === true);
  }
  showSummary(outcomes, simulator.violations.list);
  if (values.keep === true) await untilInterrupted(simulator.url);
  await app.stop();
  await simulator.close();
  return outcomes.every(({ asExpected }) => asExpected) && simulator.violations.list.length === 0;
}

/** The App looks through a new installation's pull requests; there are none yet, and it shall not be counted. */
async function installed(simulator: Simulator): Promise<void> {
  await simulator.webhooks.idle();
  const lookups = () => simulator.requests.counts()['query OpenPullRequests'] ?? 0;
  while (lookups() < simulator.world.repositories.size) await sleep(2);
}

function untilInterrupted(url: string): Promise<void> {
  console.log(`\nBoth are left running. Look at ${styleText('bold', url)} in a browser; Ctrl-C ends them.`);
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

process.exitCode = (await main()) ? 0 : 1;
