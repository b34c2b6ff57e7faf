// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a commit is made of; identities are `NAME <EMAIL>`, bytes go in as they are. */
export interface NewCommit {
  readonly message: string | Buffer;
  readonly author?: string | Buffer;
  readonly committer?: string | Buffer;
  /** Further header lines, such as `encoding ISO-8859-1`. */
  readonly headers?: string;
  readonly parents?: readonly string[];
  /** The whole tree, as paths and contents. */
  readonly files?: Readonly<Record<string, string | Buffer>>;
}

/** A Git that sees neither the machine's configuration nor its user. */
export function hermeticEnvironment(home: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: home,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Ada Example',
    GIT_AUTHOR_EMAIL: 'ada@example.org',
    GIT_COMMITTER_NAME: 'Ada Example',
    GIT_COMMITTER_EMAIL: 'ada@example.org',
    GIT_AUTHOR_DATE: '2026-01-02T03:04:05Z',
    GIT_COMMITTER_DATE: '2026-01-02T03:04:05Z',
  };
}

/** A real repository in a temporary directory, which `remove` deletes. */
export function createRepository(format: 'sha1' | 'sha256' = 'sha1') {
  const home = mkdtempSync(join(tmpdir(), 'countersign-git-'));
  const directory = join(home, 'repository');
  const env = hermeticEnvironment(home);
  const run = (args: readonly string[], input: string | Buffer = '') =>
    execFileSync('git', args, { env, input, stdio: ['pipe', 'pipe', 'pipe'], encoding: 'utf8' }).trim();
  run(['init', '--quiet', '--initial-branch=main', `--object-format=${format}`, directory]);
  const git = (...args: string[]) => run(['-C', directory, ...args]);

  const tree = (files: Readonly<Record<string, string | Buffer>>): string => {
    git('read-tree', '--empty');
    const entries = Object.entries(files).map(([path, content]) => {
      const oid = run(['-C', directory, 'hash-object', '-w', '--stdin'], content);
      return `100644 ${oid}\t${path}\0`;
    });
    run(['-C', directory, 'update-index', '-z', '--index-info'], entries.join(''));
    return git('write-tree');
  };

  /** Writes the commit object byte by byte, as no well-behaved tool would, and returns its id. */
  const commit = ({ message, author = 'Ada Example <ada@example.org>', parents = [], ...rest }: NewCommit): string => {
    const lines = [`tree ${tree(rest.files ?? {})}\n`, ...parents.map((parent) => `parent ${parent}\n`)];
    const person = (role: string, who: string | Buffer) =>
      Buffer.concat([Buffer.from(`${role} `), Buffer.from(who), Buffer.from(' 1767323045 +0000\n')]);
    const object = Buffer.concat([
      Buffer.from(lines.join('')),
      person('author', author),
      person('committer', rest.committer ?? author),
      Buffer.from(rest.headers === undefined ? '\n' : `${rest.headers}\n\n`),
      Buffer.from(message),
    ]);
    return run(['-C', directory, 'hash-object', '-t', 'commit', '-w', '--stdin', '--literally'], object);
  };

  /** A branch of so many commits on `parents`; returns their ids. */
  const branch = (name: string, parent: string | null, commits: readonly NewCommit[]): string[] => {
    const shas: string[] = [];
    for (const one of commits) {
      const last = shas.at(-1) ?? parent;
      shas.push(commit({ parents: last === null ? [] : [last], ...one }));
    }
    git('update-ref', `refs/heads/${name}`, shas.at(-1) ?? '');
    return shas;
  };

  return { directory, home, env, git, commit, branch, remove: () => rmSync(home, { recursive: true, force: true }) };
}

export type Repository = ReturnType<typeof createRepository>;

/** Runs `action` with the repository as the current directory and its environment, as the command does. */
export async function inside<T>(repository: Repository, action: () => Promise<T>): Promise<T> {
  const [directory, env] = [process.cwd(), process.env];
  process.chdir(repository.directory);
  process.env = repository.env;
  try {
    return await action();
  } finally {
    process.chdir(directory);
    process.env = env;
  }
}
