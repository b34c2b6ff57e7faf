// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Logger } from 'pino';
import * as z from 'zod';
import { checked } from '../github/checked.ts';
import type { Client } from '../github/client.ts';
import { newErrand, onErrand } from '../github/errand.ts';
import { classify } from '../github/errors.ts';
import { readInstallations } from '../github/installations.ts';
import { readRepositories } from '../github/open-pull-requests.ts';
import type { RepositoryRef } from '../inbox/inbox.ts';
import type { Policies } from '../worker/policies.ts';
import { lookAtCarried } from './look.ts';

export interface RoundOptions {
  readonly log: Logger;
  readonly host: string;
  readonly appId: number;
  readonly policies: Pick<Policies, 'inForce'>;
  /** An Octokit that speaks as that installation; as the App itself without one. */
  readonly clientFor: (installationId?: number) => Promise<Client>;
}

/** Whoever has the round made. */
export interface Pace {
  /** Asked before each step. */
  mayGoOn(): Promise<boolean>;
  /** Resolves after so many milliseconds, or earlier where the round may not go on. */
  wait(milliseconds: number): Promise<void>;
}

/** An installation, and what is left to do there. */
interface Turn {
  readonly installationId: number;
  /** null: its repositories are still to be listed. */
  left: readonly RepositoryRef[] | null;
  /** Its limits stand in the way until then; milliseconds since 1970. */
  notBefore: number;
}

/** GitHub's longest window, and some more: who is at a limit then is at it for good. Milliseconds. */
const longestWait = 65 * 60_000;

/**
 * Looks at the repositories that are wanted, one after the other. An installation that GitHub refuses, or that is at its
 * limits, does not stop the others. Nobody waits for it, so that half of each budget is left to those who wait for a
 * check. Returns whether it came to its end; throws where GitHub does not say which installations there are.
 */
export async function makeRound(
  options: RoundOptions,
  isWanted: (repository: RepositoryRef) => boolean,
  { mayGoOn, wait }: Pace,
): Promise<boolean> {
  const { author, installations } = await inBackground(() => readApp(options));
  const end = Date.now() + longestWait;
  let turns = installations.map((installationId): Turn => ({ installationId, left: null, notBefore: 0 }));
  while (turns.length > 0) {
    const turn = turns.reduce((first, one) => (one.notBefore < first.notBefore ? one : first));
    if (turn.notBefore > end) {
      for (const { installationId } of turns)
        options.log.warn({ installationId }, 'no limits left for a weekly report');
      return true;
    }
    if (turn.notBefore > Date.now()) await wait(turn.notBefore - Date.now());
    if (!(await mayGoOn())) return false;
    await inBackground(() => step(options, author, turn, isWanted));
    turns = turns.filter(({ left }) => left === null || left.length > 0);
  }
  return true;
}

function inBackground<Result>(work: () => Promise<Result>): Promise<Result> {
  return onErrand(newErrand('sweep'), work);
}

const app = z.object({ slug: z.string() });

async function readApp({ clientFor }: RoundOptions) {
  const asApp = await clientFor();
  const { data } = await asApp.request('GET /app');
  const author = `${checked(app, data, 'the request for the App').slug}[bot]`;
  const installations = (await readInstallations(asApp)).filter(({ suspended }) => !suspended);
  return { author, installations: installations.map(({ id }) => id) };
}

/** Lists the repositories, or looks at the next one. */
async function step(
  options: RoundOptions,
  author: string,
  turn: Turn,
  isWanted: (repository: RepositoryRef) => boolean,
): Promise<void> {
  const { installationId, left } = turn;
  const [repository, ...rest] = left ?? [];
  try {
    const client = await options.clientFor(installationId);
    if (repository === undefined) {
      turn.left = (await readRepositories(client, installationId)).filter(isWanted);
    } else {
      await lookAt(options, client, author, repository);
      turn.left = rest;
    }
  } catch (thrown) {
    const failure = classify(thrown, Date.now());
    if (failure.kind === 'retry' && failure.after !== null) {
      turn.notBefore = Date.now() + failure.after;
      return;
    }
    turn.left = rest;
    options.log.warn({ ...nameOf(installationId, repository), why: failure.why }, 'no weekly report');
  }
}

function nameOf(installationId: number, repository: RepositoryRef | undefined) {
  return repository === undefined ? { installationId } : { repository: `${repository.owner}/${repository.name}` };
}

async function lookAt(
  { host, appId, policies, log }: RoundOptions,
  client: Client,
  author: string,
  repository: RepositoryRef,
): Promise<void> {
  const { owner, name, installationId } = repository;
  const asking = { client, host, appId, pageSize: 100, installationId };
  const outcome = await lookAtCarried(asking, author, repository, policies);
  if (outcome !== null) log.info({ repository: `${owner}/${name}`, issue: outcome }, 'weekly report');
}
