// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type AppProcess, compile, listening, type Program, startApp } from './app-process.ts';
import { now } from './clock.ts';
import { type Delivery, deliver, type Loop } from './deliver.ts';
import { type Fake, startFake } from './fake.ts';
import type { News } from './fake-github.ts';
import { createLooks, type Looks } from './looks.ts';
import { type Percentiles, percentiles } from './percentiles.ts';

export interface Plan {
  readonly program: Program;
  /** Milliseconds that GitHub takes for an answer. */
  readonly latency: number;
  readonly loop: Loop;
  /** The pull requests, by index. */
  readonly indices: readonly number[];
  /** So many other pull requests come first and are not counted, until the code is compiled. */
  readonly warmUp: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeOptions?: readonly string[];
}

export interface Result {
  readonly pullRequests: number;
  /** From the first webhook until the last answer, and until the last check run; in milliseconds. */
  readonly answeredIn: number;
  readonly checkedIn: number;
  readonly answer: Percentiles;
  /** From the webhook until its check runs are there. */
  readonly check: Percentiles;
  /** Milliseconds of processor time for each webhook with all that follows from it; null where the system does not tell. */
  readonly cpu: number | null;
  /** Bytes. */
  readonly peakMemory: number | null;
  /** Requests to GitHub, by operation. */
  readonly requests: Readonly<Record<string, number>>;
}

/** Starts a GitHub and an App, delivers, waits for every check run, and says what it took. Throws where one was wrong. */
export async function run(plan: Plan): Promise<Result> {
  const looks = createLooks();
  const fake = await startFake(plan.latency, looks.hear, looks.fail);
  try {
    await compile(plan.program, { github: fake.host });
    const app = await startApp(plan.program, { github: fake.host, ...plan });
    try {
      await listening(app);
      await warmUp(plan, app, looks);
      return await measure(plan, app, fake, looks);
    } finally {
      await app.stop();
    }
  } finally {
    fake.stop();
  }
}

const warmUpFrom = 1_000_000;

async function warmUp(plan: Plan, app: AppProcess, looks: Looks): Promise<void> {
  const indices = Array.from({ length: plan.warmUp }, (_, at) => warmUpFrom + at);
  await deliver(app.port, indices, { kind: 'closed', senders: 20 });
  await looks.all(indices);
}

async function measure(plan: Plan, app: AppProcess, fake: Fake, looks: Looks): Promise<Result> {
  const before = { cpu: app.cpu(), requests: await fake.requests(), at: now() };
  const deliveries = await deliver(app.port, plan.indices, plan.loop);
  const refused = deliveries.filter(({ status }) => status !== 200);
  if (refused.length > 0) throw new Error(`${refused.length} webhooks were answered ${refused[0]?.status}`);
  const posted = await looks.all(plan.indices);
  const cpu = app.cpu();
  return {
    pullRequests: plan.indices.length,
    answeredIn: Math.max(...deliveries.map(({ answeredAt }) => answeredAt)) - before.at,
    checkedIn: Math.max(...posted.map(({ at }) => at)) - before.at,
    ...latencies(deliveries, posted),
    cpu: cpu === null || before.cpu === null ? null : (cpu - before.cpu) / plan.indices.length,
    peakMemory: app.peakMemory(),
    requests: difference(await fake.requests(), before.requests),
  };
}

function latencies(deliveries: readonly Delivery[], posted: readonly News[]) {
  const from = new Map(deliveries.map((one) => [one.index, one.from]));
  return {
    answer: percentiles(deliveries.map((one) => one.answeredAt - one.from)),
    check: percentiles(posted.map(({ index, at }) => at - (from.get(index) ?? Number.NaN))),
  };
}

type Counts = Readonly<Record<string, number>>;

function difference(after: Counts, before: Counts): Counts {
  const counts = Object.entries(after).map(
    ([operation, count]) => [operation, count - (before[operation] ?? 0)] as const,
  );
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}
