// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { classify } from '../github/errors.ts';
import type { RepositoryRef } from '../inbox/inbox.ts';
import type { Lease, Leases } from '../lease/lease.ts';
import { createMemoryNotebook, type Notebook } from '../sweep/notes.ts';
import { within } from '../within.ts';
import { hourOf, isDue, untilNextHour } from './hours.ts';
import { makeRound, type RoundOptions } from './round.ts';
import { weeklyNotes } from './weekly-notes.ts';

export interface WeeklyOptions extends RoundOptions {
  /** One of all processes looks. */
  readonly leases: Leases;
  /** Where it is noted which hours are done; absent: what is missed while no process runs is made up for a week later. */
  readonly notebook?: Notebook;
}

/** The weekly report on what repositories carry. */
export interface Weekly {
  /** Looks at the repositories of which `isWanted` says so, one after the other. Never rejects. */
  look(isWanted: (repository: RepositoryRef) => boolean): Promise<void>;
  /** Begins with no further repository, and resolves when the look at the present one has ended, or takes too long to. */
  stop(): Promise<void>;
}

const leaseName = 'weekly report';
/** A look at one repository takes a minute or so at most; while it waits for GitHub's limits, the lease is renewed. */
const leaseTime = 15 * 60_000;
/** How long a stop waits for the look at a repository, in milliseconds. */
const patience = 5_000;

/**
 * Looks at each repository once a week, at an hour of its own. Hours in which the App did not run, or in which GitHub did
 * not say which repositories there are, are made up for at the next start or in the next hour.
 */
export function startWeekly(options: WeeklyOptions): Weekly {
  const notes = (options.notebook ?? createMemoryNotebook()).page(weeklyNotes);
  let stopped = false;
  /** Ends a wait for GitHub's limits. */
  let wake = () => {};
  let timer: NodeJS.Timeout | null = null;
  let running = Promise.resolve();

  /** Whether it came to its end. */
  function lookAtEach(lease: Lease, isWanted: (repository: RepositoryRef) => boolean): Promise<boolean> {
    const mayGoOn = async () => !stopped && (await lease.renew());
    const wait = async (milliseconds: number) => {
      const end = Date.now() + milliseconds;
      while (Date.now() < end && (await mayGoOn())) {
        const woken = new Promise<void>((resolve) => {
          wake = resolve;
        });
        await within(Math.min(end - Date.now(), leaseTime / 3), woken);
      }
    };
    return makeRound(options, isWanted, { mayGoOn, wait });
  }

  /** What fell due since the last hour that is done; before the first start nothing did. */
  async function makeUp(lease: Lease): Promise<void> {
    const { doneUntil } = await notes.read();
    const now = hourOf(Date.now());
    if (doneUntil === now) return;
    // Hours to come are done only where a clock was wrong.
    if (doneUntil === null || doneUntil > now || (await lookAtEach(lease, (one) => isDue(one, doneUntil + 1, now))))
      await notes.write({ doneUntil: now });
  }

  /** Unless another process reports. */
  async function alone(work: (lease: Lease) => Promise<unknown>): Promise<void> {
    try {
      const lease = await options.leases.hold(leaseName, leaseTime);
      if (lease === null) return;
      await work(lease).finally(() => lease.release().catch(() => {}));
    } catch (thrown) {
      options.log.warn({ why: classify(thrown, Date.now()).why }, 'the weekly report could not be made');
    }
  }

  async function turns(): Promise<void> {
    await alone(makeUp);
    if (stopped) return;
    timer = setTimeout(() => {
      running = turns();
    }, untilNextHour(Date.now()));
    timer.unref();
  }

  running = turns();
  return {
    look: (isWanted) => alone((lease) => lookAtEach(lease, isWanted)),
    stop: async () => {
      stopped = true;
      wake();
      clearTimeout(timer ?? undefined);
      await within(patience, running);
    },
  };
}
