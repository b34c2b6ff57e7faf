// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { readOrigin } from '../../git/origin.ts';
import { renderSimulation } from '../../report/simulation.ts';
import type { PolicyOptions } from '../policy.ts';
import { requireToken } from '../token.ts';
import { UserError } from '../user-error.ts';
import { version } from '../version.ts';
import { openJournal } from './journal.ts';
import { type Seen, simulateOnGitHub } from './on-github.ts';
import { readCandidate } from './policies.ts';
import { type Progress, startProgress } from './progress.ts';
import { simulateRecorded } from './recorded.ts';

interface SimulateOptions extends PolicyOptions {
  readonly policy: string;
  readonly against?: string;
  readonly repo?: string;
  readonly org?: string;
  readonly from?: string;
  /** Pull requests, of each repository. */
  readonly last?: number;
  readonly restart?: boolean;
  readonly format: 'text' | 'json' | 'markdown';
}

const lastUnlessGiven = 20;

/**
 * `countersign policy simulate`: the pull requests whose results another policy would change. Returns 0 where there are
 * none, 1 where there are, 2 where some could not be judged.
 */
export async function simulate(options: SimulateOptions): Promise<number> {
  refuseContradictions(options);
  const { results, leftOut } =
    options.from === undefined ? await onGitHub(options) : await recorded(options, options.from);
  process.stdout.write(renderSimulation(results, options.format));
  if (leftOut > 0 || results.some(({ unread }) => unread !== null)) return 2;
  return results.some(({ differences }) => differences.length > 0) ? 1 : 0;
}

function refuseContradictions({ repo, org, from, floor, extended, last, restart }: SimulateOptions): void {
  if ([repo, org, from].filter((one) => one !== undefined).length > 1) {
    throw new UserError('--repo, --org and --from exclude each other: name one of them.');
  }
  if (from !== undefined && (last !== undefined || restart !== undefined)) {
    throw new UserError('--last and --restart go with GitHub: --from judges every recorded pull request, at once.');
  }
  if (from === undefined && (floor !== undefined || extended !== undefined)) {
    throw new UserError('--floor and --extended go with --from: on GitHub, these files are read there.');
  }
}

async function recorded(options: SimulateOptions, directory: string): Promise<Seen> {
  const { policy, against, floor, extended } = options;
  const next = { policy, ...(floor === undefined ? {} : { floor }), ...(extended === undefined ? {} : { extended }) };
  return { results: await simulateRecorded({ directory, next, now: against ?? null }), leftOut: 0 };
}

async function onGitHub(options: SimulateOptions): Promise<Seen> {
  const { GHE_HOST } = process.env;
  const token = requireToken(process.env);
  const { repo, org, policy, against, last = lastUnlessGiven, restart = false } = options;
  const where = org === undefined ? await repositoryFrom(repo, GHE_HOST || 'github.com') : { organisation: org };
  const next = await readCandidate(policy);
  const now = against === undefined ? null : await readCandidate(against);
  const files = [next, now].map((file) => file && [file.path, file.text]);
  const about = [version(), GHE_HOST, process.env.COUNTERSIGN_DEFAULT_POLICY, where, files, last];
  const journal = await openJournal(about, { restart });
  const { clientWith } = await import('../client.ts');
  const { client, host, close } = clientWith(token, process.env);
  const asking = { client, host, appId: null, pageSize: 100 };
  const progress = startProgress();
  const stop = () => breakOff(progress);
  process.once('SIGINT', stop);
  try {
    if (journal.size > 0) progress.tell(`Going on after ${journal.size} pull requests; --restart begins anew.`);
    const seen = await simulateOnGitHub({ where, next, now, last }, { asking, journal, progress });
    await journal.finish();
    return seen;
  } finally {
    process.off('SIGINT', stop);
    progress.stop();
    close();
  }
}

/** 130 is what shells show of a command that was interrupted. */
function breakOff(progress: Progress): never {
  progress.stop();
  progress.tell('Broken off. The same command goes on from here.');
  process.exit(130);
}

/** The one that was named, else the one that `origin` leads to. */
async function repositoryFrom(repo: string | undefined, host: string) {
  if (repo !== undefined) {
    const [, owner, name] = /^([\w-]+)\/([\w.-]+)$/.exec(repo) ?? [];
    if (owner === undefined || name === undefined) throw new UserError(`--repo ${repo}: has to be OWNER/NAME.`);
    return { owner, name };
  }
  const origin = await readOrigin(host).catch(() => null);
  if (origin === null) {
    throw new UserError(
      `No repository on ${host} is known from the remote origin. Name one: --repo OWNER/NAME. If it is on a server of yours, set GHE_HOST to its host name.`,
    );
  }
  return { owner: origin.owner, name: origin.name };
}
