// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Logger } from 'pino';
import * as z from 'zod';
import { checked } from '../github/checked.ts';
import type { Client } from '../github/client.ts';
import { classify } from '../github/errors.ts';
import { readInstallations } from '../github/installations.ts';
import { readRepositories } from '../github/open-pull-requests.ts';
import type { RepositoryRef } from '../inbox/inbox.ts';
import type { Lease, Leases } from '../lease/lease.ts';
import { createMemoryNotebook, type Notebook } from '../sweep/notes.ts';
import { within } from '../within.ts';
import type { Policies } from '../worker/policies.ts';
import { hourOf, isDue, untilNextHour } from './hours.ts';
import { lookAtCarried } from './look.ts';
import { weeklyNotes } from './weekly-notes.ts';

export interface WeeklyOptions {
  readonly log: Logger;
  readonly host: string;
  readonly appId: number;
  readonly policies: Pick<Policies, 'inForce'>;
  /** An Octokit that speaks as that installation; as the App itself without one. */
  readonly clientFor: (installationId?: number) => Promise<Client>;
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
/** A look at one repository takes a minute or so at most. */
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
  let timer: NodeJS.Timeout | null = null;
  let running = Promise.resolve();

  /** Whether it came to its end. */
  async function lookAtEach(lease: Lease, isWanted: (repository: RepositoryRef) => boolean): Promise<boolean> {
    for await (const found of wanted(options, isWanted)) {
      if (stopped || !(await lease.renew())) return false;
      await lookAt(options, found);
    }
    return true;
  }

  /** What fell due since the last hour that is done; before the first start nothing did. */
  async function makeUp(lease: Lease): Promise<void> {
    const { doneUntil } = await notes.read();
    const now = hourOf(Date.now());
    if (doneUntil !== null && doneUntil >= now) return;
    if (doneUntil === null || (await lookAtEach(lease, (one) => isDue(one, doneUntil + 1, now))))
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
      clearTimeout(timer ?? undefined);
      await within(patience, running);
    },
  };
}

interface Found {
  readonly client: Client;
  readonly author: string;
  readonly repository: RepositoryRef;
}

const app = z.object({ slug: z.string() });

/** Every repository of every installation that is wanted; an installation that GitHub refuses does not stop the others. */
async function* wanted(
  options: WeeklyOptions,
  isWanted: (repository: RepositoryRef) => boolean,
): AsyncGenerator<Found> {
  const asApp = await options.clientFor();
  const { data } = await asApp.request('GET /app');
  const author = `${checked(app, data, 'the request for the App').slug}[bot]`;
  for (const { id: installationId, suspended } of await readInstallations(asApp)) {
    if (suspended) continue;
    const { client, repositories } = await repositoriesOf(options, installationId);
    for (const repository of repositories.filter(isWanted)) yield { client, author, repository };
  }
}

async function repositoriesOf({ clientFor, log }: WeeklyOptions, installationId: number) {
  const client = await clientFor(installationId);
  try {
    return { client, repositories: await readRepositories(client, installationId) };
  } catch (thrown) {
    const { why } = classify(thrown, Date.now());
    log.warn({ installationId, why }, 'no weekly report for the repositories of this installation');
    return { client, repositories: [] };
  }
}

async function lookAt(options: WeeklyOptions, { client, author, repository }: Found): Promise<void> {
  const { owner, name, installationId } = repository;
  const { host, appId } = options;
  const asking = { client, host, appId, pageSize: 100, installationId };
  try {
    const outcome = await lookAtCarried(asking, author, repository, options.policies);
    if (outcome !== null) options.log.info({ repository: `${owner}/${name}`, issue: outcome }, 'weekly report');
  } catch (thrown) {
    const { why } = classify(thrown, Date.now());
    options.log.warn({ repository: `${owner}/${name}`, why }, 'the weekly report of this repository could not be made');
  }
}
