// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Logger } from 'pino';
import type { Client } from '../github/client.ts';
import { createContentsMemory } from '../github/contents-memory.ts';
import { type Errand, newErrand, onErrand } from '../github/errand.ts';
import { classify, type Failure } from '../github/errors.ts';
import { type Attempt, type Entry, type Handler, type Inbox, installationOf, type Subject } from '../inbox/inbox.ts';
import type { Leases } from '../lease/lease.ts';
import { inSpan } from '../tracing/span.ts';
import { createAfterwards } from './afterwards.ts';
import { backoff, mostGone, mostUnexpected, usualWaits, type Waits, waitAfter } from './backoff.ts';
import { createJudge } from './judge.ts';
import type { Look } from './look.ts';
import type { Later } from './preview.ts';
import { createPreviews } from './previews.ts';
import { createSaidLately } from './said.ts';
import { putAll, type SeeingOptions, see } from './subjects.ts';
import { attributesOf, describe, logLook } from './telling.ts';
import { createTurns } from './turns.ts';

export interface WorkerOptions extends SeeingOptions {
  readonly leases: Leases;
  readonly log: Logger;
  /** An Octokit that speaks as that installation. */
  readonly clientFor: (installationId: number) => Promise<Client>;
  readonly observer: WorkerObserver;
  /** The usual ones unless told otherwise. */
  readonly waits?: Waits;
}

/** One attempt to look at something, for whoever counts. */
export interface AttemptMade {
  readonly kind: Subject['kind'];
  readonly attempt: Attempt;
  /** What it cost. */
  readonly errand: Errand;
  /** When the entry was put, in milliseconds since 1970; null: not known. */
  readonly putAt: number | null;
  /** null where it came to none, and where others were only to be put. */
  readonly look: Look | null;
}

export interface WorkerObserver {
  attempted(made: AttemptMade): void;
}

/** Makes the inbox's handler: looks at a subject, and turns what goes wrong into a later try where that can help. */
export function createWorker(options: WorkerOptions): Handler {
  /** Until when an installation has to be left alone, by GitHub's own word and a clock that nobody sets. */
  const holds = new Map<number, number>();
  const turns = createTurns(options.leases);
  const lately = createSaidLately();
  const previews = createPreviews();
  const judge = createJudge();
  const contents = createContentsMemory();
  const { waits = usualWaits } = options;
  const afterwards = createAfterwards(options.inbox, waits.unanswered);
  const shared = { turns, lately, previews, judge, contents, afterwards };

  async function attemptAt(entry: Entry, errand: Errand, saw: (look: Look) => void): Promise<Attempt> {
    const installationId = installationOf(entry.subject);
    const log = options.log.child(describe(entry));
    const held = (holds.get(installationId) ?? 0) - performance.now();
    if (held > 0) return { done: false, retryAfter: Math.ceil(held), counts: false };
    holds.delete(installationId);
    try {
      const client = await options.clientFor(installationId);
      const found = await inSpan(
        `look at ${entry.subject.kind}`,
        'CONSUMER',
        () => attributesOf(entry),
        () => onErrand(errand, () => see(options, shared, client, entry)),
      );
      if ('looked' in found) saw(found);
      return await settle(options.inbox, found, entry, log);
    } catch (thrown) {
      const failure = classify(thrown, Date.now());
      const hold = holdOf(failure);
      // Requests that ran at the same time may have been told of a shorter wait.
      if (hold > 0) holds.set(installationId, Math.max(performance.now() + hold, holds.get(installationId) ?? 0));
      if (failure.kind === 'retry' && failure.refreshToken === true) await refreshToken(options, installationId);
      return after(failure, thrown, { entry, log, waits });
    }
  }

  return async (entry) => {
    const errand = newErrand(entry.urgency ?? 'person', pointsOf(entry.subject));
    let look: Look | null = null;
    const attempt = await attemptAt(entry, errand, (found) => {
      look = found;
    });
    options.observer.attempted({ kind: entry.subject.kind, attempt, errand, putAt: entry.putAt ?? null, look });
    return attempt;
  };
}

/**
 * What a look costs as a rule of GitHub's limit a minute: it reads the pull request, then files, and writes check runs.
 * One that began with less would be given up before it writes, and begun anew later.
 */
const usualLook = 1 + 1 + 5;

function pointsOf({ kind }: Subject): number {
  return kind === 'pull-request' || kind === 'merge-group' ? usualLook : 0;
}

/** How long the whole installation is to be left alone, in milliseconds. */
function holdOf(failure: Failure): number {
  return failure.kind === 'retry' && failure.partly !== true ? (failure.after ?? 0) : 0;
}

async function settle(
  inbox: Pick<Inbox, 'put'>,
  look: Look | Later | readonly Subject[],
  entry: Entry,
  log: Logger,
): Promise<Attempt> {
  if ('later' in look) return { done: false, retryAfter: look.later, counts: false };
  logLook(log, look);
  await putPreview(inbox, entry, look);
  return afterLook(look, entry, log);
}

/** Made apart from the verdict, which nobody has to wait for it to see. */
async function putPreview(inbox: Pick<Inbox, 'put'>, entry: Entry, look: Look | readonly Subject[]): Promise<void> {
  const { subject } = entry;
  if (!('looked' in look) || !look.looked || !look.previewWanted) return;
  if (subject.kind !== 'pull-request' && subject.kind !== 'preview') return;
  const { repository, number } = subject;
  await putAll(inbox, entry, [{ kind: 'preview', repository, number }]);
}

/** A fault that passes has denied what GitHub would perhaps allow, or left open what it did. */
function afterLook(look: Look | readonly Subject[], entry: Entry, log: Logger): Attempt {
  const again = 'looked' in look && look.looked ? look.again : null;
  if (again === null) return { done: true };
  log.warn(again);
  return { done: false, retryAfter: backoff(entry.attempt) };
}

/** What is left to do after a failure. */
function after(
  failure: Failure,
  thrown: unknown,
  { entry, log, waits }: { readonly entry: Entry; readonly log: Logger; readonly waits: Waits },
): Attempt {
  if (failure.kind === 'gone' && (failure.perhaps !== true || entry.attempt >= mostGone)) {
    log.warn({ why: failure.why }, 'not to be seen by this App, left alone');
    return { done: true };
  }
  const retryAfter = waitAfter(failure, entry.attempt, waits);
  if (failure.kind === 'unexpected' && entry.attempt >= mostUnexpected) {
    log.error({ err: thrown }, 'failed, given up: see countersign inbox list');
    return { done: false, dead: true, why: failure.why };
  }
  if (failure.kind === 'unexpected') log.error({ err: thrown, retryAfter }, 'failed, to be tried again');
  else log.warn({ why: failure.why, retryAfter }, 'failed, to be tried again');
  return { done: false, retryAfter, counts: failure.kind !== 'retry' || failure.after === null };
}

/** A token that GitHub no longer takes is still in Octokit's cache for up to an hour: have a new one made. */
async function refreshToken(options: WorkerOptions, installationId: number): Promise<void> {
  try {
    const client = await options.clientFor(installationId);
    await client.auth({ type: 'installation', installationId, refresh: true });
  } catch (error) {
    options.log.warn({ installation: installationId, why: classify(error, Date.now()).why }, 'no new token to be had');
  }
}
