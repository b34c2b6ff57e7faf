// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../github/client.ts';
import { classify } from '../github/errors.ts';
import { type Installation, readInstallations } from '../github/installations.ts';
import { createAsked } from './asked.ts';
import { carryOut, type Deliveries, planFor, settledUntil } from './deliveries.ts';
import { newStanding, type Standing, sweepInstallation } from './installation.ts';
import type { Page } from './notes.ts';
import type { Redelivery } from './redelivery.ts';
import type { SweepNotes } from './sweep-notes.ts';
import type { InstallationReport, Look, SweepReport } from './sweep-report.ts';

export interface SweeperOptions {
  readonly appId: number;
  /** An Octokit that speaks as the App itself. */
  readonly app: () => Promise<Client>;
  /** An Octokit that speaks as that installation. */
  readonly clientFor: (installationId: number) => Promise<Client>;
  /** Has it looked at: resolves once that is stored. */
  readonly have: (look: Look) => Promise<void>;
  /** Whether the App does anything about such an event, such as `pull_request.opened`. */
  readonly handles: (event: string) => boolean;
  readonly notes: Page<SweepNotes>;
  /** Share of each installation's hourly points that may be spent, more than 0 and at most a half. */
  readonly share: number;
  /** Milliseconds in which webhooks are usually under way: what happened since then needs no help yet. */
  readonly underWay: number;
  /** Asks for nothing and notes nothing; `have` is called all the same. */
  readonly dryRun?: boolean;
  readonly now?: () => number;
  readonly wait?: (milliseconds: number) => Promise<void>;
}

export interface Sweeper {
  /**
   * One sweep, until it is through or the signal stops it. What goes wrong with one installation, or with the
   * deliveries, is in the report; rejects where GitHub does not say which installations there are, or where the notes
   * cannot be had.
   */
  sweep(signal: AbortSignal, extent?: Extent): Promise<SweepReport>;
}

export interface Extent {
  /** Each open pull request is looked at, not only what fell due. */
  readonly everything: boolean;
  /** Whether anybody takes webhooks meanwhile. */
  readonly reachable: boolean;
}

const usual: Extent = { everything: false, reachable: true };

interface Sweeping extends SweeperOptions {
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly asked: ReturnType<typeof createAsked>;
  readonly deliveries: Deliveries;
  /** Ids of the repositories whose webhooks were lost. */
  readonly lost: Set<number>;
  readonly standings: Map<number, Standing>;
}

export function createSweeper(options: SweeperOptions): Sweeper {
  const sweeping: Sweeping = {
    now: Date.now,
    wait: (milliseconds) => sleep(milliseconds),
    ...options,
    asked: createAsked(),
    deliveries: { seenTo: new Map() },
    lost: new Set(),
    standings: new Map(),
  };
  return { sweep: (signal, extent = usual) => sweepOnce(sweeping, signal, extent) };
}

/** GitHub gives up on a delivery after ten seconds, and lists it by when it began; milliseconds. */
const mostDelivering = 30_000;

async function sweepOnce(
  sweeping: Sweeping,
  signal: AbortSignal,
  { everything, reachable }: Extent,
): Promise<SweepReport> {
  const { now, underWay, lost, dryRun = false } = sweeping;
  const startedAt = now();
  const notes = await sweeping.notes.read();
  const app = await sweeping.app();
  const installations = await readInstallations(app);
  const planned = await planDeliveries({ ...sweeping, reachable }, app, notes, installations);
  // By GitHub's clock: where ours is ahead, what fails from now on would count as settled.
  const settled = Math.min(startedAt, planned.asOf) - Math.max(underWay, mostDelivering);
  // Written first: whoever goes on after a crash has to look at everything as well.
  if (!planned.complete && !dryRun) await sweeping.notes.write({ settledUntil: settled, passes: {} });
  const due = whatIsDue(sweeping, notes, installations, planned, everything);
  const [asking, reports] = await Promise.all([
    dryRun ? nothingAsked : askFor(sweeping, app, planned.plan, signal),
    sweepAll(sweeping, installations, due, signal),
  ]);
  if (!dryRun) {
    const isPending = ({ delivery }: Redelivery) => delivery.repositoryId !== null && lost.has(delivery.repositoryId);
    await sweeping.notes.write({
      settledUntil: planned.failed === null ? settledUntil(planned.plan, isPending, settled) : notes.settledUntil,
      passes: passesOf(sweeping, due, installations),
    });
  }
  return {
    redeliveries: planned.plan,
    redelivered: asking.count,
    deliveriesFailed: planned.failed ?? asking.failed,
    installations: reports,
  };
}

interface Planned {
  readonly plan: readonly Redelivery[];
  readonly complete: boolean;
  /** When the deliveries were listed, by GitHub's own clock. */
  readonly asOf: number;
  /** Why there is no plan; null where there is one. */
  readonly failed: string | null;
}

/** Deliveries that cannot be listed are no reason to leave the pull requests alone. */
async function planDeliveries(
  sweeping: Sweeping & Pick<Extent, 'reachable'>,
  app: Client,
  notes: SweepNotes,
  installations: readonly Installation[],
): Promise<Planned> {
  try {
    const active = new Set(installations.filter(({ suspended }) => !suspended).map(({ id }) => id));
    const isActive = (id: number) => active.has(id);
    const context = { ...sweeping, app, settledUntil: notes.settledUntil, isActive };
    return { ...(await planFor(sweeping.deliveries, context)), failed: null };
  } catch (thrown) {
    return { plan: [], complete: true, asOf: sweeping.now(), failed: classify(thrown, sweeping.now()).why };
  }
}

/**
 * Since when what fell due is looked at, by installation: everything where that is wanted, or where webhooks were lost
 * and nobody knows of which repositories. Notes the repositories of the others.
 */
function whatIsDue(
  { lost, standings }: Sweeping,
  notes: SweepNotes,
  installations: readonly Installation[],
  { plan, complete }: Planned,
  everything: boolean,
): ReadonlyMap<number, number> {
  const since = new Map(installations.map(({ id }) => [id, notes.passes[id] ?? 0]));
  const startAgain = (id: number) => {
    since.set(id, 0);
    const standing = standings.get(id);
    if (standing !== undefined) Object.assign(standing, { pass: null, passedAt: null });
  };
  if (everything || !complete) for (const { id } of installations) startAgain(id);
  for (const { kind, delivery } of plan) {
    if (kind !== 'look') continue;
    if (delivery.repositoryId !== null) lost.add(delivery.repositoryId);
    else if (delivery.installationId !== null) startAgain(delivery.installationId);
  }
  return since;
}

/** How many deliveries were asked for, and why no more; null where there are none left. */
interface Asking {
  readonly count: number;
  readonly failed: string | null;
}
const nothingAsked: Asking = { count: 0, failed: null };

async function askFor(
  { deliveries, now, wait }: Sweeping,
  app: Client,
  plan: readonly Redelivery[],
  signal: AbortSignal,
): Promise<Asking> {
  let count = 0;
  const onAsked = () => {
    count += 1;
  };
  try {
    await carryOut(deliveries, plan, { app, now, wait, signal, onAsked });
    return { count, failed: null };
  } catch (thrown) {
    return { count, failed: classify(thrown, now()).why };
  }
}

/** So many installations at once: one that answers slowly must not hold up the others. */
const atOnce = 4;

async function sweepAll(
  sweeping: Sweeping,
  installations: readonly Installation[],
  due: ReadonlyMap<number, number>,
  signal: AbortSignal,
): Promise<readonly InstallationReport[]> {
  const reports: InstallationReport[] = [];
  const queue = [...installations];
  const work = async () => {
    for (let next = queue.shift(); next !== undefined && !signal.aborted; next = queue.shift()) {
      const context = { ...sweeping, since: due.get(next.id) ?? 0, signal };
      reports.push(await sweepInstallation(next, standingOf(sweeping, next.id), context));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return reports.toSorted((a, b) => a.id - b.id);
}

function standingOf({ standings, share, now }: Sweeping, id: number): Standing {
  const standing = standings.get(id) ?? newStanding(share, now);
  standings.set(id, standing);
  return standing;
}

/** Of installations that are no longer there nothing is kept. */
function passesOf(
  { standings }: Sweeping,
  due: ReadonlyMap<number, number>,
  installations: readonly Installation[],
): Readonly<Record<string, number>> {
  const there = new Set(installations.map(({ id }) => id));
  for (const id of standings.keys()) if (!there.has(id)) standings.delete(id);
  const began = installations.map(({ id }) => [String(id), standings.get(id)?.passedAt ?? due.get(id) ?? 0] as const);
  return Object.fromEntries(began.filter(([, at]) => at > 0));
}
