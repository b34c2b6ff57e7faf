// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Client } from '../github/client.ts';
import { classify } from '../github/errors.ts';
import { type Head, type HeadsRequest, readHeads } from '../github/heads.ts';
import type { InstalledRepository } from '../github/open-pull-requests.ts';
import { readQueueHeads } from '../github/queue-heads.ts';
import { type RepositoryRef, type Subject, subjectKey } from '../inbox/inbox.ts';
import type { Allowance } from './allowance.ts';
import type { Asked } from './asked.ts';
import { isDue, whatIsMissing } from './reason.ts';
import type { Look } from './sweep-report.ts';

/** One way through an installation's open pull requests. It may take several sweeps, each going on where one stopped. */
export interface Pass {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** When the pass before it began: what fell due since then is looked at. */
  readonly since: number;
  /** Ids of the repositories whose webhooks were lost. */
  readonly lost: ReadonlySet<number>;
  /** Pages that are still to be read. */
  readonly requests: PassRequest[];
  /** What is to be looked at and has not been asked for yet. */
  readonly found: (Look & { readonly headSha: string })[];
  /** Merge queues that were met, by a name of their own, and whether they still are to be read. */
  readonly queues: Map<string, QueueRequest | 'read'>;
  /** How many pull requests are read in one request. */
  size: number;
  /** Whether the next repository is read by itself, since it may be the one that GitHub does not manage. */
  alone: boolean;
}

interface QueueRequest {
  readonly repository: RepositoryRef;
  readonly branch: string;
}

interface PassRequest extends HeadsRequest {
  readonly id: number;
  /** How often it failed when it was read by itself. */
  readonly failures: number;
}

/** GitHub's own limit for one list. */
const mostAtOnce = 100;
const mostRepositoriesAtOnce = 50;
/** After GitHub did not manage a full page in its ten seconds. */
const smallSize = 20;
/** Looks that are stored together. */
const mostPutAtOnce = 50;
/** A repository that failed so often is left to the next pass. */
const mostFailures = 3;
/** A look costs the query and the mutation of an hour's points. */
const pointsPerLook = 2;

/** Repositories that changed last come first; those without open issues or pull requests are only asked once a day. */
export function startPass(
  repositories: readonly InstalledRepository[],
  { startedAt, since, lost }: Pick<Pass, 'startedAt' | 'since' | 'lost'>,
): Pass {
  const requests = repositories
    .filter(({ openIssues, ref }) => openIssues > 0 || isDue(nameOf(ref), since, startedAt))
    .toSorted((a, b) => b.changedAt - a.changedAt)
    .map(({ id, ref, openIssues }) => {
      const first = Math.min(Math.max(openIssues, 1), mostAtOnce);
      return { id, repository: ref, first, after: null, failures: 0 };
    });
  return { startedAt, since, lost, requests, found: [], queues: new Map(), size: mostAtOnce, alone: false };
}

export interface PassContext {
  readonly client: Client;
  readonly appId: number;
  readonly allowance: Allowance;
  readonly asked: Asked;
  /** Milliseconds in which webhooks are usually under way: what changed since then needs no help yet. */
  readonly underWay: number;
  readonly now: () => number;
  /** Has it looked at. */
  readonly have: (look: Look) => Promise<void>;
  readonly signal: AbortSignal;
}

export interface PassProgress {
  repositories: number;
  pullRequests: number;
  readonly looks: Look[];
}

/** Goes on with a pass as far as the allowance goes. Returns whether it came to its end; throws whatever Octokit throws. */
export async function goOn(pass: Pass, context: PassContext, progress: PassProgress): Promise<boolean> {
  const { allowance, signal } = context;
  for (;;) {
    await readQueues(pass, context, progress);
    while (pass.found.length > 0) {
      if (signal.aborted || !(await haveSome(pass, context, progress))) return false;
    }
    const batch = nextBatch(pass);
    if (batch.length === 0) return true;
    if (signal.aborted || !allowance.may(pointsOf(batch))) return false;
    await readOrGiveWay(pass, batch, context, progress);
  }
}

/**
 * Has the next ones looked at that were found, together: a storage takes many at once as fast as one. Returns whether the
 * allowance let any. Those that could not be stored stay; throws why.
 */
async function haveSome({ found }: Pass, context: PassContext, progress: PassProgress): Promise<boolean> {
  const { allowance } = context;
  let count = 0;
  for (; count < Math.min(found.length, mostPutAtOnce) && allowance.may(pointsPerLook); count += 1) {
    allowance.spend(pointsPerLook);
  }
  const looks = found.slice(0, count);
  const stored = await Promise.allSettled(looks.map((look) => have(look, context, progress)));
  const refused = stored.find((one) => one.status === 'rejected');
  found.splice(0, count, ...looks.filter((_, index) => stored[index]?.status === 'rejected'));
  if (refused !== undefined) throw refused.reason;
  return count > 0;
}

async function have(
  { subject, reason, headSha }: Pass['found'][number],
  { asked, now, ...context }: PassContext,
  progress: PassProgress,
): Promise<void> {
  await context.have({ subject, reason });
  asked.note(subjectKey(subject), headSha, now());
  progress.looks.push({ subject, reason });
}

/** As many as fill a request. What failed before is read by itself, or it would have others fail too. */
function nextBatch({ requests, size, alone }: Pass): readonly PassRequest[] {
  const [first, ...others] = requests.slice(0, mostRepositoriesAtOnce);
  if (first === undefined) return [];
  const batch = [first];
  let room = size - first.first;
  for (const request of alone || first.failures > 0 ? [] : others) {
    room -= request.first;
    if (room < 0 || request.failures > 0) break;
    batch.push(request);
  }
  return batch.map((request) => ({ ...request, first: Math.min(request.first, size) }));
}

/** A list costs a request for each of its parents; a hundred of them are a point ("Rate limits and query limits"). */
function pointsOf(batch: readonly PassRequest[]): number {
  const slots = batch.reduce((sum, { first }) => sum + first, 0);
  return Math.ceil((1 + batch.length + 3 * slots) / 100);
}

/** What GitHub does not manage must not hold up what comes after it. Throws on whatever went wrong. */
async function readOrGiveWay(
  pass: Pass,
  batch: readonly PassRequest[],
  context: PassContext,
  progress: PassProgress,
): Promise<void> {
  try {
    await read(pass, batch, context, progress);
    pass.alone = false;
  } catch (thrown) {
    const failure = classify(thrown, context.now());
    if (failure.kind !== 'retry' || failure.after === null) giveWay(pass, batch);
    throw thrown;
  }
}

/** Smaller pages first, then one repository by itself, then that one at the end. */
function giveWay(pass: Pass, batch: readonly PassRequest[]): void {
  if (pass.size > smallSize) {
    pass.size = smallSize;
    return;
  }
  if (batch.length > 1) {
    pass.alone = true;
    return;
  }
  const [request] = pass.requests.splice(0, 1);
  pass.alone = false;
  if (request === undefined || request.failures + 1 === mostFailures) return;
  pass.requests.push({ ...request, failures: request.failures + 1 });
}

async function read(
  pass: Pass,
  batch: readonly PassRequest[],
  context: PassContext,
  progress: PassProgress,
): Promise<void> {
  const { pages, budget } = await readHeads(context.client, context.appId, batch);
  context.allowance.hear(budget);
  const more: PassRequest[] = [];
  for (const [index, request] of batch.entries()) {
    const page = pages[index];
    if (request.after === null) progress.repositories += 1;
    if (page == null) continue;
    progress.pullRequests += page.heads.length;
    for (const head of page.heads) {
      pass.found.push(...consider(pass, request, head, context));
      if (head.inMergeQueue) meetQueue(pass, request.repository, head.baseRef);
    }
    if (page.next !== null) more.push({ ...request, first: mostAtOnce, after: page.next });
  }
  pass.requests.splice(0, batch.length, ...more);
}

function meetQueue({ queues }: Pass, repository: RepositoryRef, branch: string): void {
  const queue = `${nameOf(repository)} ${branch}`;
  if (!queues.has(queue)) queues.set(queue, { repository, branch });
}

function consider(
  pass: Pass,
  { id, repository }: PassRequest,
  { number, updatedAt, posted }: Head,
  { asked, now, underWay }: PassContext,
): Pass['found'] {
  const subject: Subject = { kind: 'pull-request', repository, number };
  const key = subjectKey(subject);
  const look = { subject, headSha: posted.headSha };
  const reason = whatIsMissing(posted, number);
  if (reason !== null && now() - Date.parse(updatedAt) >= underWay && asked.due(key, posted.headSha, now())) {
    return [{ ...look, reason }];
  }
  if (pass.lost.has(id)) return [{ ...look, reason: 'webhooks-lost' }];
  return isDue(key, pass.since, pass.startedAt) ? [{ ...look, reason: 'daily' }] : [];
}

/** A merge group that waits for checks holds up everything behind it, so that this waits for no allowance. */
async function readQueues(pass: Pass, context: PassContext, progress: PassProgress): Promise<void> {
  const { client, appId, allowance, asked, underWay, now } = context;
  for (const [queue, request] of pass.queues) {
    if (request === 'read') continue;
    // One that fails is left to the next pass.
    pass.queues.set(queue, 'read');
    const { repository, branch } = request;
    const { heads, budget } = await readQueueHeads(client, appId, repository, branch);
    allowance.hear(budget);
    for (const { group, enqueuedAt, posted } of heads) {
      const { headSha, headRef, baseSha, baseRef } = group;
      const subject: Subject = { kind: 'merge-group', repository, headSha, headRef, baseSha, baseRef };
      const reason = whatIsMissing(posted, null);
      const settled = now() - Date.parse(enqueuedAt) >= underWay && asked.due(subjectKey(subject), headSha, now());
      if (reason !== null && settled) await have({ subject, reason, headSha }, context, progress);
    }
  }
}

function nameOf({ installationId, owner, name }: RepositoryRef): string {
  return `${installationId}/${owner}/${name}`.toLowerCase();
}
