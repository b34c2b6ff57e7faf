// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Logger } from 'pino';
import { classify } from '../github/errors.ts';
import { keepLease } from '../lease/keep.ts';
import type { Leases } from '../lease/lease.ts';
import { within } from '../within.ts';
import type { Sweeper } from './sweep.ts';
import type { SweepReport } from './sweep-report.ts';

interface ScheduleOptions {
  readonly sweeper: Sweeper;
  readonly leases: Leases;
  readonly log: Logger;
  /** From the end of one sweep to the start of the next, in milliseconds. */
  readonly interval: number;
}

export interface Schedule {
  /**
   * Starts no more sweeps, and resolves when the one that runs has stopped at its next step and the lease is given back,
   * or ten seconds later.
   */
  stop(): Promise<void>;
}

const leaseName = 'sweep';
/** How long after the death of the process that sweeps another takes its place, in milliseconds. */
const timeToLive = 30_000;
/** How long a stop waits for the sweep that runs, and then for the lease to be given back, in milliseconds. */
const patience = 5_000;

/**
 * Sweeps at once and then again and again, for as long as this process holds the lease. Of several processes one holds
 * it; the others ask for it as often as they would sweep.
 */
export function startSweeping({ sweeper, leases, log, interval }: ScheduleOptions): Schedule {
  const stopping = new AbortController();
  let lease: SweepLease | null = null;
  let timer: NodeJS.Timeout | null = null;

  async function turn(): Promise<void> {
    try {
      if (lease === null || lease.signal.aborted) lease = await keep(leases);
      if (lease === null) return;
      const report = await sweeper.sweep(AbortSignal.any([stopping.signal, lease.signal]));
      logSweep(log, report);
    } catch (thrown) {
      const { kind, why } = classify(thrown, Date.now());
      if (kind === 'unexpected') log.error({ err: thrown }, 'the sweep failed, the next one is tried all the same');
      else log.warn({ why }, 'the sweep failed, the next one is tried all the same');
    }
  }

  async function turns(): Promise<void> {
    await turn();
    if (stopping.signal.aborted) return;
    timer = setTimeout(() => {
      running = turns();
    }, jittered(interval));
    timer.unref();
  }

  let running = turns();
  return {
    stop: async () => {
      stopping.abort();
      clearTimeout(timer ?? undefined);
      // It may wait for GitHub. What it has not done yet is for the next one.
      await within(patience, running);
      // Whoever waits for the lease gets it in half a minute anyway.
      if (lease !== null) await within(patience, lease.release());
    },
  };
}

/** Up to a tenth earlier or later, so that processes that started together do not go on together. */
function jittered(interval: number): number {
  return interval * (0.9 + Math.random() * 0.2);
}

interface SweepLease {
  /** Aborts when the lease is lost. */
  readonly signal: AbortSignal;
  release(): Promise<void>;
}

/** The lease, renewed for as long as this process lives; null where another process holds it. */
async function keep(leases: Leases): Promise<SweepLease | null> {
  const heldFrom = performance.now();
  const lease = await leases.hold(leaseName, timeToLive);
  if (lease === null) return null;
  const lost = new AbortController();
  const kept = keepLease(lease, timeToLive, heldFrom, () => lost.abort());
  return {
    signal: lost.signal,
    release: async () => {
      kept.stop();
      await lease.release().catch(() => {});
    },
  };
}

function logSweep(log: Logger, { redelivered, deliveriesFailed, installations }: SweepReport): void {
  for (const { id, account, outcome, why } of installations) {
    if (outcome === 'failed') log.warn({ installation: id, account, why }, 'the sweep left an installation out');
  }
  if (deliveriesFailed !== null)
    log.warn({ why: deliveriesFailed }, 'the sweep could not see to all failed deliveries');
  const sum = (count: (one: SweepReport['installations'][number]) => number) =>
    installations.reduce((total, one) => total + count(one), 0);
  const summary = {
    installations: installations.length,
    pullRequests: sum(({ pullRequests }) => pullRequests),
    looks: sum(({ looks }) => looks.length),
    redeliveries: redelivered,
    toBeContinued: installations.filter(({ outcome }) => outcome === 'more').length,
  };
  log.info(summary, 'swept');
}
