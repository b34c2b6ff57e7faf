// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { readPaths } from '../../src/git/paths.ts';
import { createRepository, inside } from './repository.ts';

const repository = createRepository();
afterAll(repository.remove);
const root = repository.commit({ message: 'root\n', files: { old: 'content\n', kept: '1\n' } });

async function pathsOf(...shas: string[]) {
  const paths = await inside(repository, () => readPaths(shas));
  return shas.map((sha) => [...(paths.get(sha) ?? [])].sort());
}

describe('the paths that a commit touches', () => {
  test('are all of them for the first commit', async () => {
    expect(await pathsOf(root)).toEqual([['kept', 'old']]);
  });

  test('are both names of a renamed file, even where Git is told to see renames', async () => {
    repository.git('config', 'diff.renames', 'copies');
    const renamed = repository.commit({ message: 'x\n', parents: [root], files: { new: 'content\n', kept: '1\n' } });
    expect(await pathsOf(renamed)).toEqual([['new', 'old']]);
  });

  test('are none for a commit that changes nothing', async () => {
    const same = repository.commit({ message: 'x\n', parents: [root], files: { old: 'content\n', kept: '1\n' } });
    expect(await pathsOf(same, root)).toEqual([[], ['kept', 'old']]);
  });

  test('count against each parent of a merge', async () => {
    const left = repository.commit({ message: 'x\n', parents: [root], files: { old: 'content\n', kept: '2\n' } });
    const merge = repository.commit({ message: 'x\n', parents: [root, left], files: { kept: '2\n' } });
    expect(await pathsOf(merge)).toEqual([['kept', 'old']]);
  });

  test('may be named like a commit, a status, or with any character but NUL', async () => {
    const names = [root, 'M', 'a\nb', ' ', '"quoted"', '-r', '🚀', 'dir/\x1b[0m'];
    const files = Object.fromEntries(names.map((name) => [name, 'x']));
    expect(await pathsOf(repository.commit({ message: 'x\n', files }))).toEqual([names.sort()]);
  });

  test('hold a submodule that .gitmodules asks to ignore', async () => {
    repository.git('read-tree', '--empty');
    repository.git('update-index', '--add', '--cacheinfo', `160000,${root},vendored`);
    const settings = '[submodule "vendored"]\n\tpath = vendored\n\turl = ./x\n\tignore = all\n';
    writeFileSync(join(repository.directory, '.gitmodules'), settings);
    const sha = repository.git('commit-tree', '-m', 'x', '-p', root, repository.git('write-tree'));
    expect((await pathsOf(sha))[0]).toContain('vendored');
  });
});
