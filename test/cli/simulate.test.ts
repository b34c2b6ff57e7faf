// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { ada, commitOf } from '../e2e/stage.ts';
import { contributionOf, signedCommitBy } from '../helpers/contribution.ts';
import { type Simulator, startSimulator } from '../simulator/index.ts';
import { countersign } from './command.ts';

const lenient = 'dco: { mode: warn }\nlicense: { mode: "off" }\n';
const strict = 'dco: { mode: enforce }\nlicense: { mode: "off" }\n';

let simulator: Simulator;
let cwd: string;
let env: Record<string, string>;

beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'countersign-simulate-'));
  writeFileSync(join(cwd, 'strict.yml'), strict);
  writeFileSync(join(cwd, 'lenient.yml'), lenient);
  writeFileSync(join(cwd, 'broken.yml'), 'dco: { mod: warn }\n');
  writeFileSync(join(cwd, 'floor.yml'), 'license: { mode: "off" }\nfloor: { dco: { mode: enforce } }\n');
  simulator = await startSimulator();
  simulator.user('ada', { emails: [ada.email] });
  simulator.organization('acme', { members: ['ada'] });
  for (const name of ['app', 'other']) {
    const repository = simulator.repository(`acme/${name}`, { files: { '.github/countersign.yml': lenient } });
    repository.commit('good', commitOf(ada, 'Signed'));
    await repository.openPullRequest({ author: 'ada', head: 'good' });
    repository.commit('bad', commitOf(ada, 'Unsigned', { signed: false }));
    await repository.openPullRequest({ author: 'ada', head: 'bad', title: 'A | bad \u202e one' });
  }
  await simulator.install('acme');
  const [installation] = simulator.world.installations;
  if (installation === undefined) throw new Error('The App is installed.');
  const { GHE_HOST = '', GHE_PROTOCOL = '' } = simulator.environment();
  // A fine-grained personal token has no permission for checks to be given.
  const permissions = { contents: 'read', pull_requests: 'read', members: 'read' } as const;
  const token = simulator.tokens.issue(installation, { permissions }).value;
  env = { GITHUB_TOKEN: token, GHE_HOST, GHE_PROTOCOL, XDG_STATE_HOME: join(cwd, 'state') };
});
afterEach(() => {
  expect(simulator.violations.list).toEqual([]);
  simulator.faults.clear();
});
afterAll(async () => {
  await simulator.close();
  rmSync(cwd, { recursive: true, force: true });
});

const simulate = (...args: string[]) => countersign(['policy', 'simulate', ...args], { cwd, env });
const reads = () => simulator.requests.counts()['query PullRequest'] ?? 0;

describe('countersign policy simulate', () => {
  test('lists the pull requests whose results would differ', async () => {
    const { code, stdout, stderr } = await simulate('--policy', 'strict.yml', '--repo', 'acme/app');
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/^acme\/app#2 {2}A \| bad \\u\{202E\} one\n {2}DCO: warns → fails: .*sign/);
    expect(stdout).not.toContain('acme/app#1');
    expect(stdout).toContain(
      'Judged 2 pull requests by both policies. The result of 1 would differ, 1 of them to the stricter.',
    );
  });

  test('finds nothing where the policy is the same', async () => {
    const { code, stdout } = await simulate('--policy', 'lenient.yml', '--repo', 'acme/app');
    expect([code, stdout]).toEqual([0, 'Judged 2 pull requests by both policies. No result would differ.\n']);
  });

  test('compares with another policy than the one in force', async () => {
    const { code, stdout } = await simulate('--policy', 'lenient.yml', '--against', 'strict.yml', '--repo', 'acme/app');
    expect(code).toBe(1);
    expect(stdout).toContain('DCO: fails → warns');
    expect(stdout).toContain('0 of them to the stricter');
  });

  test('takes a preset, and as many pull requests as it is told', async () => {
    const { code, stdout } = await simulate('--policy', 'dco-only', '--repo', 'acme/app', '--last', '1');
    expect(code).toBe(1);
    expect(stdout).toContain('Judged 1 pull request by both policies.');
  });

  test('takes the repository from the remote origin', async () => {
    const clone = mkdtempSync(join(cwd, 'clone-'));
    const git = (...args: string[]) => execFileSync('git', args, { cwd: clone });
    git('init', '--quiet');
    git('remote', 'add', 'origin', `${simulator.url}/acme/app.git`);
    const { code, stdout } = await countersign(['policy', 'simulate', '--policy', '../strict.yml'], {
      cwd: clone,
      env,
    });
    expect([code, stdout]).toEqual([1, expect.stringContaining('acme/app#2')]);
  });

  test('holds every repository of an organisation to a new floor', async () => {
    const { code, stdout } = await simulate('--policy', 'floor.yml', '--org', 'acme', '--format', 'json');
    expect(code).toBe(1);
    const { judged, differing, unread } = JSON.parse(stdout);
    expect([judged, unread]).toEqual([4, []]);
    expect(differing).toMatchObject([
      { repository: 'acme/app', number: 2, differences: [{ rule: 'dco', before: 'warns', after: 'fails' }] },
      { repository: 'acme/other', number: 2 },
    ]);
  });

  test('writes Markdown in which titles are inert', async () => {
    const { stdout } = await simulate('--policy', 'strict.yml', '--repo', 'acme/app', '--format', 'markdown');
    expect(stdout).toContain('| [`acme/app#2`](http');
    expect(stdout).toContain('`A \\u{007C} bad \\u{202E} one` | `DCO` | warns | **fails** |');
  });

  test('goes on where it was broken off, and begins anew when told', async () => {
    const args = ['--policy', 'floor.yml', '--org', 'acme'];
    const whole = await simulate(...args);
    const broken = simulator.faults.add(
      { kind: 'secondary-rate-limit', retryAfter: 3600 },
      { when: ({ operation }) => operation === 'query PullRequest', skip: 3 },
    );
    const stopped = await countersign(['policy', 'simulate', ...args], { cwd, env, interruptAt: 'waiting until' });
    expect([stopped.code, stopped.stderr]).toEqual([
      130,
      expect.stringContaining('The same command goes on from here.'),
    ]);
    broken();
    expect(readdirSync(join(cwd, 'state', 'countersign'))).toHaveLength(1);
    simulator.requests.reset();
    const again = await simulate(...args);
    expect(again.stderr).toBe('Going on after 3 pull requests; --restart begins anew.\n');
    expect(again.stdout).toBe(whole.stdout);
    expect(reads()).toBe(1);
    expect(readdirSync(join(cwd, 'state', 'countersign'))).toEqual([]);
    await simulate(...args, '--restart');
    expect(reads()).toBe(5);
  });

  test('waits for GitHub’s limits, and says until when', async () => {
    simulator.faults.add(
      { kind: 'secondary-rate-limit', retryAfter: 1 },
      { when: ({ operation }) => operation === 'query PullRequest', times: 1 },
    );
    const { code, stderr } = await simulate('--policy', 'strict.yml', '--repo', 'acme/app');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^GitHub's limits are reached \(.+\): waiting until \d\d:\d\d:\d\d\.\n/);
  });

  test('tells of what it could not judge, and of the rest all the same', async () => {
    const other = [...simulator.world.repositories.values()].find(({ name }) => name === 'other');
    const hidden = other?.pullRequests.get(2);
    if (other === undefined || hidden === undefined) throw new Error('It has two pull requests.');
    const isSecond = ({ operation }: { operation: string }) => operation === 'query PullRequest';
    const hide = async () => other.pullRequests.delete(2);
    // Of four, the last but one: the newest of the second repository.
    simulator.faults.add({ kind: 'meanwhile', act: hide }, { when: isSecond, skip: 2, times: 1 });
    const { code, stdout } = await simulate('--policy', 'floor.yml', '--org', 'acme');
    other.pullRequests.set(2, hidden);
    expect(code).toBe(2);
    expect(stdout).toContain('acme/app#2');
    expect(stdout).toContain('acme/other#2 could not be judged: Could not resolve to a PullRequest');
    expect(stdout).toContain('Judged 3 pull requests of 2 repositories by both policies.');
  });

  test('refuses a place where it cannot keep what it has seen', async () => {
    const options = { cwd, env: { ...env, XDG_STATE_HOME: join(cwd, 'strict.yml') } };
    const args = ['policy', 'simulate', '--policy', 'strict.yml', '--repo', 'acme/app'];
    const { code, stderr } = await countersign(args, options);
    expect([code, stderr]).toEqual([2, expect.stringContaining('Set XDG_STATE_HOME to another directory.')]);
  });

  test.each([
    [['--policy', 'broken.yml', '--repo', 'acme/app'], /broken\.yml has mistakes: line 1: .*mod/],
    [['--policy', 'none.yml', '--repo', 'acme/app'], /none\.yml/],
    [['--policy', 'strict.yml', '--repo', 'acme'], /has to be OWNER\/NAME/],
    [['--policy', 'strict.yml', '--repo', 'acme/none'], /GitHub does not show the pull requests of acme\/none/],
    [['--policy', 'strict.yml', '--org', 'nobody'], /GitHub has no such account/],
    [['--policy', 'strict.yml'], /No repository on .* is known from the remote origin\. .* set GHE_HOST/],
    [['--policy', 'strict.yml', '--repo', 'acme/app', '--org', 'acme'], /exclude each other/],
    [['--policy', 'strict.yml', '--repo', 'acme/app', '--floor', 'floor.yml'], /go with --from/],
    [['--policy', 'strict.yml', '--last', '0'], /whole number from 1 to 1000/],
    [['--repo', 'acme/app'], /--policy/],
  ])('refuses %j', async (args, message) => {
    const { code, stdout, stderr } = await simulate(...args);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(message)]);
  });

  test.each([
    ['--repo', 'acme/app', 'the pull requests of acme/app'],
    ['--org', 'acme', 'the repositories of acme'],
  ])(
    'says so where GitHub does not answer for %s %s',
    async (option, name, what) => {
      const unreachable = { ...env, GHE_HOST: '127.0.0.1:9' };
      const args = ['policy', 'simulate', '--policy', 'strict.yml', option, name];
      const { code, stderr } = await countersign(args, { cwd, env: unreachable });
      expect([code, stderr]).toEqual([2, expect.stringContaining(`error: GitHub does not show ${what}: `)]);
      expect(stderr).toContain('ECONNREFUSED');
      expect(stderr).not.toContain('mistake in countersign');
    },
    30_000,
  );

  test('asks for a token', async () => {
    const { code, stderr } = await countersign(['policy', 'simulate', '--policy', 'strict.yml', '--repo', 'a/b'], {
      cwd,
    });
    expect([code, stderr]).toEqual([2, expect.stringContaining('GITHUB_TOKEN: not set')]);
  });
});

describe('From recorded contributions', () => {
  const directory = () => join(cwd, 'recorded');
  const { pullRequest } = contributionOf([]);

  beforeAll(() => {
    execFileSync('mkdir', [directory()]);
    const unsigned = { ...signedCommitBy('Ada Example <ada@example.org>', 'Unsigned'), message: 'Unsigned\n' };
    const save = (name: string, data: unknown) => writeFileSync(join(directory(), name), JSON.stringify(data));
    save('example-org__widget__12__a.contribution.json', contributionOf([unsigned]));
    writeFileSync(join(directory(), 'example-org__widget__12__a.policy.yml'), lenient);
    save('example-org__widget__group__b.contribution.json', contributionOf([unsigned], { pullRequest: null }));
  });

  test('it judges without GitHub, by the policy recorded beside them', async () => {
    const args = ['policy', 'simulate', '--policy', 'strict.yml', '--from', 'recorded'];
    const { code, stdout } = await countersign(args, { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain(`example-org/widget#${pullRequest?.number}\n  DCO: warns → fails`);
    expect(stdout).toContain('Judged 1 pull request by both policies.');
  });

  test('it says where there are none', async () => {
    const { code, stderr } = await simulate('--policy', 'strict.yml', '--from', '.');
    expect([code, stderr]).toEqual([2, expect.stringContaining('no file there ends in .contribution.json')]);
    expect((await simulate('--policy', 'strict.yml', '--from', 'none')).stderr).toContain('there is no such directory');
  });
});
