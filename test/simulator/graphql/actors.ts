// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { sees } from '../access.ts';
import { forbidden, notFound } from '../errors.ts';
import type { GitIdentity } from '../git/objects.ts';
import { userByEmail } from '../state/accounts.ts';
import type { Account, App } from '../state/model.ts';
import { findRepository } from '../state/world.ts';
import { iso } from '../time.ts';
import { page, pageArguments } from './connection.ts';
import { type Context, define, type Resolve } from './define.ts';

const repositoryByName: Resolve<Account> = (owner, { name }, context: Context) => {
  const found = findRepository(context.world, owner.login, String(name));
  if (found?.refused) throw forbidden();
  if (found && sees(context.token, found)) return found;
  throw notFound(`Could not resolve to a Repository with the name '${owner.login}/${name}'.`);
};

/** Those that the account owns, by name, as the App asks for them; those that the token can't see are left out. */
const ownRepositories: Resolve<Account> = (owner, args, { world, token }) => {
  const found = [...world.repositories.values()]
    .filter((one) => one.owner === owner && sees(token, one))
    .filter((one) => args.isArchived == null || one.archived === args.isArchived)
    .sort((one, other) => one.name.localeCompare(other.name));
  return page('repositories', found, args);
};

const common = {
  id: (one: Account) => one.nodeId,
  login: (one: Account) => one.login,
  databaseId: (one: Account) => one.id,
  createdAt: (one: Account) => iso(one.createdAt),
  url: (one: Account, _: unknown, { world }: Context) => `${world.origin}/${one.login}`,
  resourcePath: (one: Account) => `/${one.login}`,
};
const named = {
  ...common,
  name: (one: Account) => one.name,
  repository: { args: ['name'], resolve: repositoryByName },
  repositories: {
    args: [...pageArguments, 'ownerAffiliations', 'isArchived', 'orderBy'],
    resolve: ownRepositories,
  },
};

export const user = define<Account>({ ...named, email: (one) => one.emails[0] ?? '' });
export const organization = define<Account>({ ...named, email: (one) => one.emails[0] ?? null });
export const bot = define<Account>(common);

export const app = define<App>({
  id: (one) => one.nodeId,
  databaseId: (one) => one.id,
  slug: (one) => one.slug,
  name: (one) => one.name,
  clientId: (one) => one.clientId,
  createdAt: (one) => iso(one.createdAt),
  url: (one, _, { world }) => `${world.origin}/apps/${one.slug}`,
});

export const gitActor = define<GitIdentity>({
  name: (one) => one.name,
  email: (one) => one.email,
  date: (one) => one.date,
  // GitHub finds the account by the address that the commit claims, and never shows a bot here.
  user: (one, _, { world }) => userByEmail(world, one.email),
});
