// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Account } from './model.ts';
import type { World } from './world.ts';

export interface NewAccount {
  readonly name?: string;
  readonly emails?: readonly string[];
  /** An organisation's members, made as users where they don't exist yet. */
  readonly members?: readonly string[];
}

const indexes = new WeakMap<World, ReadonlyMap<string, Account>>();
const prefixes = { User: 'U', Bot: 'BOT', Organization: 'O' } as const;

/** Makes an account, or adds to the one that has the login. A bot may be named with or without `[bot]`. */
export function ensureAccount(world: World, kind: Account['kind'], login: string, more: NewAccount = {}): Account {
  const plain = login.replace(/\[bot\]$/, '');
  const key = plain.toLowerCase();
  const found = world.accounts.get(key);
  if (found) return extend(world, found, more);
  const account: Account = {
    kind,
    ...world.identify(prefixes[kind]),
    login: plain,
    name: null,
    emails: [],
    members: new Set(),
    teams: new Map(),
    createdAt: world.now(),
  };
  world.accounts.set(key, world.remember(account));
  return extend(world, account, more);
}

function extend(world: World, account: Account, { name, emails = [], members = [] }: NewAccount): Account {
  account.name = name ?? account.name;
  account.emails = [...new Set([...account.emails, ...emails])];
  for (const member of members) {
    ensureAccount(world, 'User', member);
    account.members.add(member.toLowerCase());
  }
  indexes.delete(world);
  return account;
}

/** The account of that login, bots with or without `[bot]`; throws where there is none, since a test named it. */
export function account(world: World, login: string): Account {
  const found = world.accounts.get(login.replace(/\[bot\]$/, '').toLowerCase());
  if (!found) throw new Error(`The simulator has no account «${login}»`);
  return found;
}

/** The login as REST and webhooks show it. */
export function restLogin(account: Account): string {
  return account.kind === 'Bot' ? `${account.login}[bot]` : account.login;
}

export function noreplyAddress(account: Account): string {
  return `${account.id}+${restLogin(account)}@users.noreply.github.com`;
}

/** Accounts by every address that is theirs, in lower case; made anew when an account was added. */
function byAddress(world: World): ReadonlyMap<string, Account> {
  const before = indexes.get(world);
  if (before) return before;
  const accounts = new Map<string, Account>();
  for (const one of world.accounts.values()) {
    const short = `${restLogin(one)}@users.noreply.github.com`;
    for (const address of [...one.emails, noreplyAddress(one), short]) accounts.set(address.toLowerCase(), one);
  }
  indexes.set(world, accounts);
  return accounts;
}

/** The account behind a commit's e-mail address: its own, or the no-reply one that GitHub gave it. As REST shows it. */
export function accountByEmail(world: World, email: string): Account | null {
  return byAddress(world).get(email.toLowerCase()) ?? null;
}

/** The same for GraphQL, where `GitActor.user` is null for a bot. */
export function userByEmail(world: World, email: string): Account | null {
  const found = accountByEmail(world, email);
  return found?.kind === 'User' ? found : null;
}
