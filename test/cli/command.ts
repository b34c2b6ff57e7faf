// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const bin = join(root, 'bin/countersign.js');

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Buffer;
  /** Closes standard output at once, as a reader does that has seen enough. */
  readonly deaf?: boolean;
  /** Interrupts it, as ^C does, once it has written this to standard error. */
  readonly interruptAt?: string;
  /** Another file to run than the checkout's. */
  readonly bin?: string;
  /** Options for Node.js. */
  readonly node?: readonly string[];
}

/** What the command left behind. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real command as a child process, with nothing of this machine's environment but PATH. */
export function countersign(args: readonly string[], options: CommandOptions = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...(options.node ?? []), options.bin ?? bin, ...args], {
      cwd: options.cwd ?? tmpdir(),
      env: {
        PATH: process.env.PATH ?? '',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_NOSYSTEM: '1',
        NODE_COMPILE_CACHE: join(tmpdir(), 'countersign-test-cache'),
        ...options.env,
      },
    });
    let [stdout, stderr] = ['', ''];
    let { interruptAt } = options;
    if (options.deaf === true) child.stdout.destroy();
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      if (interruptAt === undefined || !stderr.includes(interruptAt)) return;
      interruptAt = undefined;
      child.kill('SIGINT');
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
