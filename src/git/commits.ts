// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Commit } from '../contribution/contribution.ts';
import { dayOf } from './day.ts';
import { GitError, gitOutput } from './git.ts';

/**
 * Fields that end with NUL, which Git allows in none of them. `%an` and `%ae` are the identities as recorded:
 * `.mailmap` is the rules' business. `%B` is the message byte for byte.
 */
const format = '%P%x00%at%x00%an%x00%ae%x00%cn%x00%ce%x00%B%x00';
const fieldsPerCommit = 7;

/**
 * Commits reachable from `head` and not from `exclude`, parents first, by one `git rev-list` that streams.
 * Messages in other encodings come as UTF-8; bytes that are not text become U+FFFD. Signatures are not verified here: what
 * GitHub knows of a key, a clone does not.
 *
 * @throws GitError where Git cannot read the range
 */
export async function readCommits(head: string, exclude: string): Promise<Commit[]> {
  const parser = commitParser();
  const order = ['--topo-order', '--reverse'];
  await gitOutput(['rev-list', ...order, '--encoding=UTF-8', `--format=${format}`, '--stdin'], {
    input: `${head}\n^${exclude}\n`,
    onData: parser.take,
  });
  return parser.end();
}

/** Puts commits together from chunks of `git rev-list` output in the format above. */
export function commitParser() {
  const commits: Commit[] = [];
  let rest: Buffer[] = [];
  let fields: string[] = [];

  const take = (chunk: Buffer) => {
    const end = chunk.lastIndexOf(0);
    if (end < 0) return void rest.push(chunk);
    // Cut at a NUL, a chunk never ends inside a character.
    const text = Buffer.concat([...rest, chunk.subarray(0, end)]).toString('utf8');
    rest = [chunk.subarray(end + 1)];
    for (const field of text.split('\0')) {
      fields.push(field);
      if (fields.length < fieldsPerCommit) continue;
      commits.push(commitOf(fields));
      fields = [];
    }
  };

  const end = (): Commit[] => {
    if (fields.length > 0 || Buffer.concat(rest).toString('utf8').trim() !== '') throw unreadable();
    return commits;
  };
  return { take, end };
}

function commitOf(fields: readonly string[]): Commit {
  const [heading = '', seconds = '', authorName = '', authorEmail = '', ...rest] = fields;
  const [committerName = '', committerEmail = '', message = ''] = rest;
  // rev-list writes a line "commit SHA" before each formatted commit.
  const found = /^\n?commit ([0-9a-f]{40,64})\n([0-9a-f ]*)$/.exec(heading);
  if (found?.[1] === undefined || found[2] === undefined) throw unreadable();
  return {
    sha: found[1],
    message,
    author: { name: authorName, email: authorEmail },
    committer: { name: committerName, email: committerEmail },
    authorAccount: null,
    committerAccount: null,
    signature: null,
    authoredOn: dayOf(seconds),
    parents: found[2] === '' ? [] : found[2].split(' '),
    paths: null,
  };
}

function unreadable(): GitError {
  return new GitError('git rev-list wrote something unexpected. Please report it, with the output of "git --version".');
}
