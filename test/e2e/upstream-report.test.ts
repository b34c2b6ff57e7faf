// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { RepositoryHandle } from '../simulator/handles/repository.ts';
import { openIssue } from '../simulator/state/issues.ts';
import { ada, commitOf, type Stage, startStage } from './stage.ts';

let stage: Stage;
let up: RepositoryHandle;
let there: string;
let repositories = 0;

beforeAll(async () => {
  stage = await startStage();
  stage.simulator.user('ada', { emails: [ada.email] });
  stage.simulator.organization('octo');
  stage.simulator.organization('away');
  await stage.simulator.install('octo');
  await (await stage.simulator.install('away')).suspend();
  up = stage.simulator.repository('upstream/engine', { files: { 'x.c': 'a\n' } });
  [there = ''] = up.commit('main', { ...commitOf(ada, 'Mend it'), files: { 'x.c': 'b\n' } });
  await stage.settled();
});
afterEach(() => {
  expect(stage.simulator.violations.list).toEqual([]);
});
afterAll(() => stage.close());

const patch = (status: string) => `Subject: [PATCH] Mend it\n\n${status}\n---\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n`;
const backport = () => patch(`Upstream-Status: Backport [${stage.simulator.url}/upstream/engine/commit/${there}]`);
const policy = 'upstream: { preset: yocto, sweep: true, stale: { pending: 30d } }\n';

/** A repository with these files and the policy, unless another one is among them. */
function carrying(files: Record<string, string>): RepositoryHandle {
  repositories += 1;
  return stage.simulator.repository(`octo/carrying-${repositories}`, {
    files: { '.github/countersign.yml': policy, ...files },
  });
}

/** The App's weekly look at a repository, and the issues that are there then. */
async function looked(repository: RepositoryHandle) {
  const { owner, name } = repository.state;
  await stage.service.worker?.weekly?.look((one) => one.owner === owner.login && one.name === name);
  return [...repository.state.issues.values()];
}

const asked = () => Object.keys(stage.requests());

describe('The weekly report', () => {
  test('is one issue that says what can be dropped, and what waits', async () => {
    const repository = carrying({ 'a.patch': backport(), 'b.patch': patch('Upstream-Status: Pending [soon]') });
    const [issue, ...others] = await looked(repository);
    expect(others).toEqual([]);
    expect(issue?.author.login).toBe(stage.simulator.app.bot.login);
    expect(issue?.body).toContain('### Can be dropped: upstream has it (1)');
    expect(issue?.body).toContain('| `a.patch` |');
    expect(issue?.body).toMatch(
      /### Waits for longer than the policy wants.*\(1\)\n\n.*\n.*\n\| `b.patch` \| \d+ days, since 2026-01-05/,
    );
  });

  test('names what upstream refused', async () => {
    up.commit('refused', { ...commitOf(ada, 'Feature'), files: { 'f.c': 'f\n' } });
    const sent = await up.openPullRequest({ author: 'ada', head: 'refused' });
    await sent.close();
    const url = `${stage.simulator.url}/upstream/engine/pull/${sent.number}`;
    const [issue] = await looked(carrying({ 'a.patch': patch(`Upstream-Status: Submitted [${url}]`) }));
    expect(issue?.body).toContain('### Refused upstream: say so, or send it again (1)');
  });

  test('is kept up to date, closed when nothing is left to do, and opened again for something new', async () => {
    const repository = carrying({ 'a.patch': backport() });
    const push = (files: Record<string, string | null>) =>
      void repository.commit('main', { ...commitOf(ada, 'Change'), files: files as Record<string, string> });
    const [issue] = await looked(repository);
    expect(issue?.state).toBe('OPEN');
    const before = issue?.updatedAt;
    await looked(repository);
    expect(issue?.updatedAt).toBe(before);

    push({ 'c.patch': backport() });
    await looked(repository);
    expect(issue?.body).toContain('upstream has it (2)');

    push({ 'a.patch': null, 'c.patch': null });
    await looked(repository);
    expect([issue?.state, issue?.stateReason]).toEqual(['CLOSED', 'COMPLETED']);
    expect(issue?.body).toContain('There is nothing to do.');

    push({ 'd.patch': backport() });
    expect(await looked(repository)).toHaveLength(1);
    expect(issue?.state).toBe('OPEN');
  });

  test('stays closed where somebody closed it, until there is something else to do', async () => {
    const repository = carrying({ 'a.patch': backport() });
    const [issue] = await looked(repository);
    Object.assign(issue ?? {}, { state: 'CLOSED' });
    await looked(repository);
    expect(issue?.state).toBe('CLOSED');
    repository.commit('main', { ...commitOf(ada, 'More'), files: { 'b.patch': backport() } });
    await looked(repository);
    expect(issue?.state).toBe('OPEN');
  });

  test('takes no issue of somebody else’s for its own', async () => {
    const repository = carrying({ 'a.patch': backport() });
    const mallory = stage.simulator.user('mallory');
    const body = `<!-- countersign upstream report ${'0'.repeat(64)} -->`;
    const theirs = openIssue(stage.simulator.world, repository.state, mallory, { body });
    expect(await looked(repository)).toHaveLength(2);
    expect(theirs.body).toBe(body);
  });

  test('is found again where GitHub knows no bot as a creator', async () => {
    stage.simulator.quirks.botsAreNoCreators = true;
    const repository = carrying({ 'a.patch': backport() });
    await looked(repository);
    expect(await looked(repository)).toHaveLength(1);
    stage.simulator.quirks.botsAreNoCreators = false;
  });

  test('shows nothing of a stranger’s live', async () => {
    const hostile = {
      'a|@octo/all <b>`x`.patch': backport(),
      'b.patch': patch('Upstream-Status: Pending [@everyone <img> | #1]'),
    };
    const [issue] = await looked(carrying(hostile));
    const outside = (issue?.body ?? '').replaceAll(/(`+)(?!`)[^\n]*?[^`]\1(?!`)/g, '');
    expect(outside).not.toMatch(/@|<b>|<img>|#1\b/);
  });

  test('says what it could not see', async () => {
    stage.simulator.quirks.treeLimit = 4;
    const files = { 'a.patch': backport(), 'b.patch': backport(), 'c.patch': backport(), 'd.patch': backport() };
    const [issue] = await looked(carrying(files));
    stage.simulator.quirks.treeLimit = 100_000;
    expect(issue?.body).toContain('lists only a part');
  });

  test('fits an issue, however much is carried', async () => {
    const many = Array.from({ length: 200 }, (_, index) => [`${'long/'.repeat(30)}${index}.patch`, backport()]);
    const [issue] = await looked(carrying(Object.fromEntries(many)));
    expect(issue?.body).toMatch(/… and \d+ more/);
    expect(issue?.body?.length).toBeLessThan(65_536);
  });

  test.each([
    ['where the policy does not ask for it', 'upstream: { preset: yocto }\n'],
    ['where the rule is off', 'upstream: { mode: off, preset: yocto, sweep: true }\n'],
    ['where the policy is broken', 'upstream: { preset: yocto, sweep: 1 }\n'],
  ])('is not made %s, and nothing is read', async (_, text) => {
    const repository = carrying({ '.github/countersign.yml': text, 'a.patch': backport() });
    stage.requests();
    expect(await looked(repository)).toEqual([]);
    expect(asked().filter((one) => /tree|Contents|issues/.test(one))).toEqual([]);
  });

  test('is not made where there is nothing to do, or where issues are switched off', async () => {
    expect(await looked(carrying({ 'a.patch': patch('Upstream-Status: Denied [no]') }))).toEqual([]);
    const without = carrying({ 'a.patch': backport() });
    without.state.hasIssues = false;
    expect(await looked(without)).toEqual([]);
  });

  test('lists a fork’s own commits, and submodules that upstream does not have', async () => {
    const engine = stage.simulator.repository('upstream/forked');
    const fork = engine.fork('octo', 'forked');
    const text =
      'upstream: { preset: openshift, commits: fork, sweep: true, stale: { pending: 1d, submitted: 1d }, remotes: { default: { repo: upstream/forked, branch: main } } }\n';
    fork.commit('main', {
      ...commitOf(ada, 'UPSTREAM: <carry>: Keep our logo'),
      files: { '.github/countersign.yml': text },
    });
    const sent = await (async () => {
      engine.commit('topic', { ...commitOf(ada, 'Feature'), files: { 'f.c': 'f\n' } });
      return engine.openPullRequest({ author: 'ada', head: 'topic' });
    })();
    fork.commit('main', { ...commitOf(ada, `UPSTREAM: ${sent.number}: Feature`), files: { 'f.c': 'f\n' } });
    await sent.close();
    const [issue] = await looked(fork);
    expect(issue?.body).toContain('2 commits are carried');
    expect(issue?.body).toMatch(/Refused upstream[\s\S]*\| [0-9a-f]{12} `UPSTREAM: \d+: Feature`/);
  });

  test('of other repositories is made though GitHub fails for one', async () => {
    const [broken, sound] = [carrying({ 'a.patch': backport() }), carrying({ 'a.patch': backport() })];
    stage.simulator.faults.add(
      { kind: 'status', status: 502 },
      { when: ({ path }) => path.includes(`${broken.fullName}/git/trees`) },
    );
    await stage.service.worker?.weekly?.look(({ name }) => [broken, sound].some(({ state }) => state.name === name));
    expect([broken.state.issues.size, sound.state.issues.size]).toEqual([0, 1]);
    stage.simulator.faults.clear();
  });
});
