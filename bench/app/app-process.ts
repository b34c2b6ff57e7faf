// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import manifest from '../../package.json' with { type: 'json' };
import { freePort } from '../../test/helpers/free-port.ts';
import { now } from './clock.ts';
import { buildPackage } from './package.ts';

/** Files of the package. */
const programs = {
  /** As users start it. */
  'as shipped': 'bin/app.js',
  'without limits': 'dist/without-limits.js',
} as const;
export type Program = keyof typeof programs;

/** Node.js's, of `npm start`: `node OPTIONS bin/app.js`. */
const shippedOptions = manifest.scripts.start.split(' ').slice(1, -1);

let built: Promise<string> | undefined;

async function fileOf(program: Program): Promise<string> {
  built ??= buildPackage();
  return join(await built, programs[program]);
}

/** What Node.js compiles stays there from one start to the next, as it does for the App as users start it. */
const compiled = mkdtempSync(join(tmpdir(), 'countersign-bench-compiled-'));
process.once('exit', () => rmSync(compiled, { recursive: true, force: true }));

export const secret = 'a secret of the benchmark';
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

/** The App in a process of its own. */
export interface AppProcess {
  readonly port: number;
  /** When its process was made, by `now()`. */
  readonly startedAt: number;
  /** Milliseconds of processor time so far, all threads; null where the system does not tell. */
  cpu(): number | null;
  /** Bytes: the most memory that it held at one time; null where the system does not tell. */
  peakMemory(): number | null;
  /** Ends it, as a service manager would. Throws with what it logged where it had ended by itself. */
  stop(): Promise<void>;
}

export interface AppOptions {
  /** `HOST:PORT` of the GitHub that it talks to. */
  readonly github: string;
  /** Further arguments for Node.js, before the program. */
  readonly nodeOptions?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts it and does not wait for it to be ready. */
export async function startApp(
  program: Program,
  { github, nodeOptions = [], env = {} }: AppOptions,
): Promise<AppProcess> {
  const home = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
  const log = join(home, 'log');
  const output = openSync(log, 'w');
  const file = await fileOf(program);
  const port = await freePort();
  const startedAt = now();
  const child = spawn(process.execPath, [...shippedOptions, ...nodeOptions, file], {
    cwd: home,
    stdio: ['ignore', output, output],
    env: {
      ...process.env,
      APP_ID: '1',
      PRIVATE_KEY: privateKey,
      WEBHOOK_SECRET: secret,
      GHE_HOST: github,
      GHE_PROTOCOL: 'http',
      HOST: '127.0.0.1',
      PORT: String(port),
      NODE_ENV: 'production',
      ...(program === 'without limits' && { NODE_COMPILE_CACHE: compiled }),
      COUNTERSIGN_DATA: join(home, 'data'),
      // As the image and the systemd unit have it.
      MALLOC_ARENA_MAX: '2',
      // What a sweep asks is not what a webhook costs.
      COUNTERSIGN_SWEEP_INTERVAL: '0',
      ...env,
    },
  });
  const ended = once(child, 'exit');
  return {
    port,
    startedAt,
    cpu: () => cpuOf(child.pid),
    peakMemory: () => peakOf(child.pid),
    stop: async () => {
      const alive = child.exitCode === null && child.signalCode === null;
      child.kill('SIGTERM');
      await ended;
      const said = readFileSync(log, 'utf8');
      rmSync(home, { recursive: true, force: true });
      if (!alive) throw new Error(`The App ended by itself:\n${said.slice(-2000)}`);
    },
  };
}

/** Starts the program once, so that its code is compiled when it is measured. */
export async function compile(program: Program, options: AppOptions): Promise<void> {
  const app = await startApp(program, options);
  await listening(app);
  await app.stop();
}

/** Resolves when it takes connections, with that time by `now()`. */
export async function listening({ port }: AppProcess): Promise<number> {
  const deadline = now() + 30_000;
  while (!(await takesConnections(port))) {
    if (now() > deadline) throw new Error('The App does not listen after 30 seconds');
    await sleep(1);
  }
  return now();
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Linux counts in hundredths of a second, whatever its own clock (proc_pid_stat(5), USER_HZ). */
const tick = 10;

function cpuOf(pid: number | undefined): number | null {
  // The second field is the program's name, which may hold blanks and brackets.
  const fields = readProc(pid, 'stat')
    ?.replace(/^.*\) /s, '')
    .split(' ');
  return fields === undefined ? null : (Number(fields[11]) + Number(fields[12])) * tick;
}

function peakOf(pid: number | undefined): number | null {
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readProc(pid, 'status') ?? '')?.[1];
  return peak === undefined ? null : Number(peak) * 1024;
}

function readProc(pid: number | undefined, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return null;
  }
}
