// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { spawn } from 'node:child_process';
import { devNull } from 'node:os';

/** Git said no, or is not there: the message is for the user and says what to do. */
export class GitError extends Error {
  override readonly name = 'GitError';
}

/** What a `git` process left behind. `stderr` is cut off after a few thousand characters. */
export interface GitResult {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface GitOptions {
  /** Written to standard input, which is closed after it. */
  readonly input?: string;
  /** Takes standard output as it comes, instead of `GitResult.stdout`. */
  readonly onData?: (chunk: Buffer) => void;
}

const stderrLimit = 4096;

/**
 * Settings that keep what is read equal for everybody: replacement objects and grafts are local edits of history that
 * no other clone has, locks and prompts have no place in a reader, and messages are matched in English.
 */
const environment = {
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_GRAFT_FILE: devNull,
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
};

/**
 * Runs one `git` in the current directory and resolves when it has ended, whatever its exit code.
 * Only plumbing commands are used here: they read no aliases, pagers, log formats or external diff programs from configuration.
 *
 * @throws GitError where `git` cannot be started or is killed
 */
export function git(args: readonly string[], options: GitOptions = {}): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['-c', 'advice.graftFileDeprecated=false', ...args], {
      env: { ...process.env, ...environment },
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const stdout: Buffer[] = [];
    let stderr = '';
    const fail = (error: unknown) => {
      child.kill();
      reject(error);
    };
    child.stdout.on('data', (chunk: Buffer) => {
      if (options.onData === undefined) return void stdout.push(chunk);
      try {
        options.onData(chunk);
      } catch (error) {
        fail(error);
      }
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(0, stderrLimit);
    });
    // git may end before it has read all of its input; its exit code says why.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    child.on('error', (error: NodeJS.ErrnoException) => {
      fail(
        error.code === 'ENOENT'
          ? new GitError('The git command was not found: install Git, or add it to PATH.')
          : error,
      );
    });
    child.on('close', (code, signal) => {
      if (code === null) return fail(new GitError(`git ${args[0]} was ended by ${signal}.`));
      resolve({ code, stdout: Buffer.concat(stdout), stderr });
    });
  });
}

/** Standard output of a `git` that has to succeed. @throws GitError with Git's own first complaint */
export async function gitOutput(args: readonly string[], options: GitOptions = {}): Promise<Buffer> {
  const result = await git(args, options);
  if (result.code !== 0) throw new GitError(complaint(args, result));
  return result.stdout;
}

/** One line that names the command and repeats why Git refused. */
export function complaint(args: readonly string[], { code, stderr }: GitResult): string {
  const line = stderr.split('\n').find((text) => /^(?:fatal|error): /.test(text));
  return `git ${args[0]} failed: ${line?.replace(/^\w+: /, '') ?? `exit code ${code}`}`;
}
