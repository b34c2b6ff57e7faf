// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { type Simulator, startSimulator } from './index.ts';
import { account, accountByEmail, ensureAccount, noreplyAddress, restLogin, userByEmail } from './state/accounts.ts';
import { association } from './state/pull-requests.ts';
import { roleOf } from './state/repositories.ts';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});

afterAll(() => simulator.close());

describe('the App', () => {
  test('has the permissions and events of app.yml', () => {
    const manifest = parse(readFileSync(new URL('../../app.yml', import.meta.url), 'utf8'));
    expect(simulator.app.permissions).toEqual(manifest.default_permissions);
    expect(simulator.app.events).toEqual(manifest.default_events);
  });

  test('cannot be made without a manifest or both in its place', async () => {
    await expect(startSimulator({ app: { manifest: '/nowhere/app.yml' } })).rejects.toThrow('No App manifest');
  });

  test('finds the simulator through the variables that Probot reads', () => {
    const { GHE_HOST, GHE_PROTOCOL, APP_ID, PRIVATE_KEY } = simulator.environment();
    expect(`${GHE_PROTOCOL}://${GHE_HOST}`).toBe(simulator.url);
    expect(APP_ID).toBe(String(simulator.app.id));
    // PKCS #1, as GitHub hands it out.
    expect(PRIVATE_KEY).toMatch(/^-----BEGIN RSA PRIVATE KEY-----/);
  });
});

describe('an account', () => {
  test('is one, however often it is named, and learns what is added', () => {
    const { world } = simulator;
    simulator.organization('acme', { members: ['ada'] });
    expect(userByEmail(world, 'ada@example.org')).toBeNull();
    const ada = simulator.user('Ada', { name: 'Ada Example', emails: ['ada@example.org'] });
    expect(account(world, 'ada')).toBe(ada);
    expect(userByEmail(world, 'ADA@example.org')).toBe(ada);
    expect(() => account(world, 'nobody')).toThrow('no account «nobody»');
  });

  test('is found by GitHub’s no-reply addresses', () => {
    const ada = simulator.user('ada');
    expect(userByEmail(simulator.world, noreplyAddress(ada))).toBe(ada);
    expect(userByEmail(simulator.world, 'ada@users.noreply.github.com')).toBe(ada);
  });

  test('of a bot has [bot] in REST only, and is never the user behind a commit', () => {
    const bot = simulator.bot('robot[bot]');
    expect(bot.login).toBe('robot');
    expect(restLogin(bot)).toBe('robot[bot]');
    expect(ensureAccount(simulator.world, 'Bot', 'robot')).toBe(bot);
    expect(accountByEmail(simulator.world, noreplyAddress(bot))).toBe(bot);
    expect(userByEmail(simulator.world, noreplyAddress(bot))).toBeNull();
  });
});

test.each([
  ['acme', 'admin', 'OWNER'],
  ['member', 'read', 'MEMBER'],
  ['helper', 'maintain', 'COLLABORATOR'],
  ['stranger', 'none', 'NONE'],
] as const)('in a private repository %s has the role %s and is %s', async (login, role, associated) => {
  simulator.organization('acme', { members: ['member'] });
  const repository = simulator.repository(`acme/for-${login}`, { isPrivate: true });
  for (const user of ['helper', 'stranger']) simulator.user(user);
  repository.collaborator('helper', 'maintain');
  const found = account(simulator.world, login);
  expect(roleOf(repository.state, found)).toBe(role);
  expect(association(repository.state, found)).toBe(associated);
});
