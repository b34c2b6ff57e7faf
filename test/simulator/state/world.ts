// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Happening } from './events.ts';
import type { Account, App, Installation, Repository } from './model.ts';

/** The whole state of the simulated GitHub. */
export interface World {
  readonly directory: string;
  /** `http://127.0.0.1:PORT`, known once the server listens. */
  origin: string;
  now(): Date;
  /** A number, and the node id made of it and of the type's usual prefix; the node can be found by it. */
  identify(prefix: string): { id: number; nodeId: string };
  /** Keeps a node so that `node(id:)` and mutations find it. */
  remember<Node extends { nodeId: string }>(node: Node): Node;
  readonly nodes: ReadonlyMap<string, { readonly nodeId: string }>;
  /** By login in lower case. */
  readonly accounts: Map<string, Account>;
  /** By `owner/name` in lower case. */
  readonly repositories: Map<string, Repository>;
  readonly installations: Installation[];
  /** Set once, by `createApp`. */
  app: App | null;
  /** Tells the webhooks; resolves once the payloads hold the state as it is now, before they are delivered. */
  emit(happening: Happening): Promise<void>;
  onHappening(listener: (happening: Happening) => Promise<void>): void;
  close(): void;
}

export function createWorld(now: () => Date): World {
  const directory = mkdtempSync(join(tmpdir(), 'github-simulator-'));
  const nodes = new Map<string, { nodeId: string }>();
  const repositories = new Map<string, Repository>();
  const listeners: ((happening: Happening) => Promise<void>)[] = [];
  let last = 1000;

  return {
    directory,
    origin: 'http://127.0.0.1',
    now,
    identify(prefix) {
      last += 1;
      return { id: last, nodeId: `${prefix}_${Buffer.from(`simulator:${last}`).toString('base64url')}` };
    },
    remember(node) {
      nodes.set(node.nodeId, node);
      return node;
    },
    nodes,
    accounts: new Map(),
    repositories,
    installations: [],
    app: null,
    async emit(happening) {
      for (const listener of listeners) await listener(happening);
    },
    onHappening(listener) {
      listeners.push(listener);
    },
    close() {
      for (const repository of repositories.values()) repository.git.close();
      rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** The App under test; there is one in a simulator. */
export function appOf(world: World): App {
  if (!world.app) throw new Error('The simulator has no App yet');
  return world.app;
}

export function fullName(repository: Repository): string {
  return `${repository.owner.login}/${repository.name}`;
}

export function findRepository(world: World, owner: string, name: string): Repository | undefined {
  return world.repositories.get(`${owner}/${name}`.toLowerCase());
}
