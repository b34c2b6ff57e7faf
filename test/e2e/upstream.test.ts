// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { RepositoryHandle } from '../simulator/handles/repository.ts';
import { ada, commitOf, conclusions, type Stage, startStage } from './stage.ts';

const only = 'dco: { mode: off }\nlicense: { mode: off }\n';
const name = 'Upstream First';

let stage: Stage;
let up: RepositoryHandle;
let repositories = 0;

beforeAll(async () => {
  stage = await startStage();
  stage.simulator.user('ada', { emails: [ada.email] });
  stage.simulator.user('mallory', { emails: ['mallory@example.org'] });
  stage.simulator.organization('octo');
  await stage.simulator.install('octo');
  up = stage.simulator.repository('upstream/engine', { files: { 'x.c': 'a\n' } });
  await stage.settled();
});
afterEach(() => {
  expect(stage.simulator.violations.list).toEqual([]);
});
afterAll(() => stage.close());

const patch = (status: string, to = 'b') =>
  `From: Ada Example <ada@example.org>\nSubject: [PATCH] Mend it\n\n${status}\n---\n x.c | 2 +-\n\n--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-a\n+${to}\n`;

type Files = NonNullable<Parameters<RepositoryHandle['commit']>[1]['files']>;

async function open(policy: string, files: Files, body?: string) {
  repositories += 1;
  const repository = stage.simulator.repository(`octo/distribution-${repositories}`, {
    files: { '.github/countersign.yml': `${only}${policy}` },
  });
  repository.commit('topic', { ...commitOf(ada, 'Carry a patch'), files });
  stage.requests();
  const pullRequest = await repository.openPullRequest({ author: 'ada', head: 'topic', ...(body ? { body } : {}) });
  await stage.settled();
  return pullRequest;
}

const yocto = 'upstream: { preset: yocto }\n';

/** A commit on upstream's main branch, and its address. */
function upstreamCommit(line: string) {
  const [sha = ''] = up.commit('main', { ...commitOf(ada, 'Mend it'), files: { 'x.c': `${line}\n` } });
  return { sha, url: `${stage.simulator.url}/upstream/engine/commit/${sha}` };
}

describe('Without a policy for it', () => {
  test('no check is posted, and nothing more is asked', async () => {
    const pullRequest = await open('', { 'a.patch': patch('') });
    expect(conclusions(pullRequest)).toEqual({ Policy: 'SUCCESS' });
    const counts = Object.keys(stage.requests());
    expect(counts).toEqual(expect.arrayContaining(['query PullRequest']));
    expect(counts.filter((one) => /Contents|LineDate|repos|pulls/.test(one))).toEqual([]);
  });
});

describe('The Upstream First check', () => {
  test('annotates a patch that says nothing, with the line to add', async () => {
    const run = (await open(yocto, { 'a.patch': patch('Nothing.') })).check(name);
    expect(run?.conclusion).toBe('ACTION_REQUIRED');
    expect(run?.annotations).toMatchObject([{ path: 'a.patch', startLine: 5, level: 'FAILURE' }]);
    expect(run?.annotations[0]?.rawDetails).toContain('Upstream-Status: Pending');
    expect(run?.summary).toContain('Upstream-Status: Submitted [URL]');
  });

  test('verifies a commit that upstream’s branch contains', async () => {
    const { url } = upstreamCommit('b');
    const run = (await open(yocto, { 'a.patch': patch(`Upstream-Status: Backport [${url}]`) })).check(name);
    expect(run?.conclusion).toBe('SUCCESS');
    expect(run?.text).toContain('Verified');
    expect(run?.text).not.toContain('It is not quite');
  });

  test('tells where a backport is not what upstream changed', async () => {
    const { url } = upstreamCommit('c');
    const run = (await open(yocto, { 'a.patch': patch(`Upstream-Status: Backport [${url}]`, 'z') })).check(name);
    expect(run?.conclusion).toBe('SUCCESS');
    expect(run?.text).toContain('It is not quite');
  });

  test('refuses a commit that only a fork has, though it can be looked up through upstream', async () => {
    const fork = up.fork('mallory');
    const [sha = ''] = fork.commit('main', { ...commitOf(ada, 'Sneak it in'), files: { 'y.c': 'evil\n' } });
    const url = `${stage.simulator.url}/upstream/engine/commit/${sha}`;
    const run = (await open(yocto, { 'a.patch': patch(`Upstream-Status: Backport [${url}]`) })).check(name);
    expect(run?.conclusion).toBe('ACTION_REQUIRED');
    expect(run?.text).toContain('is not in');
  });

  test.each([
    ['', 'SUCCESS'],
    [', verify: { unverified: fail }', 'ACTION_REQUIRED'],
  ])('says that it could not verify what is not there, and the policy decides%s', async (more, conclusion) => {
    const url = `${stage.simulator.url}/upstream/engine/commit/${'0'.repeat(39)}1`;
    const policy = `upstream: { preset: yocto${more} }\n`;
    const run = (await open(policy, { 'a.patch': patch(`Upstream-Status: Backport [${url}]`) })).check(name);
    expect(run?.conclusion).toBe(conclusion);
    expect(run?.text).toContain('not verified');
  });

  test('does not tell anybody about a private repository that the policy does not name', async () => {
    const secret = stage.simulator.repository('octo/secret', { isPrivate: true });
    const url = `${stage.simulator.url}/octo/secret/commit/${secret.tip()}`;
    const files = { 'a.patch': patch(`Upstream-Status: Backport [${url}]`) };
    expect((await open(yocto, files)).check(name)?.text).toContain('not public');
    const named = 'upstream: { preset: yocto, remotes: { default: { repo: octo/secret } } }\n';
    expect((await open(named, files)).check(name)?.text).toContain('Verified');
  });

  test('follows a pull request from open to merged, and says what to write then', async () => {
    up.commit('feature', { ...commitOf(ada, 'Feature'), files: { 'f.c': 'f\n' } });
    const sent = await up.openPullRequest({ author: 'ada', head: 'feature' });
    const url = `${stage.simulator.url}/upstream/engine/pull/${sent.number}`;
    const files = { 'a.patch': patch(`Upstream-Status: Submitted [${url}]`) };
    expect((await open(yocto, files)).check(name)?.text).toContain('is open');

    const [sha = ''] = up.commit('main', { ...commitOf(ada, 'Feature'), files: { 'f.c': 'f\n' } });
    await sent.close();
    expect((await open(yocto, files)).check(name)?.conclusion).toBe('ACTION_REQUIRED');
    sent.state.merged = { at: new Date('2026-01-10T00:00:00Z'), by: up.state.owner, sha };
    up.state.git.setRef('refs/tags/v2.3', sha);
    up.state.releases = [{ tag: 'v2.3', at: new Date('2026-02-01T00:00:00Z') }];
    const run = (await open(yocto, files)).check(name);
    expect(run?.conclusion).toBe('SUCCESS');
    expect(run?.text).toContain(`Upstream-Status: Backport [`);
    expect(run?.text).toContain('v2.3');
    expect(run?.text).toContain(sha.slice(0, 12));
  });

  test('asks about a commit once, and not again once it is known', async () => {
    const { url } = upstreamCommit('d');
    const files = {
      'a.patch': patch(`Upstream-Status: Backport [${url}]`),
      'b.patch': patch(`Upstream-Status: Backport [${url}]`),
    };
    const policy = 'upstream: { preset: yocto, verify: { diffs: false } }\n';
    await open(policy, files);
    const compare = 'GET /repos/{owner}/{repo}/compare/{basehead}';
    expect(stage.requests()[compare]).toBe(1);
    await open(policy, files);
    expect(stage.requests()[compare]).toBeUndefined();
  });

  test('reads the description of the pull request where the notation may stand there', async () => {
    const policy = 'upstream: { preset: scs }\n';
    const pullRequest = await open(policy, { 'a.c': 'x' }, 'Why.\n\nUpstream-Status: Inappropriate [ours alone]\n');
    expect(pullRequest.check(name)?.conclusion).toBe('SUCCESS');
    expect((await open(policy, { 'a.c': 'x' })).check(name)?.conclusion).toBe('ACTION_REQUIRED');
  });
});

describe('A patch that waits', () => {
  test('is pointed out after the days of the policy, by the commit that brought its line', async () => {
    const policy = `${only}upstream: { preset: yocto, stale: { pending: 1d } }\n`;
    const waiting = patch('Upstream-Status: Pending [soon]');
    const repository = stage.simulator.repository('octo/waiting', {
      files: { '.github/countersign.yml': policy, 'a.patch': waiting },
    });
    repository.commit('topic', { ...commitOf(ada, 'Refresh'), files: { 'a.patch': waiting.replace('+b', '+c') } });
    const pullRequest = await repository.openPullRequest({ author: 'ada', head: 'topic' });
    await stage.settled();
    const run = pullRequest.check(name);
    expect(run?.conclusion).toBe('SUCCESS');
    expect(run?.text).toContain('has stood here since 2026-01-05');
  });
});

describe('The description of a pull request', () => {
  test('cannot lose its words after they were believed', async () => {
    const body = 'Upstream-Status: Inappropriate [ours alone]\n';
    const pullRequest = await open('upstream: { preset: scs }\n', { 'a.c': 'x' }, body);
    expect(pullRequest.check(name)?.conclusion).toBe('SUCCESS');
    await pullRequest.edit({ body: 'Nothing.' });
    await stage.settled();
    expect(pullRequest.check(name)?.conclusion).toBe('ACTION_REQUIRED');
  });
});

describe('A fork', () => {
  const policy = (repo: string) =>
    `${only}upstream: { preset: openshift, commits: fork, remotes: { default: { repo: ${repo}, branch: main } } }\n`;

  test('has to say it of its own commits, and not of what it takes from upstream', async () => {
    const engine = stage.simulator.repository('upstream/forked');
    const fork = engine.fork('octo', 'forked');
    fork.commit('main', {
      ...commitOf(ada, 'Policy'),
      files: { '.github/countersign.yml': policy('upstream/forked') },
    });
    engine.commit('main', { ...commitOf(ada, 'Upstream goes on'), files: { 'u.c': 'u\n' } });
    fork.state.git.setRef('refs/heads/sync', fork.tip());
    await fork.merge('sync', engine.tip());
    fork.commit('sync', { ...commitOf(ada, 'Change it here'), files: { 'v.c': 'v\n' } });
    const pullRequest = await fork.openPullRequest({ author: 'ada', head: 'sync' });
    await stage.settled();
    const run = pullRequest.check(name);
    expect(run?.conclusion).toBe('ACTION_REQUIRED');
    expect(run?.text).toContain('Change it here');
    expect(run?.text).toContain('Upstream has it.');
  });
});

describe('A merge commit', () => {
  test('that itself changes vendored code has to say where that is upstream', async () => {
    const text = `${only}upstream: { preset: scs, vendor: ['vendor/**'] }\n`;
    const repository = stage.simulator.repository('octo/merging', {
      files: { '.github/countersign.yml': text, 'vendor/a.c': 'a\n', 'b.c': 'b\n' },
    });
    repository.commit('topic', { ...commitOf(ada, 'Change ours'), files: { 'b.c': 'c\n' } });
    repository.commit('main', { ...commitOf(ada, 'Go on'), files: { 'd.c': 'd\n' } });
    const clean = await repository.merge('topic', repository.tip('main'), commitOf(ada, 'Merge main', { files: {} }));
    const pullRequest = await repository.openPullRequest({ author: 'ada', head: 'topic' });
    await stage.settled();
    expect(clean).toBe(repository.tip('topic'));
    expect(pullRequest.check(name)?.conclusion).toBe('SUCCESS');

    repository.commit('main', { ...commitOf(ada, 'Go on further'), files: { 'e.c': 'e\n' } });
    const parents = [repository.tip('topic'), repository.tip('main')];
    const files = { 'e.c': 'e\n', 'vendor/a.c': 'evil\n' };
    await pullRequest.push([{ ...commitOf(ada, 'Merge main again', { files }), parents }]);
    await stage.settled();
    const run = pullRequest.check(name);
    expect(run?.conclusion).toBe('ACTION_REQUIRED');
    expect(run?.text).toContain('This merge itself changes `vendor/a.c`');
  });
});

describe('A policy that breaks', () => {
  test('takes back an earlier success, though the broken file no longer asks for this rule', async () => {
    const repository = stage.simulator.repository('octo/breaking', {
      files: { '.github/countersign.yml': `${only}${yocto}` },
    });
    repository.commit('topic', {
      ...commitOf(ada, 'Carry it'),
      files: { 'a.patch': patch('Upstream-Status: Denied [no]') },
    });
    const pullRequest = await repository.openPullRequest({ author: 'ada', head: 'topic' });
    await stage.settled();
    expect(pullRequest.check(name)?.conclusion).toBe('SUCCESS');
    await repository.push('main', [commitOf(ada, 'Break it', { files: { '.github/countersign.yml': 'x: 1\n' } })]);
    await stage.settled();
    expect(pullRequest.check(name)?.conclusion).toBe('FAILURE');
    await repository.push('main', [
      commitOf(ada, 'Mend it', { files: { '.github/countersign.yml': `${only}${yocto}` } }),
    ]);
    await stage.settled();
    expect(pullRequest.check(name)?.conclusion).toBe('SUCCESS');
  });
});
