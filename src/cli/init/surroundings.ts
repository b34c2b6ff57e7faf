// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git, gitOutput } from '../../git/git.ts';
import { UserError } from '../user-error.ts';

/** The repository that a policy is to be written for. */
export interface Surroundings {
  /** Absolute path of the working tree. */
  readonly root: string;
  /** Paths of the files that Git tracks, or would after `git add --all`. */
  readonly files: readonly string[];
  /** Addresses of the remotes by name. */
  readonly remotes: ReadonlyMap<string, string>;
  /** The branch that the remote `upstream` has as its default; null where it was not fetched. */
  readonly upstreamBranch: string | null;
  /** The text of a file; null where it cannot be read, is binary, or is larger than any that is looked for. */
  readonly text: (path: string) => Promise<string | null>;
}

/** In bytes. The longest license text of the SPDX License List is about a tenth of it. */
const largestText = 1024 * 1024;

/** Looks at the working tree around the current directory. @throws UserError where there is none */
export async function readSurroundings(): Promise<Surroundings> {
  const root = await findRoot();
  const [files, remotes, head] = await Promise.all([
    gitOutput(['-C', root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate']),
    git(['-C', root, 'config', '--null', '--get-regexp', '^remote\\..*\\.url$']),
    git(['-C', root, 'symbolic-ref', '--quiet', 'refs/remotes/upstream/HEAD']),
  ]);
  return {
    root,
    files: records(files),
    remotes: new Map(records(remotes.stdout).map(remote)),
    upstreamBranch: /^refs\/remotes\/upstream\/(.+)\n/.exec(head.stdout.toString('utf8'))?.[1] ?? null,
    text: (path) => readText(join(root, path)),
  };
}

async function findRoot(): Promise<string> {
  const { code, stdout } = await git(['rev-parse', '--show-toplevel']);
  if (code === 0) return stdout.toString('utf8').replace(/\n$/, '');
  throw new UserError(
    'This directory is not in the working tree of a Git repository, where a policy belongs. Go to one, or name one: countersign -C DIR policy init',
  );
}

function records(output: Buffer): string[] {
  return output.toString('utf8').split('\0').filter(Boolean);
}

/** `remote.NAME.url` and the address, with a line break between them. */
function remote(record: string): [string, string] {
  const end = record.indexOf('\n');
  return [record.slice('remote.'.length, end - '.url'.length), record.slice(end + 1)];
}

async function readText(path: string): Promise<string | null> {
  try {
    const content = await readFile(path);
    return content.length > largestText || content.includes(0) ? null : content.toString('utf8');
  } catch {
    return null;
  }
}
