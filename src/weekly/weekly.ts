// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Logger } from 'pino';
import { z } from 'zod';
import { checked } from '../github/checked.ts';
import type { Client } from '../github/client.ts';
import { classify } from '../github/errors.ts';
import { readInstallations } from '../github/installations.ts';
import { readRepositories } from '../github/open-pull-requests.ts';
import type { RepositoryRef } from '../inbox/inbox.ts';
import type { Leases } from '../lease/lease.ts';
import type { Policies } from '../worker/policies.ts';
import { hourOf, isDue, untilNextHour } from './hours.ts';
import { lookAtCarried } from './look.ts';

export interface WeeklyOptions {
  readonly log: Logger;
  readonly host: string;
  readonly appId: number;
  readonly policies: Pick<Policies, 'inForce'>;
  /** An Octokit that speaks as that installation; as the App itself without one. */
  readonly clientFor: (installationId?: number) => Promise<Client>;
  /** One of all processes looks. */
  readonly leases: Leases;
}

/** The weekly report on what repositories carry. */
export interface Weekly {
  /** Looks at the repositories of which `isWanted` says so, one after the other. Never rejects. */
  look(isWanted: (repository: RepositoryRef) => boolean): Promise<void>;
  /** Begins with no further repository. */
  stop(): void;
}

const leaseName = 'weekly report';
/** A look at one repository takes a minute or so at most. */
const leaseTime = 15 * 60_000;

/**
 * Looks at each repository once a week, at an hour of its own. An hour in which the App did not run, or in which GitHub
 * did not answer, is made up for a week later.
 */
export function startWeekly(options: WeeklyOptions): Weekly {
  let stopped = false;
  let timer: NodeJS.Timeout;
  const lookAlone = async (isWanted: (repository: RepositoryRef) => boolean) => {
    const lease = await options.leases.hold(leaseName, leaseTime);
    if (lease === null) return;
    try {
      for await (const found of wanted(options, isWanted)) {
        if (stopped || !(await lease.renew())) return;
        await lookAt(options, found);
      }
    } finally {
      await lease.release();
    }
  };
  const look: Weekly['look'] = (isWanted) =>
    lookAlone(isWanted).catch((thrown: unknown) => {
      options.log.warn({ why: classify(thrown, Date.now()).why }, 'the weekly report could not be made');
    });
  let next = hourOf(Date.now()) + 1;
  const wait = () => {
    timer = setTimeout(() => {
      // A look may take longer than an hour, and a timer may be a moment early.
      const [from, to] = [next, Math.max(next, hourOf(Date.now()))];
      next = to + 1;
      void look((repository) => isDue(repository, from, to)).finally(() => stopped || wait());
    }, untilNextHour(Date.now()));
    timer.unref();
  };
  wait();
  return {
    look,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
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
