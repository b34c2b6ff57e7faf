// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readConfiguration, readGitHub } from '../src/configuration.ts';

describe('a setting that cannot be right is refused by name, with what it has to be', () => {
  test.each([
    ['APP_ID', 'one', 'has to be the number that GitHub shows as the App ID'],
    ['APP_ID', '-1', 'has to be the number that GitHub shows as the App ID'],
    ['PORT', 'http', 'has to be a port number, 0 to 65535'],
    ['PORT', '65536', 'has to be a port number, 0 to 65535'],
    ['COUNTERSIGN_CONCURRENCY', '0', 'has to be a number from 1 to 100'],
    ['COUNTERSIGN_CONCURRENCY', '1.5', 'has to be a number from 1 to 100'],
    ['GHE_HOST', 'https://github.example.com/', 'has to be a host name alone, such as github.example.com'],
    ['GHE_PROTOCOL', 'ftp', 'has to be one of http, https'],
    ['WEBHOOK_PATH', 'webhooks', 'has to start with /'],
    ['WEBHOOK_URL', 'example.org', 'has to be an address such as https://countersign.example.org/api/github/webhooks'],
    ['LOG_LEVEL', 'loud', 'has to be one of trace, debug, info, warn, error, fatal, silent'],
    ['COUNTERSIGN_ROLE', 'cook', 'has to be one of all, web, worker'],
    ['DATABASE_URL', 'mysql://localhost/x', 'has to start with postgres:// or postgresql://'],
    ['LOG_FORMAT', 'xml', 'has to be one of json, pretty'],
  ])('%s=%s', (name, value, problem) => {
    expect(() => readConfiguration({ [name]: value }, false)).toThrow(new Error(`${name}: ${problem}`));
  });

  test('all of them at once', () => {
    expect(() => readConfiguration({ PORT: 'x', LOG_FORMAT: 'x' }, false)).toThrow(/^PORT: .*\nLOG_FORMAT: /);
  });
});

test('a setting that is set to nothing is as one that is not set', () => {
  expect(readConfiguration({ PORT: '', APP_ID: '', LOG_LEVEL: '' }, false)).toMatchObject({
    credentials: null,
    listen: { host: 'localhost', port: 3000 },
    log: { level: 'info' },
  });
});

describe('GitHub’s API is', () => {
  test.each<[string, Record<string, string>, string, string]>([
    ['github.com’s own', {}, 'github.com', 'https://api.github.com'],
    ['the same where somebody names it', { GHE_HOST: 'GitHub.com' }, 'github.com', 'https://api.github.com'],
    ['a path of a server', { GHE_HOST: 'git.example.com' }, 'git.example.com', 'https://git.example.com/api/v3'],
    ['a host of its own with data residency', { GHE_HOST: 'octo.ghe.com' }, 'octo.ghe.com', 'https://api.octo.ghe.com'],
    ['a path of a server that only looks alike', { GHE_HOST: 'ghe.com' }, 'ghe.com', 'https://ghe.com/api/v3'],
  ])('%s', (_, env, host, apiUrl) => {
    expect(readConfiguration(env, false)).toMatchObject({ host, apiUrl });
    expect(readGitHub(env)).toEqual({ host, apiUrl });
  });
});

describe('The webhook’s secret', () => {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const secretsOf = (env: Record<string, string>) =>
    readConfiguration({ APP_ID: '42', PRIVATE_KEY: privateKey, ...env }, false).credentials?.webhookSecrets;

  test('may be two while it is being changed, the new one first', () => {
    expect(secretsOf({ WEBHOOK_SECRET: 'new' })).toEqual(['new']);
    expect(secretsOf({ WEBHOOK_SECRET: 'new', WEBHOOK_SECRET_PREVIOUS: 'former' })).toEqual(['new', 'former']);
  });

  test.each([
    ['missing', {}, /^WEBHOOK_SECRET: not set\./],
    ['there only as the former one', { WEBHOOK_SECRET_PREVIOUS: 'former' }, /^WEBHOOK_SECRET: not set\./],
    ['Probot’s default in production', { ...production('development') }, /^WEBHOOK_SECRET: a well-known default\./],
    [
      'Probot’s default before it is changed, in production',
      { ...production('new'), WEBHOOK_SECRET_PREVIOUS: 'development' },
      /^WEBHOOK_SECRET_PREVIOUS: a well-known default\./,
    ],
  ])('keeps the App from starting where it is %s', (_, env, problem) => {
    expect(() => secretsOf(env)).toThrow(problem);
  });

  function production(secret: string) {
    return { NODE_ENV: 'production', WEBHOOK_SECRET: secret };
  }
});

test.each([
  ['that is not there', 'no-such-key.pem', 'there is no file no-such-key.pem.'],
  [
    'that this user does not get at',
    'package.json/key.pem',
    `the user that runs the App (${process.geteuid?.()}) cannot read package.json/key.pem (ENOTDIR).`,
  ],
  [
    'that a container engine did not find',
    'docs',
    'docs is a directory. Container engines make one where the file to be mounted does not exist.',
  ],
])('a key %s is told from others', (_, path, why) => {
  const env = { APP_ID: '1', PRIVATE_KEY_PATH: path, WEBHOOK_SECRET: 'x' };
  expect(() => readConfiguration(env, false)).toThrow(new Error(`PRIVATE_KEY_PATH: ${why}`));
});

test('a key that is none is told by the variable that holds it', () => {
  const env = { APP_ID: '1', PRIVATE_KEY: 'junk', WEBHOOK_SECRET: 'x' };
  expect(() => readConfiguration(env, false)).toThrow(/^PRIVATE_KEY: this is no private key as GitHub gives it/);
});

test('figures are read where deploy/prometheus looks for them, unless told otherwise', () => {
  const { metrics } = readConfiguration({ METRICS_PORT: '9464' }, false);
  expect(readFileSync('deploy/prometheus/prometheus.yaml', 'utf8')).toContain(`"${metrics?.host}:${metrics?.port}"`);
  expect(readConfiguration({}, false).metrics).toBeNull();
});

describe('what waits is stored', () => {
  test.each<[string, Record<string, string>, object]>([
    ['in a folder beside the App', {}, { kind: 'sqlite', folder: 'countersign-data' }],
    ['in the folder named', { COUNTERSIGN_DATA: '/var/lib/x' }, { kind: 'sqlite', folder: '/var/lib/x' }],
    ['in PostgreSQL', { DATABASE_URL: 'postgres://db/x' }, { kind: 'postgres', url: 'postgres://db/x' }],
    [
      'in PostgreSQL, which several processes need',
      { DATABASE_URL: 'postgresql://db/x', COUNTERSIGN_ROLE: 'worker' },
      { kind: 'postgres', url: 'postgresql://db/x' },
    ],
  ])('%s', (_, env, storage) => {
    expect(readConfiguration(env, false)).toMatchObject({ storage });
  });

  test('nowhere that several processes could share', () => {
    expect(() => readConfiguration({ COUNTERSIGN_ROLE: 'web' }, false)).toThrow(
      'DATABASE_URL: not set. The role web is for several processes, which share a PostgreSQL database.',
    );
  });
});
