// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { reportSchema } from '../../src/report/report-schema.ts';
import { createRepository, type NewCommit, type Repository } from '../git/repository.ts';
import { type CommandOptions, countersign } from './command.ts';

const ada = 'Ada Example <ada@example.org>';
const signed = (subject: string): NewCommit => ({ message: `${subject}\n\nSigned-off-by: ${ada}\n` });
const unsigned = (subject: string): NewCommit => ({ message: `${subject}\n` });

let repository: Repository;
beforeEach(() => {
  repository = createRepository();
});
afterEach(() => repository.remove());

/** main with one commit that has these files, and topic with these commits on top of it, checked out. */
function topic(commits: readonly NewCommit[], baseFiles: Record<string, string> = {}): string[] {
  const [base = ''] = repository.branch('main', null, [{ message: 'base\n', files: baseFiles }]);
  const shas = repository.branch('topic', base, commits);
  repository.git('symbolic-ref', 'HEAD', 'refs/heads/topic');
  return shas;
}

const check = (args: readonly string[] = [], options: CommandOptions = {}) =>
  countersign(['check', ...args], { cwd: repository.directory, ...options });

describe('countersign check', () => {
  test('passes commits that are signed off, and says which range it looked at', async () => {
    topic([signed('one'), signed('two')]);
    const { code, stdout, stderr } = await check();
    expect(stderr).toMatch(/^Checking 2 commits on topic since it left main \(at [0-9a-f]{12}\)\.\n$/);
    expect(stdout).toContain('main..topic');
    expect(stdout).not.toContain('\x1b');
    expect(code).toBe(0);
  });

  test('names the commit that is not, with the command that mends it', async () => {
    const [, two = ''] = topic([signed('one'), unsigned('two')]);
    const { code, stdout, stderr } = await check(['main..topic']);
    expect(stdout).toContain(two.slice(0, 7));
    expect(stdout).toContain('git commit --amend --no-edit --signoff');
    expect([code, stderr]).toEqual([1, '']);
  });

  test('judges by the policy at the base, which the branch cannot relax', async () => {
    const relaxed = { ...unsigned('relax'), files: { '.github/countersign.yml': 'dco:\n  mode: off\n' } };
    topic([relaxed], { '.github/countersign.yml': 'dco:\n  name: Sign-off\n' });
    const { code, stdout } = await check();
    expect(stdout).toContain('Sign-off');
    expect(code).toBe(1);
  });

  test.each([
    ['a finding that only warns blocks nothing', { '.github/countersign.yml': 'dco:\n  mode: warn\n' }, 0],
    ['a broken policy cannot be judged by', { '.github/countersign.yml': 'dco:\n  mod: warn\n' }, 2],
    [
      'nor can two of them',
      { '.github/countersign.yml': 'version: 1\n', '.github/countersign.yaml': 'version: 1\n' },
      2,
    ],
    ['nor can a DCO App’s file of the wrong type', { '.github/dco.yml': 'allowRemediationCommits: [wrong]\n' }, 2],
  ])('%s', async (_, files, expected) => {
    topic([unsigned('one')], files);
    expect((await check()).code).toBe(expected);
  });

  test('joins the identities that .mailmap at the base joins', async () => {
    const commit = { ...signed('one'), author: 'Ada Example <ada@old.example.org>' };
    topic([commit], { '.mailmap': `${ada} <ada@old.example.org>\n` });
    expect((await check()).code).toBe(0);
    const alone = repository.commit({ ...commit, parents: [repository.commit({ message: 'bare\n' })] });
    expect((await check([`${alone}^..${alone}`])).code).toBe(1);
  });

  test('reads the paths of commits where the policy exempts some', async () => {
    const policy = { '.github/countersign.yml': 'dco:\n  exempt:\n    paths: ["generated/**"]\n' };
    topic([{ ...unsigned('one'), files: { ...policy, 'generated/a': '1' } }], policy);
    expect((await check()).code).toBe(0);
    repository.branch('topic', repository.git('rev-parse', 'topic'), [{ ...unsigned('two'), files: policy }]);
    repository.branch('topic', repository.git('rev-parse', 'topic'), [{ ...unsigned('three'), files: { by: 'hand' } }]);
    expect((await check()).code).toBe(1);
  });

  test('reads merges, other encodings and strange identities', async () => {
    const [one = ''] = topic([signed('one')]);
    const latin1 = (text: string) => Buffer.from(text, 'latin1');
    const renee = 'Renée Example <renee@example.org>';
    const encoded = repository.commit({
      message: latin1(`Größe\n\nSigned-off-by: ${renee}\n`),
      author: latin1(renee),
      headers: 'encoding ISO-8859-1',
      parents: [one],
    });
    const merge = repository.commit({ message: 'Merge\n', parents: [encoded, repository.commit(signed('side'))] });
    expect((await check([`main..${merge}`])).code).toBe(0);
    const hostile = { message: 'a \x1b[2J\u202egnikcah\n', author: 'E\x1b]0;x\x07 <e@example.org>' };
    const { code, stdout } = await check([`main..${repository.commit({ ...hostile, parents: [merge] })}`]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f\u202e]/);
    expect(code).toBe(1);
  });

  test('works in a SHA-256 repository', async () => {
    repository.remove();
    repository = createRepository('sha256');
    topic([signed('one')]);
    expect((await check()).code).toBe(0);
  });
});

describe('--policy', () => {
  test('names a preset, which no file of that name in the repository replaces', async () => {
    topic([unsigned('one')], { '.github/countersign.yml': 'dco:\n  mode: off\n' });
    writeFileSync(join(repository.directory, 'dco-only'), 'dco:\n  mode: off\n');
    expect((await check(['--policy', 'dco-only'])).code).toBe(1);
    expect((await check(['--policy', './dco-only'])).code).toBe(0);
  });

  test('that is broken is explained, and nothing is judged', async () => {
    topic([signed('one')]);
    writeFileSync(join(repository.directory, 'mine.yml'), 'dco:\n  mod: warn\n');
    const { code, stdout } = await check(['--policy', 'mine.yml']);
    expect(stdout).toContain('mine.yml, line 2, column 3');
    expect(stdout).toContain('Did you mean “mode”?');
    expect(code).toBe(2);
  });
});

describe('--format', () => {
  const print = async (format: string) => (await check(['--format', format])).stdout;

  test('json, sarif and markdown print the same verdict for machines and pages', async () => {
    topic([unsigned('one')]);
    expect(reportSchema.parse(JSON.parse(await print('json')))).toMatchObject({
      outcome: 'fail',
      subject: 'main..topic',
    });
    expect(JSON.parse(await print('sarif'))).toMatchObject({ version: '2.1.0', runs: [{ tool: { driver: {} } }] });
    expect(await print('markdown')).toMatch(/^# Countersign: `main\.\.topic`\n/);
  });

  test('text has colours only where they are asked for', async () => {
    topic([unsigned('one')]);
    expect((await check([], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).stdout).toContain('\x1b[');
    expect((await check([], { env: { TERM: 'xterm-256color' } })).stdout).not.toContain('\x1b[');
  });
});

describe('what cannot be checked ends with exit code 2 and one line that says why', () => {
  test.each([
    [
      'an empty range',
      ['main..main'],
      {},
      /^error: There is nothing to check: the range main\.\.main holds no commits\. To check other commits, name the range: .* HEAD~1 for the last commit$/m,
    ],
    ['a path that is empty', ['--policy', ''], {}, /^error: A file without a name cannot be read/],
    ['an unknown revision', ['nowhere..topic'], {}, /^error: Unknown revision: nowhere\./],
    ['an unknown preset', ['--policy', 'strict'], {}, /^error: There is no preset .* strict\. .* dco-only, default/],
    [
      'a policy that is not there',
      ['--policy', 'a/b.yml'],
      {},
      /^error: a\/b\.yml cannot be read: there is no such file/,
    ],
    ['no policy', [], { COUNTERSIGN_DEFAULT_POLICY: 'none' }, /^error: No policy holds here/],
    ['a default that does not exist', [], { COUNTERSIGN_DEFAULT_POLICY: 'x' }, /^error: COUNTERSIGN_DEFAULT_POLICY: /],
    ['a misspelt option', ['--fromat', 'json'], {}, /^error: unknown option '--fromat'\n\(Did you mean --format\?\)/],
    ['an unknown format', ['--format', 'yaml'], {}, /^error: option '--format <format>' argument 'yaml' is invalid/],
    ['two ranges', ['main', 'topic'], {}, /^error: too many arguments/],
    ['a directory that is not there', ['-C', 'nowhere'], {}, /^error: There is no directory .*nowhere/],
  ] as const)('%s', async (_, args, env, message) => {
    topic([signed('one')]);
    const { code, stdout, stderr } = await check(args, { env });
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('    at ');
    expect([code, stdout]).toEqual([2, '']);
  });

  test('on the branch that others are compared with, it says so', async () => {
    topic([signed('one')]);
    repository.git('symbolic-ref', 'HEAD', 'refs/heads/main');
    expect((await check()).stderr).toMatch(/^error: There is nothing to check: you are on main itself/);
  });

  test('a branch that is merged already has nothing left to check', async () => {
    topic([signed('one')]);
    repository.git('update-ref', 'refs/heads/main', 'refs/heads/topic');
    expect((await check()).stderr).toMatch(
      /^error: There is nothing to check: every commit of topic is in main already/,
    );
  });

  test('--verbose and DEBUG add where in the program it arose', async () => {
    const [verbose, debug] = await Promise.all([
      check(['--verbose', 'nowhere']),
      check(['nowhere'], { env: { DEBUG: 'countersign' } }),
    ]);
    expect(verbose.stderr).toMatch(/\n {4}at .*range\.ts/);
    expect(debug.stderr).toMatch(/\n {4}at .*range\.ts/);
  });
});

describe('the command as a guest in a shell', () => {
  test('goes where -C says, as often as it is said', async () => {
    topic([signed('one')]);
    mkdirSync(join(repository.directory, 'inner'));
    const { code } = await countersign(['-C', repository.home, '-C', 'repository/inner', 'check']);
    expect(code).toBe(0);
  });

  test('ends quietly when nobody reads on', async () => {
    topic([unsigned('one')]);
    const { code, stderr } = await check(['main..topic'], { deaf: true });
    expect([code, stderr]).toEqual([1, '']);
  });

  test('loads nothing of the App', async () => {
    topic([signed('one')]);
    const hook = `import { registerHooks } from 'node:module';
      registerHooks({ resolve(name, context, next) {
        if (/^(@?probot|@?octokit|ajv|pino)/.test(name)) throw new Error('loaded ' + name);
        return next(name, context);
      } });`;
    const { code, stderr } = await check(['main..topic'], {
      node: ['--import', `data:text/javascript,${encodeURIComponent(hook)}`],
    });
    expect([code, stderr]).toEqual([0, '']);
  });
});
