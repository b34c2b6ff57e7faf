// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { ensureAccount } from './accounts.ts';
import type { Account, App, Installation, Permissions, Repository } from './model.ts';
import type { World } from './world.ts';

export interface AppOptions {
  readonly name?: string;
  readonly owner?: string;
  /** In place of `default_permissions` in the manifest. */
  readonly permissions?: Permissions;
  /** In place of `default_events` in the manifest. */
  readonly events?: readonly string[];
  /** Path of the App manifest; `app.yml` at the top of the repository unless given. */
  readonly manifest?: string;
  readonly webhookSecret?: string;
  readonly webhookUrl?: string | null;
}

const defaultManifest = new URL('../../../app.yml', import.meta.url);

interface Manifest {
  readonly name?: string;
  readonly default_permissions?: Permissions;
  readonly default_events?: readonly string[];
}

function readManifest(path: string | URL): Manifest {
  if (!existsSync(path)) throw new Error(`No App manifest at ${path}; give the simulator permissions and events`);
  return (parse(readFileSync(path, 'utf8')) ?? {}) as Manifest;
}

let pair: { publicKey: string; privateKey: string } | undefined;

/** One key for a process: making one takes up to a second. GitHub hands keys out in PKCS #1, and so does this. */
function keyPair(): { publicKey: string; privateKey: string } {
  pair ??= generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  return pair;
}

/** Registers the App under test, with what its manifest asks for. */
export function createApp(world: World, options: AppOptions): App {
  const given = options.permissions !== undefined && options.events !== undefined;
  const manifest = given && !options.manifest ? {} : readManifest(options.manifest ?? defaultManifest);
  const name = options.name ?? manifest.name ?? 'Countersign';
  const slug = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const app: App = {
    kind: 'App',
    ...world.identify('A'),
    slug,
    name,
    owner: ensureAccount(world, 'Organization', options.owner ?? 'app-owner'),
    bot: ensureAccount(world, 'Bot', slug),
    clientId: 'Iv1.0123456789abcdef',
    ...keyPair(),
    permissions: { metadata: 'read', ...(options.permissions ?? manifest.default_permissions) },
    events: options.events ?? manifest.default_events ?? [],
    webhookSecret: options.webhookSecret ?? 'secret of the simulated App',
    webhookUrl: options.webhookUrl ?? null,
    createdAt: world.now(),
  };
  world.app = world.remember(app);
  return app;
}

/** Whether the installation may see the repository, suspended or not. */
export function covers(installation: Installation, repository: Repository): boolean {
  if (installation.deleted || installation.account !== repository.owner) return false;
  return installation.selection === 'all' || installation.repositories.has(repository.id);
}

export function installationOn(world: World, repository: Repository): Installation | undefined {
  return world.installations.find((installation) => covers(installation, repository));
}

/** The repositories that the installation may see, oldest first. */
export function coveredRepositories(world: World, installation: Installation): Repository[] {
  return [...world.repositories.values()].filter((repository) => covers(installation, repository));
}

/** Installs the App on an account; sends `installation.created`. */
export async function install(
  world: World,
  app: App,
  account: Account,
  selected: 'all' | readonly Repository[],
): Promise<Installation> {
  const installation: Installation = {
    kind: 'Installation',
    ...world.identify('INSTALLATION'),
    account,
    permissions: app.permissions,
    events: app.events,
    selection: selected === 'all' ? 'all' : 'selected',
    repositories: new Set(selected === 'all' ? [] : selected.map((repository) => repository.id)),
    suspended: null,
    deleted: false,
    createdAt: world.now(),
    updatedAt: world.now(),
  };
  world.installations.push(world.remember(installation));
  await tell(world, 'created', installation, account);
  return installation;
}

function tell(
  world: World,
  action: 'created' | 'deleted' | 'suspend' | 'unsuspend',
  installation: Installation,
  sender: Account,
): Promise<void> {
  const repositories = coveredRepositories(world, installation);
  return world.emit({ event: 'installation', action, installation, repositories, sender });
}

export async function suspend(world: World, installation: Installation, by: Account): Promise<void> {
  installation.suspended = { at: world.now(), by };
  await tell(world, 'suspend', installation, by);
}

export async function unsuspend(world: World, installation: Installation, by: Account): Promise<void> {
  installation.suspended = null;
  await tell(world, 'unsuspend', installation, by);
}

export async function uninstall(world: World, installation: Installation, by: Account): Promise<void> {
  await tell(world, 'deleted', installation, by);
  installation.deleted = true;
}

/** Selects further repositories, or unselects some; sends `installation_repositories`. */
export async function select(
  world: World,
  installation: Installation,
  action: 'added' | 'removed',
  repositories: readonly Repository[],
): Promise<void> {
  for (const { id } of repositories) {
    if (action === 'added') installation.repositories.add(id);
    else installation.repositories.delete(id);
  }
  const sender = installation.account;
  await world.emit({ event: 'installation_repositories', action, installation, repositories, sender });
}
