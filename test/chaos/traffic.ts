// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { setTimeout as sleep } from 'node:timers/promises';
import type { PullRequestHandle } from '../simulator/handles/pull-request.ts';
import type { RepositoryHandle } from '../simulator/handles/repository.ts';
import type { Simulator } from '../simulator/index.ts';
import { seededRandom } from '../simulator/random.ts';

/** A pull request, and what its checks have to say in the end. */
export interface Watched {
  readonly pullRequest: PullRequestHandle;
  signedOff: boolean;
}

export interface Traffic {
  readonly watched: readonly Watched[];
  /** Opens pull requests and pushes to them, in all as many webhooks as were asked for. */
  run(): Promise<void>;
}

export interface TrafficOptions {
  readonly simulator: Simulator;
  /** Webhooks `pull_request.opened` and `pull_request.synchronize` together. */
  readonly webhooks: number;
  readonly organisations: number;
  readonly seed: number;
  /** Milliseconds between two webhooks. */
  readonly pace: number;
}

const author = { name: 'Ada Example', email: 'ada@example.org' };
/** Of so many webhooks one opens a pull request, and the others are pushes to one that is open. */
const eachOpens = 2;

/** Installs the App in several organisations, and builds every commit beforehand: Git is slower than what is tested. */
export async function prepareTraffic(options: TrafficOptions): Promise<Traffic> {
  const { simulator, webhooks, organisations, seed, pace } = options;
  const random = seededRandom(seed);
  const pick = <One>(list: readonly One[]) => list[Math.floor(random() * list.length)] as One;
  simulator.user('ada', { emails: [author.email] });
  const places = Array.from({ length: organisations }, (_, index) => simulator.repository(`octo-${index}/app`));
  for (const { state } of places) await simulator.install(state.owner.login);
  const commits = places.map((place) => buildCommits(place, webhooks, random));
  const watched: Watched[] = [];

  async function open(index: number): Promise<void> {
    const at = index % places.length;
    const place = places[at] as RepositoryHandle;
    const commit = take(commits[at]);
    const head = `branch-${index}`;
    place.state.git.setRef(`refs/heads/${head}`, commit.sha);
    const pullRequest = await place.openPullRequest({ author: 'ada', head });
    watched.push({ pullRequest, signedOff: commit.signedOff });
  }

  async function push(one: Watched): Promise<void> {
    const at = places.findIndex(({ state }) => state === one.pullRequest.state.repository);
    const commit = take(commits[at]);
    one.signedOff = commit.signedOff;
    await one.pullRequest.push([], { onto: commit.sha });
  }

  return {
    watched,
    run: async () => {
      for (let index = 0; index < webhooks; index += 1) {
        if (index % eachOpens === 0) await open(index);
        else await push(pick(watched));
        if (pace > 0) await sleep(pace);
      }
    },
  };
}

interface Built {
  readonly sha: string;
  readonly signedOff: boolean;
}

/** Commits beside each other on the default branch, some of them signed off. */
function buildCommits({ state, tip }: RepositoryHandle, count: number, random: () => number): Built[] {
  const base = tip();
  const signed = Array.from({ length: count }, () => random() < 0.6);
  const commits = signed.map((signedOff, index) => ({
    message: `Change ${index}\n${signedOff ? `\nSigned-off-by: ${author.name} <${author.email}>\n` : ''}`,
    author,
    files: { [`change-${index}.txt`]: `${index}\n` },
    parents: [base],
  }));
  const shas = state.git.write('refs/heads/prepared', commits);
  return shas.map((sha, index) => ({ sha, signedOff: signed[index] === true }));
}

function take(built: Built[] | undefined): Built {
  const next = built?.shift();
  if (next === undefined) throw new Error('No commit is left');
  return next;
}
