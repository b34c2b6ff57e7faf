// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { sees } from '../access.ts';
import { notFound } from '../errors.ts';
import { findRepository } from '../state/world.ts';
import { type Context, define } from './define.ts';
import { visible } from './nodes.ts';

function byId(context: Context, id: unknown): unknown {
  const found = context.world.nodes.get(String(id));
  if (found && visible(context, found)) return found;
  throw notFound(`Could not resolve to a node with the global id of '${id}'`);
}

export const query = define<unknown>({
  repository: {
    args: ['owner', 'name'],
    resolve: (_, { owner, name }, { world, token }) => {
      const found = findRepository(world, String(owner), String(name));
      // A private repository that the token wasn't given for looks exactly like one that isn't there.
      if (found && sees(token, found)) return found;
      throw notFound(`Could not resolve to a Repository with the name '${owner}/${name}'.`);
    },
  },
  repositoryOwner: {
    args: ['login'],
    resolve: (_, { login }, { world }) => {
      const found = world.accounts.get(String(login).toLowerCase());
      return found && found.kind !== 'Bot' ? found : null;
    },
  },
  organization: {
    args: ['login'],
    resolve: (_, { login }, { world }) => {
      const found = world.accounts.get(String(login).toLowerCase());
      if (found?.kind === 'Organization') return found;
      throw notFound(`Could not resolve to an Organization with the login of '${login}'.`);
    },
  },
  user: {
    args: ['login'],
    resolve: (_, { login }, { world }) => {
      const found = world.accounts.get(String(login).toLowerCase());
      if (found?.kind === 'User') return found;
      throw notFound(`Could not resolve to a User with the login of '${login}'.`);
    },
  },
  node: { args: ['id'], resolve: (_, { id }, context) => byId(context, id) },
  nodes: {
    args: ['ids'],
    resolve: (_, { ids }, context) => (ids as readonly unknown[]).map((id) => byId(context, id)),
  },
  rateLimit: (_, __, { rateLimit }) => rateLimit(),
});

export const rateLimit = define<Readonly<Record<string, unknown>>>({
  cost: (one) => one.cost,
  limit: (one) => one.limit,
  nodeCount: (one) => one.nodeCount,
  remaining: (one) => one.remaining,
  resetAt: (one) => one.resetAt,
  used: (one) => one.used,
});
