// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { join } from 'node:path';
import { createStore } from '../git/store.ts';
import { ensureAccount } from './accounts.ts';
import type { Account, MergeSettings, Repository, Role } from './model.ts';
import { fullName, type World } from './world.ts';

export interface NewRepository {
  readonly defaultBranch?: string;
  readonly isPrivate?: boolean;
  /** Files of the first commit on the default branch; a README unless given. */
  readonly files?: Readonly<Record<string, string>>;
  readonly merging?: Partial<MergeSettings>;
  readonly requiredChecks?: readonly string[];
}

/** GitHub's settings for a new repository. */
const defaultMerging: MergeSettings = {
  squashAllowed: true,
  squashMessage: 'COMMIT_MESSAGES',
  squashTitle: 'COMMIT_OR_PR_TITLE',
  mergeAllowed: true,
  rebaseAllowed: true,
};

function register(world: World, owner: Account, name: string, rest: Partial<NewRepository>, parent: Repository | null) {
  const key = `${owner.login}/${name}`.toLowerCase();
  if (world.repositories.has(key)) throw new Error(`The simulator already has a repository «${owner.login}/${name}»`);
  const defaultBranch = rest.defaultBranch ?? 'main';
  const ids = world.identify('R');
  const repository: Repository = {
    kind: 'Repository',
    ...ids,
    owner,
    name,
    git: createStore(join(world.directory, `${ids.id}.git`), defaultBranch, parent?.git ?? null),
    defaultBranch,
    isPrivate: rest.isPrivate ?? false,
    archived: false,
    refused: false,
    topics: [],
    parent,
    merging: { ...defaultMerging, ...rest.merging },
    collaborators: new Map(),
    pullRequests: new Map(),
    issues: new Map(),
    hasIssues: true,
    requiredChecks: new Map(rest.requiredChecks ? [[defaultBranch, rest.requiredChecks]] : []),
    mergeQueues: new Map(),
    checkSuites: new Map(),
    signatures: parent?.signatures ?? new Map(),
    dependencyReview: null,
    releases: [],
    createdAt: world.now(),
  };
  world.repositories.set(key, world.remember(repository));
  return repository;
}

/** Makes a repository with a first commit on its default branch. Its owner exists already, or becomes an organisation. */
export function createRepository(world: World, path: string, options: NewRepository = {}): Repository {
  const [login = '', name = ''] = path.split('/');
  const owner = ensureAccount(world, 'Organization', login);
  const repository = register(world, owner, name, options, null);
  const files = options.files ?? { 'README.md': `# ${name}\n` };
  repository.git.write(`refs/heads/${repository.defaultBranch}`, [{ message: 'Start the project\n', files }]);
  return repository;
}

/** Forks a repository with its branches. The two share their objects, as on GitHub. */
export function forkRepository(world: World, upstream: Repository, login: string, name = upstream.name): Repository {
  const owner = ensureAccount(world, 'User', login);
  const { defaultBranch, isPrivate } = upstream;
  const fork = register(world, owner, name, { defaultBranch, isPrivate }, upstream);
  for (const [ref, sha] of upstream.git.refs) if (ref.startsWith('refs/heads/')) fork.git.setRef(ref, sha);
  return fork;
}

/** Deletes a repository: it is gone from every answer, and a pull request from it has no head repository any more. */
export function deleteRepository(world: World, repository: Repository): void {
  world.repositories.delete(fullName(repository).toLowerCase());
  for (const other of world.repositories.values()) {
    for (const pullRequest of other.pullRequests.values()) {
      if (pullRequest.headRepository === repository) pullRequest.headRepository = null;
    }
  }
  repository.git.close();
}

/** What the account may do in the repository, GitHub's base permission for members being `read`. */
export function roleOf(repository: Repository, account: Account): Role {
  const given = repository.collaborators.get(account.login.toLowerCase());
  if (repository.owner === account) return 'admin';
  if (given) return given;
  if (repository.owner.members.has(account.login.toLowerCase())) return 'read';
  return repository.isPrivate ? 'none' : 'read';
}
