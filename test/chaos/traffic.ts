// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { setTimeout as sleep } from 'node:timers/promises';
import type { PullRequestHandle } from '../simulator/handles/pull-request.ts';
import type { RepositoryHandle } from '../simulator/handles/repository.ts';
import type { Simulator } from '../simulator/index.ts';
import { seededRandom } from '../simulator/random.ts';
import type { MergeMethod } from '../simulator/state/model.ts';
import { author, type Built, buildCommits } from './commits.ts';
import { type Group, type Queue, startQueue } from './queues.ts';
import { couldSee, holding, type Remark } from './remarks.ts';
import { expectedDco, wrongChecks } from './right.ts';
import { commentsBy, invitePeople } from './talk.ts';

/** A pull request, and what its checks have to say by what was done so far. */
export interface Watched {
  readonly pullRequest: PullRequestHandle;
  signedOff: boolean;
  /** Oldest first, with those that were deleted. */
  readonly remarks: Remark[];
  /** What DCO had to say, one after the other. */
  readonly truths: { readonly head: string; readonly conclusion: string }[];
  /** Whether it is in the merge queue, or was merged. */
  queued: boolean;
  /** The webhook that tells what was done last, as `toldBy` names it: whoever looks after it sees all that was done. */
  told: string;
}

export interface Traffic {
  readonly watched: readonly Watched[];
  readonly groups: readonly Group[];
  /** What GitHub let happen though our checks should have been in the way. */
  readonly mistakes: readonly string[];
  /**
   * Opens the first few, and waits for results that somebody can answer, `patience` milliseconds at most. Without that,
   * the wait for a process that was killed early would be all that there is.
   */
  begin(patience: number): Promise<void>;
  /** Does things, in all as many as were asked for. `patience`: how long, in milliseconds, to wait for results to answer. */
  run(patience: number): Promise<void>;
}

export interface TrafficOptions {
  readonly simulator: Simulator;
  /** Webhooks after which something has to be looked at: pull requests opened, pushed to, commented on or enqueued. */
  readonly webhooks: number;
  readonly organisations: number;
  readonly seed: number;
  /** Milliseconds between two webhooks. */
  readonly pace: number;
}

interface Place {
  readonly repository: RepositoryHandle;
  readonly queue: Queue;
  readonly nextCommit: () => Built;
}

const methods: readonly MergeMethod[] = ['MERGE', 'SQUASH', 'REBASE'];
/** So many are opened before anything else happens. */
const few = 6;

/** Installs the App in several organisations, and builds every commit beforehand: Git is slower than what is tested. */
export async function prepareTraffic(options: TrafficOptions): Promise<Traffic> {
  const { simulator, webhooks, organisations, seed, pace } = options;
  const random = seededRandom(seed);
  const pick = <One>(list: readonly One[]): One | undefined => list[Math.floor(random() * list.length)];
  const watched: Watched[] = [];
  const groups: Group[] = [];
  const mistakes: string[] = [];
  simulator.user('ada', { emails: [author.email] });
  const places = Array.from({ length: organisations }, (_, index): Place => {
    const repository = simulator.repository(`octo-${index}/app`, { requiredChecks: ['DCO', 'Policy'] });
    invitePeople(simulator, repository);
    const queue = startQueue(repository.mergeQueue(methods[index % methods.length] ?? 'MERGE'), groups, mistakes);
    return { repository, queue, nextCommit: buildCommits(repository, webhooks, random) };
  });
  for (const { repository } of places) await simulator.install(repository.state.owner.login);
  const placeOf = ({ pullRequest }: Watched) =>
    places.find(({ repository }) => repository.state === pullRequest.state.repository) as Place;
  const comments = commentsBy(random);

  async function open(index: number): Promise<Watched> {
    const { repository, nextCommit } = places[index % places.length] as Place;
    const { sha, signedOff } = nextCommit();
    const head = `branch-${index}`;
    repository.state.git.setRef(`refs/heads/${head}`, sha);
    const pullRequest = await repository.openPullRequest({ author: 'ada', head });
    const told = `pull_request.opened ${sha}`;
    const one = { pullRequest, signedOff, remarks: [], truths: [], queued: false, told };
    watched.push(one);
    return one;
  }

  async function push(one: Watched): Promise<void> {
    const { sha, signedOff } = placeOf(one).nextCommit();
    one.signedOff = signedOff;
    one.told = `pull_request.synchronize ${sha}`;
    await one.pullRequest.push([], { onto: sha });
  }

  /** Those that are held back and show it, so that an override may hold. */
  function held(free: readonly Watched[]): readonly Watched[] {
    return free.filter((one) => !one.signedOff && couldSee(one.pullRequest, simulator.world.now()));
  }

  /** One of these, or one whose result nobody has seen; where there is none after a while, any other. */
  async function commentable(free: readonly Watched[], wait: Wait): Promise<Watched | undefined> {
    if (random() < 0.2) {
      const shown = new Set(held(free));
      return pick(free.filter((one) => !one.signedOff && !shown.has(one))) ?? pick(free);
    }
    while (held(free).length === 0 && (await wait()));
    return pick(held(free)) ?? pick(free);
  }

  /** What a draw from 0 to 1 stands for. Resolves with the pull request that it happened to; undefined: there is none. */
  async function act(draw: number, free: readonly Watched[], wait: Wait): Promise<Watched | undefined> {
    const spoken = free.filter(({ remarks }) => remarks.some(({ deleted }) => !deleted));
    if (draw < 0.18) return happen(pick(free), push);
    if (draw < 0.5) return happen(await commentable(free, wait), comments.write);
    if (draw < 0.56) return happen(pick(spoken), comments.edit);
    if (draw < 0.62) return happen(pick(spoken), comments.remove);
    // Most people wait for the checks; who may, does not.
    const mergeable = free.filter((one) => wrongChecks([one]).length === 0 && expectedDco(one) === 'SUCCESS');
    const overridden = mergeable.filter(({ signedOff }) => !signedOff);
    if (draw < 0.69) return happen(pick(overridden), (one) => placeOf(one).queue.enqueue(one));
    if (draw < 0.75) return happen(pick(mergeable), (one) => placeOf(one).queue.enqueue(one));
    if (draw < 0.77) return happen(pick(free), (one) => placeOf(one).queue.enqueue(one));
    return undefined;
  }

  return {
    watched,
    groups,
    mistakes,
    begin: async (patience) => {
      const wait = waitFor(patience);
      while (watched.length < few) note(await open(watched.length));
      while (held(watched).length === 0 && (await wait()));
    },
    run: async (patience) => {
      const wait = waitFor(patience);
      for (let index = watched.length; index < webhooks; index += 1) {
        const free = watched.filter(({ queued }) => !queued);
        note((await act(random(), free, wait)) ?? (await open(index)));
        for (const { queue } of places) await queue.goOn();
        if (pace > 0) await sleep(pace);
      }
    },
  };
}

/** Waits a moment; false once it has waited for long enough, all moments together. */
type Wait = () => Promise<boolean>;

function waitFor(patience: number): Wait {
  const moment = 50;
  let left = patience;
  return async () => {
    left -= moment;
    if (left < 0) return false;
    await sleep(moment);
    return true;
  };
}

async function happen(
  one: Watched | undefined,
  what: (one: Watched) => Promise<unknown>,
): Promise<Watched | undefined> {
  if (one !== undefined) await what(one);
  return one;
}

/** Keeps what has to be said from now on. */
function note(one: Watched): void {
  const { headSha: head } = one.pullRequest.state;
  const conclusion = expectedDco(one);
  const last = one.truths.at(-1);
  if (last?.head !== head || last.conclusion !== conclusion) one.truths.push({ head, conclusion });
  const held = one.signedOff ? [] : holding(one);
  for (const remark of one.remarks) {
    const holds = held.includes(remark);
    if (holds && !remark.holds) remark.grants += 1;
    remark.holds = holds;
  }
}
