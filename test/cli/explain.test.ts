// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startSimulator } from '../simulator/index.ts';
import { countersign } from './command.ts';

let cwd: string;
let commit: string;

function git(...args: string[]): string {
  const identity = ['-c', 'user.name=Ada Example', '-c', 'user.email=ada@example.org'];
  return execFileSync('git', [...identity, ...args], { cwd, encoding: 'utf8' }).trim();
}

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'countersign-explain-'));
  git('init', '--quiet', '--initial-branch=main');
  mkdirSync(join(cwd, '.github'));
  const own = 'extends: [dco-only, .github/base.yml, "acme/policies:more.yml@v1"]\ndco: {mode: warn}\n';
  writeFileSync(join(cwd, '.github/countersign.yml'), own);
  writeFileSync(join(cwd, '.github/base.yml'), 'dco:\n  noreply: reject\n');
  writeFileSync(join(cwd, 'copy.yml'), 'dco:\n  exempt:\n    users: ["robot[bot]"]\n');
  writeFileSync(join(cwd, 'floor.yml'), 'floor:\n  dco:\n    mode: enforce\n  free: [dco.exempt.users]\n');
  git('add', '.');
  git('commit', '--quiet', '-m', 'Start');
  commit = git('rev-parse', 'HEAD').slice(0, 12);
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const explain = (...args: string[]) => countersign(['policy', 'explain', ...args], { cwd });
const copy = 'acme/policies:more.yml@v1=copy.yml';

describe('countersign policy explain', () => {
  test('gives each value the file, line and commit that it comes from', async () => {
    const { code, stdout } = await explain('--extended', copy);
    expect(code).toBe(0);
    expect(stdout).toContain(`mode: warn # .github/countersign.yml at ${commit}, line 2\n`);
    expect(stdout).toContain(`noreply: reject # .github/base.yml at ${commit}, line 2\n`);
    expect(stdout).toContain('- robot[bot] # more.yml of acme/policies on v1, line 3\n');
    expect(stdout).toMatch(/\n {2}mode: off # preset dco-only, line \d+\n/);
    expect(stdout).toContain('coAuthors: ignore\n');
  });

  test('says what a floor takes back, at its line', async () => {
    const { stdout, stderr } = await explain('--extended', copy, '--floor', 'floor.yml');
    expect(stdout).toContain('mode: enforce # floor.yml, line 3\n');
    expect(stdout).toContain('robot[bot]');
    expect(stderr).toMatch(/^\.github\/countersign\.yml:2:13: warning: The organisation's floor does not allow/);
  });

  test('prints the same as JSON', async () => {
    const { stdout } = await explain('--extended', copy, '--format', 'json');
    const { files, values } = JSON.parse(stdout);
    expect(files).toHaveLength(4);
    expect(values).toContainEqual({
      key: 'dco.noreply',
      value: 'reject',
      shown: true,
      from: [expect.objectContaining({ path: '.github/base.yml', line: 2 })],
    });
  });

  test('tells of a policy that is written and not committed yet, and how to see it', async () => {
    const draft = mkdtempSync(join(tmpdir(), 'countersign-draft-'));
    const run = (...args: string[]) => countersign(['policy', 'explain', ...args], { cwd: draft });
    try {
      const identity = ['-c', 'user.name=Ada Example', '-c', 'user.email=ada@example.org'];
      const inDraft = (...args: string[]) => execFileSync('git', [...identity, ...args], { cwd: draft });
      inDraft('init', '--quiet', '--initial-branch=main');
      inDraft('commit', '--quiet', '--allow-empty', '-m', 'Start');
      expect((await run()).stderr).toBe('');
      mkdirSync(join(draft, '.github'));
      writeFileSync(join(draft, '.github/countersign.yml'), 'dco: {mode: warn}\n');
      const { stdout, stderr } = await run();
      expect(stdout).toContain('# Policy: preset default\n');
      const way = 'countersign policy explain --policy .github/countersign.yml';
      expect(stderr).toBe(
        `.github/countersign.yml is not committed, so it is not in this. To see it as the policy: ${way}\n`,
      );
      expect(await run('--policy', '.github/countersign.yml')).toMatchObject({ code: 0, stderr: '' });
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  });

  test('gives nothing where a part is missing', async () => {
    const { code, stdout, stderr } = await explain();
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Give a copy of it with --extended, or in a clone a token in GH_TOKEN.');
  });

  test.each([
    [['--extended', 'copy.yml'], /has to be OWNER\/REPOSITORY:PATH@REF=FILE/],
    [['--branch', 'main'], /--branch goes with --repo/],
    [['--repo', 'acme/app', '--floor', 'floor.yml'], /leave out the other options/],
    [['--repo', 'acme'], /has to be OWNER\/NAME/],
    [['--repo', 'acme/app'], /GITHUB_TOKEN: not set/],
    [['no-such-branch'], /Unknown revision/],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await explain(...args);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });
});

describe('so do the other commands', () => {
  test('judge by what the policy extends, and by the floor', async () => {
    const { code, stdout } = await countersign(
      ['check', '--all', '--extended', copy, '--floor', 'floor.yml', '--format', 'json'],
      { cwd },
    );
    expect(code).toBe(0);
    expect(stdout).toContain('policy.below-floor');
  });

  test('judge nothing where a part of the policy is missing', async () => {
    const { code, stdout } = await countersign(['check', '--all'], { cwd });
    expect(code).toBe(2);
    expect(stdout).toContain('acme/policies:more.yml@v1');
  });

  test('validate a file with the files beside it, and say what they did not look at', async () => {
    const { code, stdout } = await countersign(['policy', 'validate', '.github/countersign.yml'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('acme/policies:more.yml@v1” lies in another repository and was not looked at.');
  });
});

test('The policy of a repository on GitHub is read with the user’s own token', async () => {
  const simulator = await startSimulator();
  simulator.repository('acme/.github', { files: { '.github/countersign.yml': 'floor: {dco: {}}\n' } });
  simulator.repository('acme/policies', { isPrivate: true, files: { 'base.yml': 'dco: {noreply: reject}\n' } });
  const app = simulator.repository('acme/app', {
    files: { '.github/countersign.yml': 'extends: ["acme/policies:base.yml"]\ndco: {mode: warn}\n' },
  });
  await simulator.install('acme');
  const [installation] = simulator.world.installations;
  if (installation === undefined) throw new Error('The App is installed.');
  const { GHE_HOST = '', GHE_PROTOCOL = 'http' } = simulator.environment();
  const env = { GITHUB_TOKEN: simulator.tokens.issue(installation, {}).value, GHE_HOST, GHE_PROTOCOL };
  const ask = (...args: string[]) => countersign(['policy', 'explain', '--repo', ...args], { cwd, env });
  const { code, stdout, stderr } = await ask('acme/app');
  expect(code).toBe(0);
  expect(stdout).toContain('noreply: reject # base.yml of acme/policies');
  expect(stdout).toContain(`# Policy: .github/countersign.yml of acme/app at ${app.tip().slice(0, 12)}\n`);
  expect(stdout).toContain('# Floor:  .github/countersign.yml of acme/.github on main');
  expect(stderr).toContain("The organisation's floor does not allow this value of “dco.mode”");
  expect((await ask('acme/none')).stderr).toMatch(/^error: GitHub does not give the policy of acme\/none: /);
  expect((await ask('acme/app', '--branch', 'none')).stderr).toContain('has no branch none');
  expect(simulator.violations.list).toEqual([]);
  await simulator.close();
});
