// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { execFileSync, spawn } from 'node:child_process';
import { cpus, release, totalmem, type } from 'node:os';

export interface Run {
  /** Milliseconds until the first byte of output, and until the end. */
  readonly first: number;
  readonly all: number;
}

/** Runs a command; its errors show. */
export function start(argv: readonly string[], cwd: string) {
  const [file = '', ...args] = argv;
  return spawn(file, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
}

/** How long a command takes that has to end with `expected`. */
export function time(argv: readonly string[], cwd: string, expected = 0): Promise<Run> {
  return new Promise((resolve, reject) => {
    const from = performance.now();
    let first = Number.NaN;
    const child = start(argv, cwd);
    child.stdout.once('data', () => {
      first = performance.now() - from;
    });
    child.stdout.resume();
    child.on('close', (code) => {
      if (code !== expected) reject(new Error(`${argv.join(' ')} ended with exit code ${code}`));
      else resolve({ first, all: performance.now() - from });
    });
  });
}

/** What figures hold for: this machine, its Node.js and its Git. */
export function machine(): string {
  const git = execFileSync('git', ['--version'], { encoding: 'utf8' }).trim();
  const memory = `${(totalmem() / 1e9).toFixed(0)} GB`;
  return `${cpus().length} × ${cpus()[0]?.model}, ${memory}, ${type()} ${release()}, Node.js ${process.version}, ${git}`;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
