// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { freePort } from './helpers/free-port.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const credentials = { APP_ID: '42', PRIVATE_KEY: privateKey, WEBHOOK_SECRET: 'a secret of the test' };

/** A GitHub Enterprise Server that knows how an App is created, and nothing else. */
const asked: string[] = [];
let gitHub: Server;
let home: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  gitHub = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(201, { 'content-type': 'application/json' });
    const { port } = gitHub.address() as AddressInfo;
    response.end(
      JSON.stringify({
        id: 42,
        client_id: 'client',
        client_secret: 'client secret',
        webhook_secret: 'a secret of GitHub',
        pem: privateKey,
        html_url: `http://127.0.0.1:${port}/apps/countersign`,
      }),
    );
  });
  gitHub.listen(0, '127.0.0.1');
  await once(gitHub, 'listening');
});
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'countersign-main-'));
  asked.length = 0;
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
  rmSync(home, { recursive: true, force: true });
});
afterAll(() => {
  gitHub.close();
});

/** Starts the App in a directory of its own; `said` resolves with its output once that holds the words. */
function start(env: Record<string, string>) {
  const { port } = gitHub.address() as AddressInfo;
  const child = spawn(process.execPath, [join(root, 'bin/app.js')], {
    cwd: home,
    env: { GHE_HOST: `127.0.0.1:${port}`, GHE_PROTOCOL: 'http', HOST: '127.0.0.1', PORT: '0', ...env },
  });
  children.push(child);
  let output = '';
  let heard = () => {};
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
      heard();
    });
  }
  const ended = once(child, 'close').then(([code]) => ({ code: code as number, output }));
  const said = (words: string) =>
    new Promise<string>((resolve, reject) => {
      heard = () => output.includes(words) && resolve(output);
      heard();
      void ended.then(() => reject(new Error(`ended without saying ${words}: ${output}`)));
    });
  return { child, ended, said };
}

/** Names of a process's threads that come after others, once each. On Linux; niceness is the 19th field of proc_pid_stat(5). */
function niceThreads(pid: number | undefined): readonly string[] {
  const tasks = `/proc/${pid}/task`;
  const names = readdirSync(tasks).flatMap((id) => {
    const [, name = '', fields = ''] = /\((.*)\) (.*)$/s.exec(readFileSync(join(tasks, id, 'stat'), 'utf8')) ?? [];
    return Number(fields.split(' ')[16]) >= 10 ? [name] : [];
  });
  return [...new Set(names)].sort();
}

describe('Without credentials', () => {
  test('a page creates the App from app.yml and stores its credentials, and the next start runs it', async () => {
    for (const name of ['app.yml', 'package.json']) cpSync(join(root, name), join(home, name));
    const port = await freePort();
    const setup = start({ PORT: String(port), GH_ORG: 'acme' });
    expect(await setup.said('No credentials yet')).toContain(`http://127.0.0.1:${port}/probot`);
    const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'countersign.example.org' };
    const html = await (await fetch(`http://127.0.0.1:${port}/probot`, { headers })).text();
    const manifest = JSON.parse(/value='([^']+)'/.exec(html)?.[1] ?? '{}');
    expect(manifest).toMatchObject({
      ...parse(readFileSync(join(root, 'app.yml'), 'utf8')),
      hook_attributes: { url: 'https://countersign.example.org/' },
      redirect_url: 'https://countersign.example.org/probot/setup',
    });
    const { port: gitHubPort } = gitHub.address() as AddressInfo;
    expect(html).toContain(`action="http://127.0.0.1:${gitHubPort}/organizations/acme/settings/apps/new"`);
    expect(asked).toEqual([]);

    await fetch(`http://127.0.0.1:${port}/probot/setup?code=once`, { redirect: 'manual' });
    expect(asked).toEqual(['POST /api/v3/app-manifests/once/conversions']);
    expect(statSync(join(home, '.env')).mode & 0o077).toBe(0);
    setup.child.kill();
    await setup.ended;

    const app = start({});
    await app.said('GitHub knows this App');
    app.child.kill('SIGTERM');
    expect((await app.ended).code).toBe(0);
  });

  test('the App’s webhooks go where WEBHOOK_URL says, wherever the page was opened', async () => {
    for (const name of ['app.yml', 'package.json']) cpSync(join(root, name), join(home, name));
    const port = await freePort();
    const url = 'https://countersign.example.org/api/github/webhooks';
    const setup = start({ PORT: String(port), WEBHOOK_URL: url });
    expect(await setup.said('No credentials yet')).toContain(`Its webhooks will go to ${url}.`);
    const html = await (await fetch(`http://127.0.0.1:${port}/probot`)).text();
    expect(JSON.parse(/value='([^']+)'/.exec(html)?.[1] ?? '{}')).toMatchObject({
      hook_attributes: { url },
      redirect_url: `http://127.0.0.1:${port}/probot/setup`,
    });
    expect(asked).toEqual([]);
    setup.child.kill();
    expect((await setup.ended).output).not.toMatch(/smee/i);
  });

  test('no page opens with data residency, where the App has to be created by hand', async () => {
    cpSync(join(root, 'app.yml'), join(home, 'app.yml'));
    const { code, output } = await start({ GHE_HOST: 'octo.ghe.com' }).ended;
    expect(output).toMatch(/^countersign: .*octo\.ghe\.com.*by hand.*\n$/);
    expect(code).toBe(2);
  });

  test('no App is created where its manifest is not at hand', async () => {
    const { code, output } = await start({}).ended;
    expect(output).toMatch(/^countersign: .*app\.yml.*\n$/);
    expect(code).toBe(2);
  });
});

const onLinux = process.platform === 'linux' ? test : test.skip;
onLinux('Answers to webhooks come before looks, and before what V8 does for them', async () => {
  const app = start(credentials);
  await app.said('GitHub knows this App');
  // It says so before it has done everything.
  while (!niceThreads(app.child.pid).includes('V8Worker')) await sleep(10);
  const threads = niceThreads(app.child.pid);
  expect(threads.some((name) => name.startsWith('Worker'))).toBe(true);
  expect(threads.includes('MainThread')).toBe(getPriority() >= 10);
});

test('Told to stop, the App sends the traces that it still has, and ends well', async () => {
  const sent: Buffer[] = [];
  const collector = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => sent.push(chunk));
    request.on('end', () => response.writeHead(200).end());
  });
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const { port } = collector.address() as AddressInfo;
  const app = start({ ...credentials, OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
  await app.said('GitHub knows this App');
  app.child.kill('SIGTERM');
  expect((await app.ended).code).toBe(0);
  collector.close();
  const traces = Buffer.concat(sent).toString('latin1');
  expect(traces).toContain('GET /app');
  expect(traces).toContain('countersign');
});

test('Told to stop before it could begin, the App ends well: no default action does it for the first process of a container', async () => {
  // Reading .env is the first thing that it does.
  const tellItself = `process.loadEnvFile = () => process.kill(process.pid, 'SIGTERM');`;
  const app = start({
    ...credentials,
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(tellItself)}`,
  });
  expect((await app.ended).code).toBe(0);
});

describe('Told in a sentence, without a stack trace, is', () => {
  test('a port that is taken', async () => {
    const { port } = gitHub.address() as AddressInfo;
    const { code, output } = await start({ ...credentials, PORT: String(port) }).ended;
    expect(output).toMatch(/^countersign: .*EADDRINUSE.*\n$/);
    expect(code).toBe(1);
  });

  test('an address that is not this machine’s', async () => {
    const { output } = await start({ ...credentials, HOST: '192.0.2.1' }).ended;
    expect(output).toMatch(/^countersign: .*EADDRNOTAVAIL.*\n$/);
  });

  test('a preset that does not exist', async () => {
    const { code, output } = await start({ ...credentials, COUNTERSIGN_DEFAULT_POLICY: 'nope' }).ended;
    expect(output).toMatch(/^countersign: COUNTERSIGN_DEFAULT_POLICY: .*"nope".*\n$/);
    expect(code).toBe(2);
  });
});
