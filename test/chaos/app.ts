// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
/** As `npm start` has one; half of a start is compiling. */
const NODE_COMPILE_CACHE = join(tmpdir(), 'countersign-test-cache');
/** How long a process may take to start, in milliseconds; a machine that is busy with others needs some. */
const patience = 60_000;

export interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly url?: string;
  readonly [field: string]: unknown;
}

/** The App as a process of its own. */
export interface AppProcess {
  /** Where it takes webhooks; null for one that only works. */
  readonly url: string | null;
  /** SIGKILL. Resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM. Resolves with the exit code. */
  stop(): Promise<number | null>;
}

export interface AppOptions {
  readonly env: Readonly<Record<string, string>>;
  /** Hears each line of its log. */
  readonly onLine: (line: LogLine) => void;
}

/** Starts it as `npm start` does in production. Rejects where it ends before it is ready. */
export async function startApp({ env, onLine }: AppOptions): Promise<AppProcess> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      NODE_COMPILE_CACHE,
      HOST: '127.0.0.1',
      PORT: '0',
      ...env,
    } as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Not `exit`: what it wrote last may still be on its way then.
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const url = await ready(child, ended, onLine);
  return {
    url,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** The log is lines of JSON; the one that begins with `ready` may hold an address. */
function ready(
  child: ChildProcess,
  ended: Promise<number | null>,
  onLine: AppOptions['onLine'],
): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`The App was not ready in time: ${said.slice(-5).join(' ')}`));
    }, patience);
    void ended.then((code) => {
      clearTimeout(late);
      reject(new Error(`The App ended with code ${code} before it was ready: ${said.slice(-5).join(' ')}`));
    });
    child.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString().trim()));
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', (text) => {
      const line = parse(text);
      if (line === null) return;
      onLine(line);
      if (!line.msg.startsWith('ready')) return;
      clearTimeout(late);
      resolve(line.msg === 'ready for webhooks' ? (line.url ?? null) : null);
    });
  });
}

function parse(text: string): LogLine | null {
  try {
    const line = JSON.parse(text) as LogLine;
    return typeof line.msg === 'string' ? line : null;
  } catch {
    return null;
  }
}
