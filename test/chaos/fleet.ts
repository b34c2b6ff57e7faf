// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { setTimeout as sleep } from 'node:timers/promises';
import { type AppOptions, type AppProcess, type LogLine, startApp } from './app.ts';
import { type Front, startFront } from './front.ts';

/** Several processes of the App behind one address, each of which is replaced when it is killed. */
export interface Fleet {
  /** Where webhooks go. */
  readonly url: string;
  /** Lines of the logs at error level and above. */
  readonly errors: readonly LogLine[];
  /** Kills one at random with SIGKILL and starts another in its place. */
  killOne(random: () => number): Promise<void>;
  /** SIGTERM to all; resolves with their exit codes, the second time too. */
  stop(): Promise<readonly (number | null)[]>;
}

/** More than a database that is away for some seconds needs. */
const mostStarts = 20;

export type Slot = Omit<AppOptions, 'onLine'>;

export async function startFleet(slots: readonly Slot[]): Promise<Fleet> {
  const front = await startFront();
  const errors: LogLine[] = [];
  const onLine = (line: LogLine) => {
    if (line.level >= 50) errors.push(line);
  };
  const start = async (slot: Slot) => {
    const app = await startAgain({ ...slot, onLine });
    if (app.url !== null) front.targets.add(app.url);
    return app;
  };
  // The first one makes the tables.
  const [first, ...others] = slots;
  const running = first === undefined ? [] : [await start(first)];
  running.push(...(await Promise.all(others.map(start))));

  async function killOne(random: () => number): Promise<void> {
    const index = Math.floor(random() * slots.length);
    const [slot, app] = [slots[index], running[index]];
    if (slot === undefined || app === undefined) return;
    await app.kill();
    leave(front, app);
    running[index] = await start(slot);
  }

  let stopped: Promise<readonly (number | null)[]> | null = null;
  async function stop() {
    for (const app of running) leave(front, app);
    const codes = await Promise.all(running.map((app) => app.stop()));
    await front.close();
    return codes;
  }

  return {
    url: front.url,
    errors,
    killOne,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** What cannot start is started again, as systemd and Kubernetes do. */
async function startAgain(options: AppOptions): Promise<AppProcess> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await startApp(options);
    } catch (error) {
      if (tries === mostStarts) throw error;
      await sleep(1_000);
    }
  }
}

function leave({ targets }: Front, { url }: AppProcess): void {
  if (url !== null) targets.delete(url);
}

export interface Killing {
  readonly random: () => number;
  /** How many at most. */
  readonly most: number;
  /** How long none is killed at most, in milliseconds. */
  readonly within: number;
}

/** Kills one after the other, at random moments, until what runs meanwhile has ended. Returns how many. */
export async function killMeanwhile(
  fleet: Fleet,
  { random, most, within }: Killing,
  work: Promise<unknown>,
): Promise<number> {
  let kills = 0;
  let over = false;
  const ended = work.finally(() => {
    over = true;
  });
  while (!over && kills < most) {
    await Promise.race([sleep(200 + random() * (within - 200)), ended]);
    if (over) break;
    await fleet.killOne(random);
    kills += 1;
  }
  await ended;
  return kills;
}
