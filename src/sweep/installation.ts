// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Client } from '../github/client.ts';
import { classify } from '../github/errors.ts';
import type { Installation } from '../github/installations.ts';
import { type InstalledRepository, readInstalledRepositories } from '../github/open-pull-requests.ts';
import { type Allowance, createAllowance } from './allowance.ts';
import { goOn, type Pass, type PassContext, type PassProgress, startPass } from './pass.ts';
import type { InstallationReport } from './sweep-report.ts';

/** What is known of an installation from one sweep to the next, in this process's memory. */
export interface Standing {
  readonly allowance: Allowance;
  /** The pass that goes on; null where none does. */
  pass: Pass | null;
  /** Its repositories as they were listed last, and when; null where they never were. */
  listed: { readonly repositories: readonly InstalledRepository[]; readonly at: number } | null;
  /** When the last pass that came to its end began; null where none did. */
  passedAt: number | null;
  /** Until when it is to be left alone, by GitHub's own word. */
  heldUntil: number;
}

export function newStanding(share: number, now: () => number): Standing {
  return { allowance: createAllowance(share, now), pass: null, listed: null, passedAt: null, heldUntil: 0 };
}

interface InstallationContext extends Omit<PassContext, 'client' | 'allowance'> {
  readonly clientFor: (installationId: number) => Promise<Client>;
  readonly share: number;
  /** What fell due since then is looked at; milliseconds since 1970. */
  readonly since: number;
  /** Ids of the repositories whose webhooks were lost. Those that a pass has been through are taken out. */
  readonly lost: Set<number>;
}

/** Goes on with the installation's pass, or starts one. Never rejects: what goes wrong is in the report. */
export async function sweepInstallation(
  { id, account, suspended }: Installation,
  standing: Standing,
  context: InstallationContext,
): Promise<InstallationReport> {
  const progress: PassProgress = { repositories: 0, pullRequests: 0, looks: [] };
  const report = { id, account, why: null, ...progress };
  if (suspended) return { ...report, outcome: 'suspended' };
  if (context.now() < standing.heldUntil) return { ...report, outcome: 'more', why: 'GitHub asked to wait' };
  try {
    const client = await context.clientFor(id);
    const pass = standing.pass ?? (await begin(client, id, standing, context));
    standing.pass = pass;
    const done = await goOn(pass, { ...context, client, allowance: standing.allowance }, progress);
    if (done) finish(standing, pass, context.lost);
    return { ...report, ...progress, outcome: done ? 'done' : 'more' };
  } catch (thrown) {
    const failure = classify(thrown, context.now());
    if (failure.kind === 'retry' && failure.after !== null) standing.heldUntil = context.now() + failure.after;
    return { ...report, ...progress, outcome: 'failed', why: failure.why };
  }
}

async function begin(client: Client, id: number, standing: Standing, context: InstallationContext): Promise<Pass> {
  const { now, since, lost } = context;
  const startedAt = now();
  if (standing.listed === null || startedAt >= staleAt(standing.listed, context)) {
    standing.listed = { repositories: await readInstalledRepositories(client, id), at: startedAt };
  }
  const { repositories } = standing.listed;
  const own = new Set(repositories.map((repository) => repository.id).filter((repository) => lost.has(repository)));
  return startPass(repositories, { startedAt, since, lost: own });
}

const hour = 60 * 60_000;
/** Any installation has so many REST requests an hour at least ("Rate limits for GitHub Apps"). */
const leastHourly = 5_000;

/** A list of tens of thousands of repositories takes hundreds of requests: it is made anew as often as the share allows. */
function staleAt({ repositories, at }: NonNullable<Standing['listed']>, { share }: InstallationContext): number {
  return at + (Math.ceil(repositories.length / 100) * hour) / (leastHourly * share);
}

function finish(standing: Standing, pass: Pass, lost: Set<number>): void {
  standing.pass = null;
  standing.passedAt = pass.startedAt;
  for (const repository of pass.lost) lost.delete(repository);
}
