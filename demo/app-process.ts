// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
/** How long the App may take to start and to stop, in milliseconds. */
const patience = 30_000;

export interface RunningApp {
  /** Where it takes webhooks. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the App as in production: `program` in a process of its own, told everything by its environment. */
export async function startApp(environment: Readonly<Record<string, string>>, program = main): Promise<RunningApp> {
  const data = mkdtempSync(join(tmpdir(), 'countersign-demo-'));
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'info',
    // Its requests would be counted with a pull request's.
    COUNTERSIGN_SWEEP_INTERVAL: '0',
    COUNTERSIGN_DATA: data,
    ...environment,
  };
  const child: ChildProcess = spawn(process.execPath, [program], {
    env: env as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await listening(child);
  return {
    url,
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** The App's log is lines of JSON; the one that says `ready for webhooks` holds the address. */
function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('The App did not start in time')), patience);
    child.once('exit', (code) => reject(new Error(`The App ended with code ${code} before it was ready`)));
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const entry = parse(line);
      if (entry?.level !== undefined && entry.level >= 40) console.error(`App: ${line}`);
      if (entry?.msg !== 'ready for webhooks' || entry.url === undefined) return;
      clearTimeout(late);
      resolve(entry.url);
    });
  });
}

function parse(line: string): { msg?: string; url?: string; level?: number } | null {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
