// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ada, commitOf } from '../e2e/stage.ts';
import { hermeticEnvironment } from '../git/repository.ts';
import { type Simulator, startSimulator } from '../simulator/index.ts';
import { tokenFor } from '../simulator/testing/client.ts';
import { countersign } from './command.ts';

const policyPath = '.github/countersign.yml';
const quiet = 'license: { mode: "off" }\n';

let simulator: Simulator;
let home: string;
let env: Record<string, string>;

const git = (...args: string[]) => execFileSync('git', args, { env: hermeticEnvironment(home), encoding: 'utf8' });

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'countersign-check-github-'));
  simulator = await startSimulator();
  simulator.organization('acme');
  simulator.organization('free');
  simulator.repository('acme/.github', {
    files: { [policyPath]: `${quiet}dco: { name: Shared }\nfloor: { dco: { mode: enforce } }\n` },
    isPrivate: true,
  });
  const shared = {
    'base.yml': `${quiet}dco: { name: Base }\n`,
    'upstream.yml': `${quiet}upstream: { preset: yocto }\n`,
  };
  simulator.repository('acme/policies', { files: shared, isPrivate: true });
  cloneOf('acme/carrying', { [policyPath]: 'extends: ["acme/policies:upstream.yml"]\n' });
  simulator.organization('shut');
  simulator.repository('shut/.github', { files: { [policyPath]: 'floor: { dco: {} }\n' } }).state.refused = true;
  cloneOf('shut/widget', { [policyPath]: `${quiet}dco: { mode: warn }\n` });
  cloneOf('acme/plain', {});
  cloneOf('acme/weak', { [policyPath]: `${quiet}dco: { mode: warn }\n` });
  cloneOf('acme/extending', { [policyPath]: 'extends: ["acme/policies:base.yml"]\n' });
  cloneOf('free/widget', { [policyPath]: `${quiet}dco: { mode: warn }\n` });
  writeFileSync(join(home, 'base.yml'), `${quiet}dco: { name: Copied }\n`);
  writeFileSync(join(home, 'floor.yml'), 'floor: { dco: {}, free: [dco.mode] }\n');
  const installation = await simulator.install('acme');
  const { GHE_HOST = '', GHE_PROTOCOL = '' } = simulator.environment();
  env = { GHE_HOST, GHE_PROTOCOL, GH_TOKEN: await tokenFor(simulator, installation.state.id) };
});
beforeEach(() => simulator.requests.reset());
afterEach(() => {
  expect(simulator.violations.list).toEqual([]);
  simulator.faults.clear();
});
afterAll(async () => {
  await simulator.close();
  rmSync(home, { recursive: true, force: true });
});

/** A repository on GitHub with these files, and a clone with an unsigned commit on a branch of it. */
function cloneOf(name: string, files: Record<string, string>): void {
  const repository = simulator.repository(name, { files: { 'README.md': '#\n', ...files } });
  repository.commit('topic', commitOf(ada, 'Unsigned', { signed: false }));
  const clone = join(home, name);
  git('clone', '--quiet', '--no-local', repository.state.git.directory, clone);
  git('-C', clone, 'remote', 'set-url', 'origin', `${simulator.url}/${name}.git`);
}

const range = 'origin/main..origin/topic';
const warned = expect.stringMatching(/^warning: .* does not let this token read shut\/\.github/);
const asked = () => Object.keys(simulator.requests.counts());

async function check(name: string, args: readonly string[] = [], more: Record<string, string> = env) {
  const cwd = join(home, name);
  const { code, stdout, stderr } = await countersign(['check', range, '--format', 'json', ...args], { cwd, env: more });
  const judged = stdout === '' ? [] : (JSON.parse(stdout).judgements as { name: string }[]);
  return { code, stderr, names: judged.map((one) => one.name) };
}

describe('countersign check with a token', () => {
  test('holds commits to the organisation’s floor', async () => {
    expect(await check('acme/weak')).toMatchObject({ code: 1, stderr: '' });
    expect(await check('acme/weak', ['--offline'])).toMatchObject({ code: 0 });
    expect(await check('acme/weak', ['--policy', 'dco-only'])).toMatchObject({ code: 1, names: ['Policy', 'DCO'] });
  });

  test('judges by the organisation’s policy where the repository has none', async () => {
    expect((await check('acme/plain')).names).toEqual(['Policy', 'Shared']);
  });

  test('reads what the policy extends in other repositories', async () => {
    expect(await check('acme/extending')).toMatchObject({ code: 1, names: ['Policy', 'Base'] });
    expect(await check('acme/extending', ['--offline'])).toMatchObject({ code: 2 });
  });

  test('does the same for a whole tree', async () => {
    const cwd = join(home, 'acme/extending');
    const whole = (...args: string[]) => countersign(['check', '--all', 'origin/main', ...args], { cwd, env });
    expect((await whole()).code).toBe(0);
    expect((await whole('--offline')).code).toBe(2);
  });

  test('takes the copies that it is given, and asks for nothing that they tell', async () => {
    const copies = ['--extended', 'acme/policies:base.yml=../../base.yml', '--floor', '../../floor.yml'];
    expect(await check('acme/extending', copies)).toMatchObject({ code: 1, names: ['Policy', 'Copied'] });
    expect(await check('acme/weak', copies.slice(2))).toMatchObject({ code: 0 });
    expect(asked()).toEqual([]);
  });

  test('says where GitHub does not show whether there is a floor', async () => {
    const { code, stderr } = await check('shut/widget');
    expect([code, stderr]).toEqual([0, warned]);
  });

  test('asks nobody where no repository on that GitHub is known, and nothing is to be read there', async () => {
    expect(await check('free/widget', [], { GH_TOKEN: 'a token of the test' })).toMatchObject({ code: 0, stderr: '' });
    expect(asked()).toEqual([]);
  });

  test('checks nothing where GitHub does not answer, and says the way out', async () => {
    simulator.faults.add({ kind: 'status', status: 502 });
    const { code, stderr } = await check('acme/weak');
    expect([code, stderr]).toEqual([2, expect.stringMatching(/GitHub does not give .* --offline/)]);
  });
});

describe('countersign policy explain with a token', () => {
  const explain = (name: string, ...args: string[]) =>
    countersign(['policy', 'explain', 'origin/main', ...args], { cwd: join(home, name), env });

  test('shows the floor, and what it takes back', async () => {
    const { stdout, stderr } = await explain('acme/weak');
    expect(stdout).toContain(`# Floor:  ${policyPath} of acme/.github on main`);
    expect(stdout).toContain(`mode: enforce # ${policyPath} of acme/.github on main`);
    expect(stderr).toContain('floor does not allow this value of “dco.mode”');
    expect((await explain('acme/weak', '--offline')).stdout).toContain('# Floor:  not known; --floor takes');
  });

  test('shows what the policy extends in other repositories, and the policy for all', async () => {
    expect((await explain('acme/extending')).stdout).toContain('name: Base # base.yml of acme/policies');
    expect(await explain('acme/extending', '--offline')).toMatchObject({ code: 2, stdout: '' });
    expect((await explain('acme/plain')).stdout).toContain(`name: Shared # ${policyPath} of acme/.github`);
  });

  test('says that there is no floor, or that nobody may know', async () => {
    expect((await explain('free/widget')).stdout).toContain('# Floor:  none\n');
    const refused = await explain('shut/widget');
    expect([refused.stdout, refused.stderr]).toEqual([expect.stringContaining('# Floor:  not known'), warned]);
    const there = await explain('shut/widget', '--floor', '../../floor.yml');
    expect(there.stdout).toContain('# Floor:  ../../floor.yml');
  });

  test('with --repo says the same', async () => {
    const ask = (repo: string) => countersign(['policy', 'explain', '--repo', repo], { env });
    expect((await ask('free/widget')).stdout).toContain('# Floor:  none\n');
    const refused = await ask('shut/widget');
    expect([refused.stdout, refused.stderr]).toEqual([expect.stringContaining('# Floor:  not known\n'), warned]);
  });
});

describe('countersign upstream report with a token', () => {
  const report = (...args: string[]) =>
    countersign(['upstream', 'report', 'origin/main', ...args], { cwd: join(home, 'acme/carrying'), env });

  test('lists by what the policy extends in other repositories', async () => {
    expect(await report()).toMatchObject({ code: 0, stderr: '' });
    const offline = await report('--offline');
    expect([offline.code, offline.stderr]).toEqual([2, expect.stringContaining('acme/policies:upstream.yml')]);
  });
});

test('countersign check without a token asks nobody', async () => {
  const { GH_TOKEN: _, ...without } = env;
  expect(await check('acme/weak', [], without)).toMatchObject({ code: 0 });
  expect(asked()).toEqual([]);
});
