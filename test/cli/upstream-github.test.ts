// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hermeticEnvironment } from '../git/repository.ts';
import { type Simulator, startSimulator } from '../simulator/index.ts';
import { tokenFor } from '../simulator/testing/client.ts';
import { countersign } from './command.ts';

const policy = `upstream:
  preset: [yocto, openshift]
  commits: fork
  submodules: true
  remotes: { default: { repo: upstream/engine, branch: main } }
license: { mode: off }
`;
const patch = (status: string) => `Subject: [PATCH] Mend it\n\n${status}\n---\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n`;

let simulator: Simulator;
let home: string;
let token: string;
let upstreamDirectory: string;

const git = (...args: string[]) => execFileSync('git', args, { env: hermeticEnvironment(home), encoding: 'utf8' });
const clone = () => join(home, 'clone');
const run = (env: Record<string, string> = {}, ...args: string[]) => {
  const { GHE_HOST, GHE_PROTOCOL } = simulator.environment();
  return countersign(['upstream', 'report', '--format', 'json', ...args], {
    cwd: clone(),
    env: { GHE_HOST, GHE_PROTOCOL, ...env },
  });
};
const report = async (env: Record<string, string> = {}, ...args: string[]) => {
  const ran = await run(env, ...args);
  expect(ran.stderr).toBe('');
  return JSON.parse(ran.stdout);
};
const found = ({ changes }: { changes: Record<string, unknown>[] }, kind: string) =>
  changes.filter((one) => one.kind === kind);

beforeAll(async () => {
  simulator = await startSimulator();
  home = mkdtempSync(join(tmpdir(), 'countersign-upstream-'));
  simulator.organization('octo');
  const installation = await simulator.install('octo');
  token = await tokenFor(simulator, installation.state.id);
  const engine = simulator.repository('upstream/engine', { files: { x: 'a\n' } });
  const [there = ''] = engine.commit('main', { message: 'Mend it', files: { x: 'b\n' } });
  upstreamDirectory = engine.state.git.directory;
  const fork = engine.fork('octo', 'engine');
  const page = (sha: string) => `${simulator.url}/upstream/engine/commit/${sha}`;
  fork.commit(
    'main',
    { message: 'UPSTREAM: <carry>: Keep our logo', files: { logo: 'o\n', '.github/countersign.yml': policy } },
    {
      message: 'Carry patches',
      files: {
        'a.patch': patch(`Upstream-Status: Backport [${page(there)}]`),
        'b.patch': patch(`Upstream-Status: Backport [${page('0'.repeat(39).concat('1'))}]`),
      },
    },
  );
  // Upstream goes on without the fork.
  engine.commit('main', { message: 'Go on', files: { y: 'y\n' } });
  git('clone', '--quiet', '--no-local', fork.state.git.directory, clone());
  git('-C', clone(), 'remote', 'set-url', 'origin', `${simulator.url}/octo/engine.git`);
});
afterAll(async () => {
  expect(simulator.violations.list).toEqual([]);
  await simulator.close();
  rmSync(home, { recursive: true, force: true });
});

describe('countersign upstream report', () => {
  test('with a token lists what upstream does not have, and what GitHub says of the rest', async () => {
    const all = await report({ GH_TOKEN: token });
    expect(all.gaps).toEqual([]);
    expect(found(all, 'commit')).toMatchObject([
      { state: 'downstream-only', commit: { subject: 'UPSTREAM: <carry>: Keep our logo' }, since: '2026-01-05' },
      { state: 'unknown', commit: { subject: 'Carry patches' } },
    ]);
    expect(found(all, 'patch')).toMatchObject([
      { path: 'a.patch', advice: 'drop', upstream: { verification: 'verified' } },
      { path: 'b.patch', advice: null, upstream: { verification: 'unverified' } },
    ]);
  });

  test.each([
    ['without a token', {}, []],
    ['with --offline', { GITHUB_TOKEN: 'unused' }, ['--offline']],
  ])('%s says that nothing was verified, and what it cannot tell', async (_, env, args) => {
    const all = await report(env, ...args);
    expect(all.gaps).toEqual([expect.stringContaining('Which commits upstream does not have is not known')]);
    expect(all.gaps[0]).toContain('GH_TOKEN');
    expect(found(all, 'commit')).toEqual([]);
    expect(found(all, 'patch')).toMatchObject([{ upstream: { verification: 'unverified' } }, {}]);
  });

  test('goes on where GitHub does not say what became of a change', async () => {
    const mend = simulator.faults.add(
      { kind: 'status', status: 502 },
      { when: ({ operation }) => !operation.endsWith(' Policy') },
    );
    const all = await report({ GH_TOKEN: token });
    mend();
    expect(found(all, 'patch')).toMatchObject([
      { upstream: { message: expect.stringContaining('GitHub says: a web page with status 502') } },
      {},
    ]);
    expect(all.gaps).toHaveLength(1);
  });

  test('lists nothing where GitHub refuses the token, and so the policy', async () => {
    const { code, stdout, stderr } = await run({ GH_TOKEN: 'refused' });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/GitHub does not give the policy of octo .*: Bad credentials .* --offline/);
  });

  test('takes upstream’s branch from the clone where it was fetched', async () => {
    git('-C', clone(), 'fetch', '--quiet', upstreamDirectory);
    git('-C', clone(), 'update-ref', 'refs/remotes/up/main', 'FETCH_HEAD');
    git('-C', clone(), 'config', 'remote.up.url', `${simulator.url}/upstream/engine.git`);
    expect(found(await report(), 'commit').map((one) => one.commit)).toMatchObject([
      { subject: 'UPSTREAM: <carry>: Keep our logo' },
      { subject: 'Carry patches' },
    ]);
  });
});
