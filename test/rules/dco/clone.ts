// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Contribution } from '../../../src/contribution/contribution.ts';
import { type CommitDraft, contributionOf, personOf } from '../../helpers/contribution.ts';

/** How a contributor answers when a command opens an editor. */
export interface Editing {
  /** A sed script for the list of commits of an interactive rebase. */
  readonly list?: string;
  /** Lines that go before and after a message. */
  readonly above?: string;
  readonly below?: string;
}

/** A contributor's clone of a repository with a commit on `main`; they are on a branch `topic` of their own. */
export interface Clone {
  git(...args: string[]): string;
  /** From now on, Git knows its user as this person. */
  be(user: string): void;
  /** Changes a file of its own and commits it with this message, even one that Git would refuse from its user. */
  commit(message: string, committer?: string): string;
  merge(branch: string, message: string): void;
  /** Runs commands as somebody does who pastes them into a shell one after the other. */
  run(commands: readonly string[], input?: string, editing?: Editing): void;
  /** What is on `topic` and not on `main`, as a pull request's facts. */
  facts(): Contribution;
  /** Whether the repository that was cloned has the branch as it is here. */
  isPushed(): boolean;
  remove(): void;
}

/** Makes a repository and a clone of it for one user; in the clone, `https://github.com/` leads to the repository. */
export function cloneFor(user: string): Clone {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-remedies-'));
  const home = join(folder, 'clone');
  const remote = join(folder, 'example-org/widget.git');
  const base = { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C.UTF-8' };
  let files = 0;

  function call([program = '', ...args]: readonly string[], env: NodeJS.ProcessEnv = {}, input = ''): string {
    const stdio = ['pipe', 'pipe', 'pipe'] as const;
    return execFileSync(program, args, {
      cwd: home,
      input,
      stdio: [...stdio],
      encoding: 'utf8',
      env: { ...base, ...env },
    });
  }

  const clone: Clone = {
    git: (...args) => call(['git', ...args]),
    be(person) {
      const { name, email } = personOf(person);
      writeFileSync(join(folder, '.gitconfig'), `[user]\n\tname = "${name}"\n\temail = "${email}"\n`);
    },
    commit(message, committer) {
      const file = `file-${++files}`;
      writeFileSync(join(home, file), 'text\n');
      clone.git('add', file);
      const parents = files === 1 ? [] : ['-p', 'HEAD'];
      const { name, email } = personOf(committer ?? '<>');
      const env = committer === undefined ? {} : { GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email };
      const id = call(['git', 'commit-tree', clone.git('write-tree').trim(), ...parents], env, message).trim();
      clone.git('update-ref', 'HEAD', id);
      return id;
    },
    merge: (branch, message) => void clone.git('merge', '--quiet', '--no-ff', '-m', message, branch),
    run(commands, input = '', { list = '', above = '', below = '' } = {}) {
      const editor = join(folder, 'editor');
      const script = `{ cat "${editor}.above"; cat "$1"; cat "${editor}.below"; } > "$1.new" && mv "$1.new" "$1"`;
      writeFileSync(editor, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
      writeFileSync(`${editor}.above`, above);
      writeFileSync(`${editor}.below`, below);
      const env = { GIT_EDITOR: editor, GIT_SEQUENCE_EDITOR: `sed -i '${list}'` };
      for (const command of commands) call(['sh', '-c', command], env, input);
    },
    facts() {
      const format = `${['%H', '%P', '%an', '%ae', '%cn', '%ce', '%B'].join('%x00')}%x00`;
      const log = clone.git('log', '--reverse', '--topo-order', '-z', `--format=${format}`, 'main..topic');
      const sha = clone.git('rev-parse', 'main').trim();
      return contributionOf(commitsOf(log.split('\0')), { base: { ref: 'main', sha } });
    },
    isPushed: () => clone.git('ls-remote', 'origin', 'topic').split('\t')[0] === clone.git('rev-parse', 'topic').trim(),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };

  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', remote]);
  appendFileSync(join(remote, 'config'), '[uploadpack]\n\tallowAnySHA1InWant = true\n');
  execFileSync('git', ['clone', '--quiet', remote, home], { stdio: 'ignore' });
  const redirect = `[url "${folder}/"]\n\tinsteadOf = https://github.com/\n`;
  appendFileSync(join(home, '.git/config'), `${redirect}[push]\n\tdefault = current\n`);
  clone.be(user);
  clone.commit('Start');
  clone.git('push', '--quiet', 'origin', 'main');
  clone.git('switch', '--quiet', '--create', 'topic');
  return clone;
}

/** Eight fields a commit, the last one empty. */
function commitsOf(fields: readonly string[]): CommitDraft[] {
  const commits: CommitDraft[] = [];
  for (let at = 0; at + 7 < fields.length; at += 8) {
    const [sha = '', parents = '', an = '', ae = '', cn = '', ce = '', message = ''] = fields.slice(at, at + 7);
    const [author, committer] = [personOf(`${an} <${ae}>`), personOf(`${cn} <${ce}>`)];
    commits.push({ sha, message, author, committer, parents: parents.split(' ').filter((id) => id !== '') });
  }
  return commits;
}
