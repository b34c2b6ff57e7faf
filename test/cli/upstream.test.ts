// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createRepository } from '../git/repository.ts';
import { countersign } from './command.ts';

const patch = (status: string) => `Subject: [PATCH] Mend it\n\n${status}\n---\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n`;
const policy = {
  '.github/countersign.yml': 'upstream: { preset: yocto, baseline: old.txt }\nlicense: { mode: off }\n',
  'old.txt': 'meta/old.patch\n',
  'meta/old.patch': patch(''),
};
const first = { 'meta/1.patch': patch('Upstream-Status: Pending [soon]') };
const many = Object.fromEntries(
  Array.from({ length: 30 }, (_, index) => [`many/${index}.patch`, patch(`Upstream-Status: Denied [no ${index}]`)]),
);
const hostile = { 'meta/a|`b`.patch': patch('Upstream-Status: Inappropriate [@everyone | <b>]') };

let repository: ReturnType<typeof createRepository>;
const run = (...args: string[]) => countersign(args, { cwd: repository.directory });

beforeAll(() => {
  repository = createRepository();
  const silent = { 'meta/2.patch': patch('') };
  repository.branch('main', null, [
    { message: 'One\n', files: { ...policy, ...first } },
    { message: 'Two\n', files: { ...policy, ...first, ...silent, ...hostile } },
  ]);
  const odd = {
    'crlf.patch': patch('Upstream-Status: Denied [no]').replaceAll('\n', '\r\n'),
    'latin1.patch': Buffer.from(patch('Müller says:\nUpstream-Status: Denied [von Müller]'), 'latin1'),
    'long.patch': patch('Upstream-Status: Denied [no]') + '+line\n'.repeat(60_000),
    'quoted.patch': `They sent:\n\n--- a/y\n+++ b/y\n@@ -1 +1 @@\n-c\n+d\n\nand so\n${patch('Upstream-Status: Denied [no]')}`,
    'twice.patch': patch('Upstream-Status: Pending [soon]\nUpstream-Status: Denied [no]'),
  };
  repository.branch('odd', null, [{ message: 'Odd\n', files: { ...policy, ...odd } }]);
  repository.branch('many', null, [{ message: 'Many\n', files: { ...policy, ...many } }]);
});
afterAll(() => repository.remove());

describe('countersign check', () => {
  test('--all judges the patches of a tree, those of the baseline excepted', async () => {
    const { stdout, code } = await run('check', '--all', 'main');
    expect(stdout).toContain('meta/2.patch, line 4');
    expect(stdout).toContain('Upstream-Status: Pending [REASON]');
    expect(stdout).not.toContain('meta/old.patch');
    expect(code).toBe(1);
  });

  test('reads patches however they were written', async () => {
    const { stdout } = await run('check', '--all', 'odd', '--format', 'json');
    const [found] = JSON.parse(stdout).judgements.filter(({ rule }: { rule: string }) => rule === 'upstream');
    const of = (path: string) =>
      found.findings
        .filter(({ at }: { at: { path?: string } | null }) => at?.path === path)
        .map(({ code }: { code: string }) => code);
    for (const path of ['crlf.patch', 'latin1.patch', 'long.patch', 'quoted.patch'])
      expect(of(path)).toEqual(['upstream.stated']);
    expect(of('twice.patch')).toEqual(['upstream.contradiction']);
  });

  test('judges a range, and says that nobody was asked', async () => {
    const { stdout, code } = await run('check', 'main~1..main', '--format', 'json');
    const [found] = JSON.parse(stdout).judgements.filter(({ rule }: { rule: string }) => rule === 'upstream');
    expect(found.findings.map(({ code: one }: { code: string }) => one).toSorted()).toEqual([
      'upstream.missing',
      'upstream.stated',
    ]);
    expect(code).toBe(1);
  });
});

describe('a fork', () => {
  const remotes = '{ default: { repo: example-org/engine, branch: main } }';
  const text = `dco: { mode: off }\nlicense: { mode: off }\nupstream: { preset: openshift, commits: fork, remotes: ${remotes} }\n`;

  test('is compared with upstream’s branch where that has been fetched, and cannot be judged where not', async () => {
    const [start = '', theirs = ''] = repository.branch('engine', null, [
      { message: 'Start\n' },
      { message: 'Go on\n' },
    ]);
    repository.branch('carry', theirs, [{ message: 'Change it here\n' }]);
    const check = () => run('check', `${start}..carry`, '--policy', './fork.yml');
    writeFileSync(join(repository.directory, 'fork.yml'), text);
    const unknown = await check();
    expect([unknown.code, unknown.stdout]).toEqual([2, expect.stringContaining('Nobody knows whether upstream has')]);
    repository.git('remote', 'add', 'engine', 'git@github.com:example-org/engine.git');
    repository.git('update-ref', 'refs/remotes/engine/main', theirs);
    const { code, stdout } = await check();
    expect(stdout).toContain('Change it here');
    expect(stdout).not.toContain('Go on');
    expect(code).toBe(1);
  });
});

describe('countersign upstream report', () => {
  test('lists what a tree carries by state and age', async () => {
    const { stdout, code } = await run('upstream', 'report', 'main');
    expect(stdout).toMatch(/^4 patches are carried at [0-9a-f]{12}\.$/m);
    expect(stdout).toMatch(/^1 not sent upstream yet\n {2}meta\/1\.patch \(\d+ days, since 2026-01-02\)$/m);
    expect(stdout).toContain('2 without a word about upstream');
    expect(code).toBe(0);
  });

  test('gives the same as data', async () => {
    const report = JSON.parse((await run('upstream', 'report', 'main', '--format', 'json')).stdout);
    expect(report.counts).toMatchObject({ pending: 1, 'downstream-only': 1, unknown: 2, merged: 0 });
    expect(report.changes).toContainEqual(
      expect.objectContaining({ path: 'meta/1.patch', line: 3, state: 'pending', since: '2026-01-02' }),
    );
  });

  test('gives Markdown in which nothing of a stranger’s is live', async () => {
    const { stdout } = await run('upstream', 'report', 'main', '--format', 'markdown');
    expect(stdout).toContain('``meta/a\\|`b`.patch``');
    expect(stdout).toMatch(/`Upstream-Status: Inappropriate \[@everyone \\\| <b>\]`/);
  });

  test('tells the age of many lines by one walk through history', async () => {
    const report = JSON.parse((await run('upstream', 'report', 'many', '--format', 'json')).stdout);
    const said = report.changes.filter(({ state }: { state: string }) => state === 'denied');
    expect(said.map(({ since }: { since: string }) => since)).toEqual(Array(30).fill('2026-01-02'));
  });

  test('tells what is wrong with the policy, and where', async () => {
    const file = join(repository.directory, 'broken.yml');
    writeFileSync(file, 'upstream: { preset: nope }\n');
    const { code, stdout, stderr } = await run('upstream', 'report', 'main', '--policy', file);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/broken\.yml:1:\d+: error: .*\nerror: There is no usable policy until this is mended\.\n$/);
  });

  test('needs a policy that asks about upstream', async () => {
    const { stderr, code } = await run('upstream', 'report', 'main', '--policy', 'default');
    expect(stderr).toContain('--policy yocto');
    expect(code).toBe(2);
    expect((await run('upstream', 'report', 'nowhere')).code).toBe(2);
  });
});
