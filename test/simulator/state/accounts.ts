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

const prefixes = { User: 'U', Bot: 'BOT', Organization: 'O' } as const;

/** Makes an account, or returns the one that has the login. A bot may be named with or without `[bot]`. */
export function ensureAccount(world: World, kind: Account['kind'], login: string, more: NewAccount = {}): Account {
  const plain = login.replace(/\[bot\]$/, '');
  const key = plain.toLowerCase();
  const found = world.accounts.get(key);
  if (found) return extend(world, found, more);
  const account: Account = {
    kind,
    ...world.identify(prefixes[kind]),
    login: plain,
    name: more.name ?? null,
    emails: [...(more.emails ?? [])],
    members: new Set(),
    createdAt: world.now(),
  };
  world.accounts.set(key, world.remember(account));
  return extend(world, account, { members: more.members ?? [] });
}

function extend(world: World, account: Account, more: NewAccount): Account {
  for (const member of more.members ?? []) {
    ensureAccount(world, 'User', member);
    account.members.add(member.toLowerCase());
  }
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

/**
 * The user whom GitHub shows for a commit's e-mail address: the one who has it among theirs, or whose no-reply address
 * it is. Never a bot, as `GitActor.user` is null for them.
 */
export function userByEmail(world: World, email: string): Account | null {
  const wanted = email.toLowerCase();
  for (const one of world.accounts.values()) {
    if (one.kind !== 'User') continue;
    const own = [...one.emails, noreplyAddress(one), `${one.login}@users.noreply.github.com`];
    if (own.some((address) => address.toLowerCase() === wanted)) return one;
  }
  return null;
}

/** The same for REST, which does name a bot whose no-reply address the commit has. */
export function accountByEmail(world: World, email: string): Account | null {
  const wanted = email.toLowerCase();
  const bots = [...world.accounts.values()].filter((one) => one.kind === 'Bot');
  return userByEmail(world, email) ?? bots.find((one) => noreplyAddress(one).toLowerCase() === wanted) ?? null;
}
