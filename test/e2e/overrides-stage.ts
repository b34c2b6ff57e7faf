// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { PullRequestHandle } from '../simulator/handles/pull-request.ts';
import type { RepositoryHandle } from '../simulator/handles/repository.ts';
import type { CheckRun, Remark } from '../simulator/state/model.ts';
import { ada, ben, commitOf, type Stage, startStage } from './stage.ts';

/** Policies by the name of the base branch that has them; `main` has none and falls back to the default. */
const policies = {
  lenient: 'overrides:\n  reason: optional\n  allowOwn: true\n',
  narrow: 'overrides:\n  roles: []\n  users: [Nia]\n  teams: [octo/legal]\n',
  owned: 'overrides:\n  roles: []\n  CODEOWNERS: true\n',
  lasting: 'overrides:\n  lifetime: pull-request\n',
  perCheck: 'overrides:\n  checks:\n    dco:\n      roles: [write]\n',
  warning: 'dco:\n  mode: warn\n',
  dcoOnly: 'license:\n  mode: off\n',
  broken: 'overrides:\n  roles: nobody\n',
} as const;
/** Branches without a policy of their own. */
const plain = ['other', 'merged', 'squashed', 'rebased'] as const;
export type Base = keyof typeof policies | (typeof plain)[number] | 'main';

/**
 * One repository with people of every role, and a clock that only tests move: GitHub tells whole seconds, and what
 * happens within one has no order.
 */
export interface OverrideStage extends Stage {
  readonly repository: RepositoryHandle;
  /** Lets time pass. */
  tick(): void;
  /** A pull request of Ada's that DCO holds back, looked at. */
  held(base?: Base, ...commits: ReturnType<typeof commitOf>[]): Promise<Held>;
  /** Another pull request with the same head, into another branch. */
  heldBeside(pullRequest: Held, base: Base): Promise<Held>;
}

/** A pull request on which people say things, one after the other. */
export interface Held extends PullRequestHandle {
  /** Some time later somebody does something, and the App has seen to it. */
  later<Done>(act: () => Promise<Done>): Promise<Done>;
  say(by: string, body: string): Promise<Remark>;
  /** Has it looked at again, where GitHub sends no webhook. */
  recheck(): Promise<void>;
  /** The DCO check's conclusion. */
  dco(): CheckRun['conclusion'] | undefined;
  /** What the App replied. */
  replies(): readonly string[];
}

export async function startOverrideStage(): Promise<OverrideStage> {
  let offset = 0;
  const stage = await startStage({}, { now: () => new Date(Date.now() + offset), tokenLifetime: 7200 });
  const { simulator } = stage;
  const octo = simulator.organization('octo', { members: ['lea', 'olga'] });
  octo.teams.set('legal', new Set(['lea']));
  const repository = simulator.repository('octo/hello', { requiredChecks: ['DCO'] });
  simulator.user('ada', { emails: [ada.email] });
  simulator.user('ben', { emails: [ben.email] });
  for (const login of ['mia', 'tom', 'wil', 'rob', 'nia', 'zoe']) simulator.user(login);
  simulator.bot('robot');
  const roles = { mia: 'maintain', ben: 'admin', wil: 'write', tom: 'triage', rob: 'read', ada: 'maintain' } as const;
  for (const [login, role] of Object.entries(roles)) repository.collaborator(login, role);
  repository.collaborator('robot', 'admin');
  repository.commit('main', { message: 'Begin\n', author: ada, committer: ada, files: { 'README.md': 'hello' } });
  for (const base of plain) repository.branch(base);
  for (const [base, policy] of Object.entries(policies)) {
    const files = { '.github/countersign.yml': policy, '.github/CODEOWNERS': '* @wil @rob\n' };
    repository.commit(base, { message: 'Have a policy\n', author: ada, committer: ada, files });
  }
  await simulator.install('octo');
  await stage.settled();
  stage.requests();
  let branches = 0;
  const tick = () => {
    offset += 1100;
  };

  async function held(base: Base = 'main', ...commits: ReturnType<typeof commitOf>[]): Promise<Held> {
    branches += 1;
    const head = `topic-${branches}`;
    repository.branch(head, base);
    const unsigned = commitOf(ada, `Change ${branches}`, { signed: false });
    repository.commit(head, ...(commits.length === 0 ? [unsigned] : commits));
    const pullRequest = await repository.openPullRequest({ author: 'ada', head, base });
    await stage.settled();
    return asHeld(pullRequest);
  }

  async function heldBeside({ state }: Held, base: Base): Promise<Held> {
    const pullRequest = await repository.openPullRequest({ author: 'ada', head: state.headRef, base });
    await stage.settled();
    return asHeld(pullRequest);
  }

  function asHeld(pullRequest: PullRequestHandle): Held {
    const later = async <Done>(act: () => Promise<Done>): Promise<Done> => {
      tick();
      const done = await act();
      await stage.settled();
      return done;
    };
    const { bot } = simulator.app;
    return {
      ...pullRequest,
      later,
      say: (by, body) => later(() => pullRequest.comment(by, body)),
      recheck: async () => void (await later(() => pullRequest.comment('rob', '/recheck'))),
      dco: () => pullRequest.check('DCO')?.conclusion,
      replies: () => pullRequest.state.comments.filter(({ author }) => author === bot).map(({ body }) => body),
    };
  }

  return { ...stage, repository, tick, held, heldBeside };
}
