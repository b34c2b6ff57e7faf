// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { execFile, spawnSync } from 'node:child_process';

/** A fixed environment, so that neither the user's Git configuration nor the clock can change an object id. */
const environment = {
  PATH: process.env.PATH ?? '',
  HOME: '/nonexistent',
  LC_ALL: 'C',
  TZ: 'UTC',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
};

const maxBuffer = 1 << 30;

/** Runs git and returns what it printed. Throws with git's own words where it fails. Blocks: for building only. */
export function git(
  directory: string,
  args: readonly string[],
  input: string | Buffer = '',
  extra: Record<string, string> = {},
): string {
  const result = spawnSync('git', args, { cwd: directory, input, env: { ...environment, ...extra }, maxBuffer });
  if (result.error) throw result.error;
  if (result.status !== 0) throw new Error(`git ${args.join(' ')} failed: ${result.stderr.toString()}`);
  return result.stdout.toString();
}

/** The same without blocking, for answering requests. */
export function gitAsync(directory: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile('git', args, { cwd: directory, env: environment, maxBuffer }, (error, stdout) => {
      if (error) reject(error);
      else resolve(stdout);
    });
  });
}

export const gitEnvironment: Readonly<Record<string, string>> = environment;
