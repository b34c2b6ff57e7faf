// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { findRange, findRevision } from '../../src/git/range.ts';
import { createRepository, inside, type Repository } from './repository.ts';

const commits = (...subjects: string[]) => subjects.map((subject) => ({ message: `${subject}\n` }));

/** main: fork, ahead. topic: fork, one, two. */
function forked(repository: Repository) {
  const [fork = '', ahead = ''] = repository.branch('main', null, commits('fork', 'ahead'));
  const [one = '', two = ''] = repository.branch('topic', fork, commits('one', 'two'));
  repository.git('symbolic-ref', 'HEAD', 'refs/heads/topic');
  return { fork, ahead, one, two };
}

let repository: Repository;
beforeEach(() => {
  repository = createRepository();
});
afterEach(() => repository.remove());

const find = (argument?: string) => inside(repository, () => findRange(argument));

describe('a range that is given', () => {
  test.each([
    ['BASE..HEAD', 'main..topic', 'ahead', 'topic'],
    ['a base alone', 'main', 'ahead', 'HEAD'],
    ['a base and two dots', 'main..', 'ahead', 'HEAD'],
    ['BASE...HEAD, from where they parted', 'main...topic', 'fork', 'topic'],
    ['three dots and a head', '...main', 'fork', 'main'],
  ] as const)('may be %s', async (_, argument, base, head) => {
    const shas = forked(repository);
    const range = await find(argument);
    expect(range.base.sha).toBe(shas[base]);
    expect(range.head).toEqual({ ref: head, sha: head === 'main' ? shas.ahead : shas.two });
  });

  test('takes tags and what git calls revisions', async () => {
    const { fork, two } = forked(repository);
    repository.git('tag', '-a', '-m', 'release', 'v1', fork);
    expect(await find('v1..topic^{commit}')).toMatchObject({ base: { ref: 'v1', sha: fork }, head: { sha: two } });
  });

  test.each([
    ['an unknown name', 'nowhere..HEAD', 'Unknown revision: nowhere'],
    ['an unknown head', 'main..nowhere', 'Unknown revision: nowhere'],
    ['no text', '', 'The range has no text.'],
    ['an option for git', '--output=x', 'Unknown revision: --output=x'],
    ['a line break', 'main\nHEAD', 'Unknown revision: main\nHEAD'],
    ['a file', 'HEAD:file', 'Unknown revision: HEAD:file'],
    ['nothing but a missing upstream', '@{upstream}', 'Unknown revision: @{upstream}'],
  ])('is refused where it names %s', async (_, argument, message) => {
    forked(repository);
    await expect(find(argument)).rejects.toThrow(message);
  });

  test('is refused where the histories never met', async () => {
    forked(repository);
    repository.branch('other', null, commits('unrelated'));
    await expect(find('main...other')).rejects.toThrow('main and other have no commit in common');
  });

  test('works on SHA-256 and in a bare repository', async () => {
    repository.remove();
    repository = createRepository('sha256');
    const { ahead } = forked(repository);
    repository.git('config', 'core.bare', 'true');
    expect((await find('main..topic')).base.sha).toBe(ahead);
    expect(ahead).toHaveLength(64);
  });
});

describe('the default range', () => {
  const remoteBranch = (name: string, sha: string) => repository.git('update-ref', `refs/remotes/${name}`, sha);
  const track = (branch: string, merge: string) => {
    repository.git('config', 'remote.origin.fetch', '+refs/heads/*:refs/remotes/origin/*');
    repository.git('config', `branch.${branch}.remote`, 'origin');
    repository.git('config', `branch.${branch}.merge`, `refs/heads/${merge}`);
  };

  test('begins where the branch left main', async () => {
    const { fork, ahead, two } = forked(repository);
    expect(await find()).toEqual({
      base: { ref: 'main', sha: fork },
      head: { ref: 'topic', sha: two },
      exclude: ahead,
      since: 'main',
    });
  });

  test('begins where it left its upstream branch', async () => {
    const { one } = forked(repository);
    remoteBranch('origin/release', one);
    remoteBranch('origin/main', one);
    track('topic', 'release');
    expect(await find()).toMatchObject({ base: { ref: 'release', sha: one }, since: 'origin/release' });
  });

  test('does not shrink to what was not pushed yet', async () => {
    const { fork, ahead, two } = forked(repository);
    remoteBranch('origin/topic', two);
    remoteBranch('origin/main', ahead);
    track('topic', 'topic');
    expect(await find()).toMatchObject({ base: { ref: 'main', sha: fork }, since: 'origin/main' });
  });

  test('takes the branch that the remote calls its default, and the project before a fork', async () => {
    const { fork, one } = forked(repository);
    remoteBranch('origin/trunk', fork);
    repository.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/trunk');
    expect(await find()).toMatchObject({ base: { ref: 'trunk', sha: fork }, since: 'origin/trunk' });
    remoteBranch('upstream/main', one);
    expect(await find()).toMatchObject({ base: { ref: 'main', sha: one }, since: 'upstream/main' });
  });

  test('works on a detached HEAD', async () => {
    const { fork, two } = forked(repository);
    repository.git('update-ref', '--no-deref', 'HEAD', two);
    expect(await find()).toMatchObject({ base: { sha: fork }, head: { ref: 'HEAD', sha: two } });
  });

  test('falls back to a copy of the branch where there is nothing else', async () => {
    const [one = ''] = repository.branch('topic', null, commits('one', 'two'));
    repository.git('symbolic-ref', 'HEAD', 'refs/heads/topic');
    remoteBranch('origin/topic', one);
    track('topic', 'topic');
    expect(await find()).toMatchObject({ base: { ref: 'topic', sha: one }, since: 'origin/topic' });
  });

  test('cannot be found without any branch to compare with', async () => {
    repository.branch('topic', null, commits('one'));
    repository.git('symbolic-ref', 'HEAD', 'refs/heads/topic');
    await expect(find()).rejects.toThrow('Name the range: countersign check BASE..HEAD');
  });
});

describe('where no range can be trusted', () => {
  test('a branch without commits is named as such', async () => {
    await expect(find()).rejects.toThrow('no commit yet');
  });

  test('a shallow clone is told how to become whole', async () => {
    forked(repository);
    const clone = join(repository.home, 'clone');
    repository.git('clone', '--quiet', '--depth=1', `file://${repository.directory}`, clone);
    await expect(inside({ ...repository, directory: clone }, () => findRange('HEAD'))).rejects.toThrow(
      'git fetch --unshallow',
    );
  });

  test('a directory outside any repository is named as such', async () => {
    const directory = join(repository.home, 'empty');
    mkdirSync(directory);
    const there = { ...repository, directory };
    await expect(inside(there, () => findRange(undefined))).rejects.toThrow('not inside a Git repository');
    await expect(inside(there, () => findRevision('HEAD', ''))).rejects.toThrow('not inside a Git repository');
  });

  test('a repository of another user is named as such', async () => {
    const env = { ...repository.env, GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' };
    await expect(inside({ ...repository, env }, () => findRange(undefined))).rejects.toThrow('safe.directory');
  });

  test('a machine without git is told what to install', async () => {
    const env = { ...repository.env, PATH: repository.home };
    await expect(inside({ ...repository, env }, () => findRange(undefined))).rejects.toThrow('install Git');
  });
});
