// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { ConfigurationError, readConfiguration } from '../src/configuration.ts';

const pem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString();
const privateKey = pem(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);
const ed25519Key = pem(generateKeyPairSync('ed25519').privateKey);
const home = mkdtempSync(join(tmpdir(), 'countersign-configuration-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const file = (name: string, text: string) => {
  writeFileSync(join(home, name), text);
  return join(home, name);
};

const credentials = { APP_ID: '42', PRIVATE_KEY: privateKey, WEBHOOK_SECRET: 'a secret of the test' };
const read = (env: Record<string, string> = {}, terminal = false) =>
  readConfiguration({ ...credentials, ...env }, terminal);

describe('The environment gives', () => {
  test('credentials, and github.com where nothing else is said', () => {
    expect(read()).toMatchObject({
      credentials: { appId: 42, privateKey, webhookSecret: 'a secret of the test' },
      host: 'github.com',
      apiUrl: 'https://api.github.com',
      listen: { host: 'localhost', port: 3000 },
      webhookPath: '/api/github/webhooks',
      defaultPolicy: 'default',
    });
  });

  test('the API of GitHub Enterprise Server', () => {
    expect(read({ GHE_HOST: 'github.example.com' })).toMatchObject({
      host: 'github.example.com',
      apiUrl: 'https://github.example.com/api/v3',
    });
  });

  test.each([
    ['as one line with \\n, as the set-up flow stores it', privateKey.replaceAll('\n', '\\n')],
    ['in Base64', Buffer.from(privateKey).toString('base64')],
  ])('the key %s', (_, value) => {
    expect(read({ PRIVATE_KEY: value }).credentials?.privateKey).toBe(privateKey);
  });

  test('the key from a file', () => {
    const env = { PRIVATE_KEY: '', PRIVATE_KEY_PATH: file('key.pem', privateKey) };
    expect(read(env).credentials?.privateKey).toBe(privateKey);
  });

  test('a path for webhooks, whose slash at the end means nothing', () => {
    expect(read({ WEBHOOK_PATH: '/hooks/' }).webhookPath).toBe('/hooks');
    expect(read({ WEBHOOK_PATH: '/' }).webhookPath).toBe('/');
  });

  test('no credentials where the App is not created yet, outside of production', () => {
    expect(readConfiguration({ APP_ID: '', PRIVATE_KEY: '' }, false).credentials).toBeNull();
  });

  test.each([
    ['text at a terminal', {}, true, true],
    ['JSON where nobody looks', {}, false, false],
    ['JSON in production', { NODE_ENV: 'production' }, true, false],
    ['text where asked for', { LOG_FORMAT: 'pretty', NODE_ENV: 'production' }, false, true],
  ])('logs as %s', (_, env, terminal, pretty) => {
    expect(read(env, terminal).log.pretty).toBe(pretty);
  });

  test('an address for everybody in production alone', () => {
    expect(read({ NODE_ENV: 'production' }).listen.host).toBe('0.0.0.0');
    expect(read({ NODE_ENV: 'production', HOST: '127.0.0.1' }).listen.host).toBe('127.0.0.1');
  });
});

describe('Refused, naming the variable, is', () => {
  test.each<[string, Record<string, string>, string]>([
    ['an App ID that is no number', { APP_ID: 'Iv1.abc' }, 'APP_ID'],
    ['a key without its App ID', { APP_ID: '' }, 'APP_ID'],
    ['an App ID without its key', { PRIVATE_KEY: '' }, 'PRIVATE_KEY'],
    ['a key that is none', { PRIVATE_KEY: 'rubbish' }, 'PRIVATE_KEY'],
    [
      'a key that was cut off',
      { PRIVATE_KEY: privateKey.replace(/\n[\s\S]{200,}\n(?=-----END)/, '\nabcd\n') },
      'PRIVATE_KEY',
    ],
    ['a key of a kind that GitHub does not take', { PRIVATE_KEY: ed25519Key }, 'PRIVATE_KEY'],
    ['a path that leads nowhere', { PRIVATE_KEY_PATH: join(home, 'nowhere.pem') }, 'PRIVATE_KEY_PATH'],
    [
      'a file that holds no key',
      { PRIVATE_KEY: '', PRIVATE_KEY_PATH: file('rubbish.pem', 'rubbish') },
      'PRIVATE_KEY_PATH',
    ],
    ['a missing secret', { WEBHOOK_SECRET: '' }, 'WEBHOOK_SECRET'],
    ['a well-known secret in production', { WEBHOOK_SECRET: 'development', NODE_ENV: 'production' }, 'WEBHOOK_SECRET'],
    ['a URL for a host', { GHE_HOST: 'https://github.example.com/' }, 'GHE_HOST'],
    ['a port that is none', { PORT: '70000' }, 'PORT'],
    ['a webhook path that is none', { WEBHOOK_PATH: 'hooks' }, 'WEBHOOK_PATH'],
    ['a log level that does not exist', { LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
    ['no parallelism at all', { COUNTERSIGN_CONCURRENCY: '0' }, 'COUNTERSIGN_CONCURRENCY'],
  ])('%s', (_, env, variable) => {
    const reading = () => read(env);
    expect(reading).toThrow(ConfigurationError);
    expect(reading).toThrow(new RegExp(`^${variable}\\b`));
  });

  test('a missing App in production, which has no set-up page', () => {
    const reading = () => readConfiguration({ NODE_ENV: 'production' }, false);
    expect(reading).toThrow(/^APP_ID and PRIVATE_KEY/);
  });
});
