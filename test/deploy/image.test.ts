// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

// Runs the image that TEST_IMAGE names, by Docker, on this machine's own network, where the simulated GitHub is:
//   docker build -t countersign . && TEST_IMAGE=countersign npm run unit -- test/deploy/image.test.ts

import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ada, commitOf } from '../e2e/stage.ts';
import type { RepositoryHandle } from '../simulator/handles/repository.ts';
import { type Simulator, startSimulator } from '../simulator/index.ts';

const image = process.env.TEST_IMAGE ?? '';
const withImage = image === '' ? describe.skip : describe;
const prefix = `countersign-test-${process.pid}`;
const volume = `${prefix}-data`;
const names: string[] = [];
let simulator: Simulator;
let repository: RepositoryHandle;

/** What Docker says, and how it ended. */
function docker(...args: readonly string[]): { status: number | null; said: string } {
  const env = { ...process.env, ...simulator.environment() };
  const { status, stdout, stderr } = spawnSync('docker', args, { encoding: 'utf8', env });
  return { status, said: `${stdout}${stderr}`.trim() };
}

/** A container as docs/operations.md starts it, with its name. */
function run(...more: readonly string[]): string {
  const name = `${prefix}-${names.length}`;
  names.push(name);
  const closed = ['--init', '--read-only', '--cap-drop=ALL', '--security-opt=no-new-privileges', '--network=host'];
  const variables = [...Object.keys(simulator.environment()), 'HOST=127.0.0.1', ...more].flatMap((one) => ['-e', one]);
  const data = `--mount=type=volume,src=${volume},dst=/data`;
  expect(docker('run', '--detach', '--name', name, ...closed, data, ...variables, image)).toMatchObject({ status: 0 });
  return name;
}

/** A container that takes webhooks, once it does. */
async function runReady(): Promise<string> {
  const name = run('PORT=0');
  const ready = /"url":"([^"]+)".*"msg":"ready for webhooks"/;
  while (!ready.test(docker('logs', name).said)) await sleep(100);
  simulator.sendWebhooksTo(ready.exec(docker('logs', name).said)?.[1] ?? null);
  return name;
}

async function judged(head: string, signed: boolean): Promise<string | null | undefined> {
  repository.commit(head, commitOf(ada, `Add ${head}`, { signed }));
  const pullRequest = await repository.openPullRequest({ author: 'ada', head });
  while (pullRequest.check('DCO')?.conclusion == null) await sleep(50);
  return pullRequest.check('DCO')?.conclusion;
}

function stop(name: string): { code: string; seconds: number } {
  const before = performance.now();
  docker('stop', '--time', '30', name);
  const seconds = (performance.now() - before) / 1000;
  return { code: docker('inspect', '--format', '{{.State.ExitCode}}', name).said, seconds };
}

withImage('The image', () => {
  beforeAll(async () => {
    simulator = await startSimulator();
    simulator.user('ada', { emails: [ada.email] });
    repository = simulator.repository('octo/hello');
    await simulator.install('octo');
  });
  afterAll(async () => {
    for (const name of names) docker('rm', '--force', name);
    docker('volume', 'rm', volume);
    await simulator.close();
  });

  test('says what it lacks', () => {
    expect(docker('run', '--rm', image)).toEqual({
      status: 2,
      said: expect.stringContaining('countersign: APP_ID and PRIVATE_KEY or PRIVATE_KEY_PATH: not set.'),
    });
  });

  test('can be read by who runs it, and written to nowhere but at its data', () => {
    const look = 'id -u; find /app ! -readable; find /app -writable; ls -ld /data; command -v countersign';
    expect(docker('run', '--rm', image, 'sh', '-c', look).said.split('\n')).toEqual([
      '65532',
      expect.stringMatching(/^drwx------ .* 65532 65532 /),
      '/usr/local/bin/countersign',
    ]);
  });

  test('ends when it is told to stop in its first moment', () => {
    const { code, seconds } = stop(run('PORT=0'));
    // 143: before Node.js listens to signals, --init has them end it.
    expect(['0', '143']).toContain(code);
    expect(seconds).toBeLessThan(20);
  });

  test('judges pull requests, and another container goes on with its data', async () => {
    const first = await runReady();
    expect(await judged('one', true)).toBe('SUCCESS');
    expect(await judged('two', false)).toBe('ACTION_REQUIRED');
    expect(docker('exec', first, 'countersign', 'inbox', 'list').said).toBe('Nothing was given up.');
    const ledger = docker('exec', first, 'countersign', 'ledger', 'verify').said;
    expect(ledger).toMatch(/^intact: \d+ lines/);
    expect(stop(first).code).toBe('0');

    const second = await runReady();
    const hash = ledger.split(' ').at(-1) ?? '';
    expect(await judged('three', true)).toBe('SUCCESS');
    expect(docker('exec', second, 'countersign', 'ledger', 'verify', '--expect', hash)).toMatchObject({ status: 0 });
    expect(simulator.violations.list).toEqual([]);
  });

  test('finds out by itself whether it is healthy', () => {
    const [, ...command] = JSON.parse(docker('inspect', '--format', '{{json .Config.Healthcheck.Test}}', image).said);
    const name = names.at(-1) ?? '';
    const port = /"url":"[^"]*:(\d+)\//.exec(docker('logs', name).said)?.[1];
    expect(docker('exec', '-e', `PORT=${port}`, name, ...command)).toMatchObject({ status: 0 });
    expect(docker('exec', '-e', 'PORT=1', name, ...command)).toMatchObject({ status: 1 });
  });
});
