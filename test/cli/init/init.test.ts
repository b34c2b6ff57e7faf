// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { createRepository, type Repository } from '../../git/repository.ts';
import { countersign } from '../command.ts';

let repository: Repository;
beforeEach(() => {
  repository = createRepository();
});
afterEach(() => repository.remove());

const path = '.github/countersign.yml';
const init = (...args: string[]) => countersign(['policy', 'init', ...args], { cwd: repository.directory });
const validate = (...args: string[]) => countersign(['policy', 'validate', ...args], { cwd: repository.directory });
const there = (file: string) => readFileSync(join(repository.directory, file), 'utf8');

function put(file: string, text: string): void {
  mkdirSync(dirname(join(repository.directory, file)), { recursive: true });
  writeFileSync(join(repository.directory, file), text);
}

describe('countersign policy init', () => {
  test('writes a policy that is valid, at the root of the repository, and says what comes next', async () => {
    put('debian/patches/mend-it', '');
    const { code, stdout, stderr } = await countersign(['policy', 'init', '--yes'], {
      cwd: join(repository.directory, 'debian'),
    });
    expect(code).toBe(0);
    expect(stderr).toContain('patches lie in debian/patches/');
    expect(stdout).toContain(`Wrote ../${path}.`);
    expect(stdout).toContain(`countersign check --policy ../${path} `);
    expect(parse(there(path))).toMatchObject({ upstream: { preset: 'dep3' } });
    expect(await validate()).toMatchObject({ code: 0, stdout: `${path}: no mistakes\n` });
  });

  test.each([[path], ['.github/countersign.yaml']])('leaves %s as it is, unless told otherwise', async (file) => {
    put(file, 'dco: {mode: off}\n');
    const refused = await init('--yes');
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain(`There is a policy already: ${file}.`);
    expect(there(file)).toBe('dco: {mode: off}\n');
    expect(await init('--yes', '--print')).toMatchObject({ code: 0 });
    expect(await init('--yes', '--force')).toMatchObject({ code: 0 });
    expect(parse(there(file))).toMatchObject({ dco: { mode: 'enforce' } });
  });

  test('prints and writes nothing with --print', async () => {
    const { code, stdout } = await init('--preset', 'scs', '--print');
    expect(code).toBe(0);
    expect(parse(stdout)).toMatchObject({ license: { prefer: 'copyleft' } });
    expect(() => there(path)).toThrow('ENOENT');
  });

  test('names the schema that it is told, for editors', async () => {
    const { stdout } = await init('--yes', '--print', '--schema', '../schemas/policy.json');
    expect(stdout).toMatch(/^# yaml-language-server: \$schema=\.\.\/schemas\/policy\.json\n/);
  });

  test.each(['a\nb', ''])('refuses a schema that fits into no line: %j', async (schema) => {
    const { code, stdout, stderr } = await init('--yes', '--print', '--schema', schema);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining('has to be an address, or a path')]);
  });

  test('says what is in the way', async () => {
    put('.github', 'a file\n');
    const { code, stderr } = await init('--yes');
    expect([code, stderr]).toEqual([2, expect.stringContaining(`${path} cannot be written: something else is in`)]);
  });

  test('asks for the license of the file itself where the repository follows REUSE', async () => {
    put('REUSE.toml', 'version = 1\n');
    expect((await init('--yes')).stdout).toContain('follows REUSE');
  });

  test.each([
    ['nobody to ask', [], 'There is no terminal to ask on.'],
    ['a preset that does not ship', ['--preset', 'none'], 'There is no preset none. The presets are android-kernel, '],
    ['a notation that is none', ['--yes', '--upstream', 'debian'], 'Use one of yocto, dep3, '],
    ['the notation that has to be written', ['--yes', '--upstream', 'custom'], 'begin with --preset custom'],
    ['a day that has passed', ['--yes', '--enforce-from', '2020-01-01'], 'Write a day after today'],
    ['a preset and a rule', ['--preset', 'reuse', '--no-dco'], "cannot be used with option '--no-dco'"],
  ])('with %s it writes nothing, and says why', async (_, args, message) => {
    const { code, stderr } = await init(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(() => there(path)).toThrow('ENOENT');
  });

  test('outside a repository it says so', async () => {
    const { code, stderr } = await countersign(['policy', 'init', '--yes'], { cwd: tmpdir() });
    expect(code).toBe(2);
    expect(stderr).toContain('not in the working tree of a Git repository');
  });
});

describe('countersign policy validate without a file', () => {
  test('says how to write a policy where there is none', async () => {
    const { code, stderr } = await validate();
    expect(code).toBe(2);
    expect(stderr).toContain('To write one: countersign policy init');
  });

  test('says which file is in the wrong place', async () => {
    put('countersign.yml', 'version: 1\n');
    const { code, stderr } = await validate();
    expect(code).toBe(2);
    expect(stderr).toContain('“countersign.yml” is not read: a policy has to be “.github/countersign.yml”');
  });
});

describe('a policy in the wrong place', () => {
  beforeEach(() => put('.github/Countersign.yml', 'version: 1\n'));

  test('is a warning when it is validated', async () => {
    const { code, stdout } = await validate('.github/Countersign.yml');
    expect(code).toBe(0);
    expect(stdout).toMatch(/: no mistakes\n.*: warning: “\.github\/Countersign\.yml” is not read: /);
  });

  test('is a warning in JSON', async () => {
    const { stdout } = await validate('--format', 'json', '.github/Countersign.yml');
    expect(JSON.parse(stdout)).toMatchObject([{ valid: true, misplaced: true }]);
  });

  test.each([[['HEAD~1']], [['--all']]])('is said by check %j, unless a policy is given', async (args) => {
    repository.branch('main', null, [
      { message: 'Begin' },
      { message: 'Go on\n\nSigned-off-by: Ada Example <ada@example.org>\n', files: { a: '' } },
    ]);
    const run = (...more: string[]) => countersign(['check', ...args, ...more], { cwd: repository.directory });
    const said = await run();
    expect(said.stdout.replaceAll(/\s+/g, ' ')).toContain('“.github/Countersign.yml” is not read: a policy has to be');
    expect(said.code).toBe(0);
    expect((await run('--policy', 'default')).stdout).not.toContain('Countersign.yml');
  });
});

test('countersign policy schema prints what ships as schemas/policy.json', async () => {
  const { code, stdout } = await countersign(['policy', 'schema']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual(
    JSON.parse(readFileSync(new URL('../../../schemas/policy.json', import.meta.url), 'utf8')),
  );
});
