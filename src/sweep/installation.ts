// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Client } from '../github/client.ts';
import { classify } from '../github/errors.ts';
import type { Installation } from '../github/installations.ts';
import { readInstalledRepositories } from '../github/open-pull-requests.ts';
import { type Allowance, createAllowance } from './allowance.ts';
import { goOn, type Pass, type PassContext, type PassProgress, startPass } from './pass.ts';
import type { InstallationReport } from './sweep-report.ts';

/** What is known of an installation from one sweep to the next, in this process's memory. */
export interface Standing {
  readonly allowance: Allowance;
  /** The pass that goes on; null where none does. */
  pass: Pass | null;
  /** When the last pass that came to its end began; null where none did. */
  passedAt: number | null;
  /** Until when it is to be left alone, by GitHub's own word. */
  heldUntil: number;
}

export function newStanding(share: number, now: () => number): Standing {
  return { allowance: createAllowance(share, now), pass: null, passedAt: null, heldUntil: 0 };
}

export interface InstallationContext extends Omit<PassContext, 'client' | 'allowance'> {
  readonly clientFor: (installationId: number) => Promise<Client>;
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
    const pass = standing.pass ?? (await begin(client, id, context));
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

async function begin(client: Client, id: number, { now, since, lost }: InstallationContext): Promise<Pass> {
  const startedAt = now();
  const repositories = await readInstalledRepositories(client, id);
  const own = new Set(repositories.map((repository) => repository.id).filter((repository) => lost.has(repository)));
  return startPass(repositories, { startedAt, since, lost: own });
}

function finish(standing: Standing, pass: Pass, lost: Set<number>): void {
  standing.pass = null;
  standing.passedAt = pass.startedAt;
  for (const repository of pass.lost) lost.delete(repository);
}
