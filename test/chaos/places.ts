// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { RepositoryHandle } from '../simulator/handles/repository.ts';
import type { Simulator } from '../simulator/index.ts';
import type { MergeMethod } from '../simulator/state/model.ts';
import { author, type Built, buildCommits } from './commits.ts';
import { type Group, type Queue, startQueue } from './queues.ts';
import { invitePeople } from './talk.ts';
import type { Watched } from './watched.ts';

/** Where pull requests are: a repository with a merge queue in each of several organisations. */
export interface Places {
  open(index: number): Promise<Watched>;
  push(one: Watched): Promise<void>;
  enqueue(one: Watched): Promise<void>;
  /** Lets every merge queue do what there is to do. */
  goOn(): Promise<void>;
  readonly groups: readonly Group[];
  /** What GitHub let happen though our checks should have been in the way. */
  readonly mistakes: readonly string[];
}

export interface PlacesOptions {
  readonly simulator: Simulator;
  readonly organisations: number;
  /** How many commits are built in each of them. */
  readonly commits: number;
  readonly random: () => number;
}

interface Place {
  readonly repository: RepositoryHandle;
  readonly queue: Queue;
  readonly nextCommit: () => Built;
}

const methods: readonly MergeMethod[] = ['MERGE', 'SQUASH', 'REBASE'];

/** Installs the App in each of them, and builds every commit beforehand: Git is slower than what is tested. */
export async function preparePlaces({ simulator, organisations, commits, random }: PlacesOptions): Promise<Places> {
  const groups: Group[] = [];
  const mistakes: string[] = [];
  simulator.user('ada', { emails: [author.email] });
  const places = Array.from({ length: organisations }, (_, index): Place => {
    const repository = simulator.repository(`octo-${index}/app`, { requiredChecks: ['DCO', 'Policy'] });
    invitePeople(simulator, repository);
    const queue = startQueue(repository.mergeQueue(methods[index % methods.length] ?? 'MERGE'), groups, mistakes);
    return { repository, queue, nextCommit: buildCommits(repository, commits, random) };
  });
  for (const { repository } of places) await simulator.install(repository.state.owner.login);
  const placeOf = ({ pullRequest }: Watched) =>
    places.find(({ repository }) => repository.state === pullRequest.state.repository) as Place;

  return {
    groups,
    mistakes,
    open: (index) => open(places[index % places.length] as Place, index),
    push: (one) => push(placeOf(one), one),
    enqueue: (one) => placeOf(one).queue.enqueue(one),
    goOn: async () => {
      for (const { queue } of places) await queue.goOn();
    },
  };
}

async function open({ repository, nextCommit }: Place, index: number): Promise<Watched> {
  const { sha, signedOff } = nextCommit();
  const head = `branch-${index}`;
  repository.state.git.setRef(`refs/heads/${head}`, sha);
  const pullRequest = await repository.openPullRequest({ author: 'ada', head });
  return { pullRequest, signedOff, remarks: [], truths: [], queued: false, told: `pull_request.opened ${sha}` };
}

async function push({ nextCommit }: Place, one: Watched): Promise<void> {
  const { sha, signedOff } = nextCommit();
  one.signedOff = signedOff;
  one.told = `pull_request.synchronize ${sha}`;
  await one.pullRequest.push([], { onto: sha });
}
