// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { readConfiguration } from '../../src/configuration.ts';
import { startWorkerHere, type WorkerHere, type WorkerOptions } from '../../src/roles/worker.ts';
import { type Service, startService } from '../../src/service.ts';
import { usualWaits, type Waits } from '../../src/worker/backoff.ts';
import type { PullRequestHandle } from '../simulator/handles/pull-request.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../simulator/index.ts';

/** The real App, in this process, against the simulated GitHub. */
export interface Stage {
  readonly simulator: Simulator;
  readonly service: Service<WorkerHere>;
  /** What the App logged, one object a line. */
  readonly log: readonly Record<string, unknown>[];
  /** Where the App records the contributions that it judged. */
  readonly recordings: string;
  /** Where the App keeps its ledger. */
  readonly data: string;
  /** Resolves when every webhook is delivered and everything that it named has been looked at. */
  settled(): Promise<void>;
  /** Lets some time pass for whatever else runs. */
  turn(): Promise<void>;
  /** Requests to GitHub since the last call, by operation, without the ones that get a token. */
  requests(): Record<string, number>;
  /** Stops the App and starts it again on the same data, or without any. */
  restart(options?: { readonly emptied?: boolean }): Promise<void>;
  close(): Promise<void>;
}

/** `before` happens on GitHub while the App does not run yet, so that it hears of nothing. */
export async function startStage(
  env: Readonly<Record<string, string>> = {},
  options: SimulatorOptions = {},
  before: (simulator: Simulator) => Promise<unknown> = async () => {},
  waits: Partial<Waits> = {},
): Promise<Stage> {
  const simulator = await startSimulator(options);
  await before(simulator);
  const recordings = mkdtempSync(join(tmpdir(), 'countersign-e2e-'));
  const data = mkdtempSync(join(tmpdir(), 'countersign-e2e-data-'));
  const log: Record<string, unknown>[] = [];
  const configuration = readConfiguration(
    {
      ...simulator.environment(),
      HOST: '127.0.0.1',
      PORT: '0',
      COUNTERSIGN_RECORD: recordings,
      COUNTERSIGN_DATA: data,
      // Tests count requests, and a sweep has its own.
      COUNTERSIGN_SWEEP_INTERVAL: '0',
      ...env,
    },
    false,
  );
  const { credentials } = configuration;
  if (credentials === null) throw new Error('The simulator gives no credentials');
  const lines = pino({ level: 'debug' }, { write: (line: string) => void log.push(JSON.parse(line)) });
  const start = async () => {
    const startWorker = (options: WorkerOptions) =>
      startWorkerHere({ ...options, waits: { ...usualWaits, gone: 50, ...waits } });
    const started = await startService({ configuration, credentials, log: lines, startWorker });
    simulator.sendWebhooksTo(started.url);
    if (configuration.role === 'web') return started;
    // `GET /app`, which the App sends when it starts, is not what tests count.
    while (!simulator.requests.requests.some(({ path }) => path === '/app')) {
      const failed = log.find(({ level }) => Number(level) >= 50);
      if (failed !== undefined) throw new Error(`The App cannot reach the simulator: ${JSON.stringify(failed)}`);
      await sleep(1);
    }
    return started;
  };
  let service = await start();
  return {
    simulator,
    get service() {
      return service;
    },
    log,
    recordings,
    data,
    settled: async () => {
      await simulator.webhooks.idle();
      while ((await service.pending()) > 0) await sleep(1);
      // What the App did may have made GitHub send more.
      await simulator.webhooks.idle();
      while ((await service.pending()) > 0) await sleep(1);
    },
    turn: () => sleep(1),
    requests: () => {
      const {
        'apps/create-installation-access-token': _,
        'apps/get-authenticated': __,
        ...counts
      } = simulator.requests.counts();
      simulator.requests.reset();
      return counts;
    },
    restart: async ({ emptied = false } = {}) => {
      await service.stop();
      if (emptied) rmSync(data, { recursive: true, force: true });
      simulator.requests.reset();
      service = await start();
    },
    close: async () => {
      await service.stop();
      await simulator.close();
      for (const directory of [recordings, data]) rmSync(directory, { recursive: true, force: true });
    },
  };
}

export const ada = { name: 'Ada Example', email: 'ada@example.org' };
export const ben = { name: 'Ben Example', email: 'ben@example.org' };
export const signedBy = ({ name, email }: typeof ada) => `Signed-off-by: ${name} <${email}>`;

type Person = typeof ada;

/** A commit of that person's, signed off unless it says otherwise; it touches a file of its own unless told. */
export function commitOf(
  author: Person,
  subject: string,
  more: { signed?: boolean; files?: Record<string, string | null> } = {},
) {
  const { signed = true, files = { [`${subject.replaceAll(/\W+/g, '-')}.txt`]: subject } } = more;
  const message = signed ? `${subject}\n\n${signedBy(author)}\n` : `${subject}\n`;
  return { message, author, committer: author, files };
}

/** What a pull request's page shows: the newest check run of each name with its conclusion. */
export function conclusions(pullRequest: PullRequestHandle): Record<string, string | null> {
  return Object.fromEntries(pullRequest.view().checks.map(({ name, conclusion }) => [name, conclusion]));
}
