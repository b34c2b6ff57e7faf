// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { PullRequestHandle } from '../simulator/handles/pull-request.ts';
import { ada, commitOf, conclusions, type Stage, startStage } from './stage.ts';

let stage: Stage;
let repositories = 0;

beforeAll(async () => {
  stage = await startStage();
  stage.simulator.user('ada', { emails: [ada.email] });
});
afterEach(() => {
  expect(stage.simulator.violations.list).toEqual([]);
});
afterAll(() => stage.close());

const policyPath = '.github/countersign.yml';
const lenient = 'dco: { mode: warn }\nlicense: { mode: "off" }\n';
const strict = 'dco: { mode: enforce }\nlicense: { mode: "off" }\n';

/** A repository of its own organisation. */
async function repositoryWith(files: Record<string, string>, name = 'app') {
  repositories += 1;
  const owner = `previewed-${repositories}`;
  stage.simulator.organization(owner, { members: ['ada'] });
  const repository = stage.simulator.repository(`${owner}/${name}`, { files: { 'README.md': '#\n', ...files } });
  await stage.simulator.install(owner);
  await stage.settled();
  return repository;
}
type Repository = Awaited<ReturnType<typeof repositoryWith>>;

async function open(repository: Repository, commit: ReturnType<typeof commitOf>, more: { title?: string } = {}) {
  const head = `branch-${repository.state.pullRequests.size + 1}`;
  repository.commit(head, commit);
  const pullRequest = await repository.openPullRequest({ author: 'ada', head, ...more });
  await stage.settled();
  return pullRequest;
}

const policyChange = (text: string, subject = 'Change the policy') =>
  commitOf(ada, subject, { files: { [policyPath]: text } });
/** More files than GitHub lists at once. */
const many = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`a/${index}.txt`, `${index}\n`]));
const signed = commitOf(ada, 'Signed');
const unsigned = commitOf(ada, 'Unsigned', { signed: false });
const previewIn = (pullRequest: PullRequestHandle) =>
  pullRequest.check('Policy')?.text?.split('### Preview\n\n')[1] ?? null;

describe('A pull request that changes the policy', () => {
  test('shows whose results would differ, and why', async () => {
    const repository = await repositoryWith({ [policyPath]: lenient });
    const fine = await open(repository, signed);
    const bad = await open(repository, unsigned, { title: 'Add | a [link](https://example.org) for @ada' });
    const change = await open(repository, policyChange(strict));
    expect(conclusions(change).Policy).toBe('SUCCESS');
    const preview = previewIn(change) ?? '';
    expect(preview).toContain('The last 2 open and merged pull requests were judged');
    expect(preview).toContain('The results of 1 pull request would differ');
    expect(preview).toContain(`[#${bad.number}](${stage.simulator.url}`);
    expect(preview).toContain('`Add \\u{007C} a [link](https://example.org) for @ada`');
    expect(preview).toMatch(/\| warns \| \*\*fails\*\* \| .*sign/);
    expect(preview).not.toContain(`#${fine.number}]`);
  });

  test('shows it of merged ones too, and of those into other branches not', async () => {
    const repository = await repositoryWith({ [policyPath]: lenient });
    const merged = await open(repository, unsigned);
    await merged.merge();
    await stage.settled();
    repository.branch('stable');
    repository.commit('other', unsigned);
    const other = await repository.openPullRequest({ author: 'ada', head: 'other', base: 'stable' });
    await stage.settled();
    const preview = previewIn(await open(repository, policyChange(strict))) ?? '';
    expect(preview).toContain(`[#${merged.number}]`);
    expect(preview).toContain('(merged)');
    expect(preview).not.toContain(`[#${other.number}]`);
  });

  test('is told so where nothing would differ', async () => {
    const repository = await repositoryWith({ [policyPath]: lenient });
    await open(repository, signed);
    const change = await open(repository, policyChange(strict));
    expect(previewIn(change)).toContain('**no result would differ.**');
  });

  test('is told so where there is nothing to compare with', async () => {
    const repository = await repositoryWith({ [policyPath]: lenient });
    expect(previewIn(await open(repository, policyChange(strict)))).toContain('There is no other');
  });

  test('gets no preview where no setting differs, or the change is broken', async () => {
    const repository = await repositoryWith({ [policyPath]: lenient });
    await open(repository, unsigned);
    stage.requests();
    expect(previewIn(await open(repository, policyChange(`# a comment\n${lenient}`)))).toBeNull();
    expect(previewIn(await open(repository, policyChange('dco: { mod: off }\n')))).toBeNull();
    expect(stage.requests()).not.toHaveProperty('query RecentPullRequests');
  });

  test('gets it where only a file changes that the policy extends', async () => {
    const repository = await repositoryWith({ [policyPath]: 'extends: [rules/base.yml]\n', 'rules/base.yml': lenient });
    const bad = await open(repository, unsigned);
    const change = await open(repository, commitOf(ada, 'Tighten', { files: { 'rules/base.yml': strict } }));
    expect(previewIn(change)).toContain(`[#${bad.number}]`);
  });

  test('gets it where that file is one of more than a page of changed files holds', async () => {
    const repository = await repositoryWith({ [policyPath]: 'extends: [rules/base.yml]\n', 'rules/base.yml': lenient });
    const bad = await open(repository, unsigned);
    const change = await open(repository, commitOf(ada, 'Much', { files: { ...many, 'rules/base.yml': strict } }));
    expect(previewIn(change)).toContain(`[#${bad.number}]`);
    repository.commit('behind', commitOf(ada, 'Much', { files: many }));
    repository.commit('main', commitOf(ada, 'Tighten', { files: { 'rules/base.yml': strict } }));
    const behind = await repository.openPullRequest({ author: 'ada', head: 'behind' });
    await stage.settled();
    expect(behind.check('Policy')?.text).not.toContain('becomes');
    expect(previewIn(behind)).toBeNull();
  });

  test('is told so where it renames a file that the policy extends', async () => {
    const text = `# A long comment, so that Git sees that it is the same file.\n${lenient}`;
    const files = { [policyPath]: 'extends: [rules/base.yml]\n', 'rules/base.yml': text };
    const repository = await repositoryWith(files);
    const moved = { 'rules/base.yml': null, 'rules/other.yml': text };
    const change = await open(repository, commitOf(ada, 'Rename', { files: moved }));
    expect(conclusions(change).Policy).toBe('ACTION_REQUIRED');
    expect(change.check('Policy')?.text).toContain('rules/base.yml');
  });

  test('gets it in the organisation’s own repository, of pull requests there', async () => {
    const repository = await repositoryWith({ [policyPath]: lenient }, '.github');
    const bad = await open(repository, unsigned);
    const change = await open(repository, policyChange(`${lenient}floor:\n  dco: { mode: enforce }\n`));
    expect(previewIn(change)).toContain(`[#${bad.number}]`);
  });
});

describe('A preview', () => {
  test('comes after the verdict, which does not wait for it', async () => {
    const repository = await repositoryWith({ [policyPath]: lenient });
    const bad = await open(repository, unsigned);
    const shown: (string | null)[] = [];
    const isList = ({ operation }: { operation: string }) => operation === 'query RecentPullRequests';
    const look = async () => shown.push(previewIn(repository.pullRequest(2)));
    stage.simulator.faults.add({ kind: 'meanwhile', act: look }, { when: isList });
    const change = await open(repository, policyChange(strict));
    stage.simulator.faults.clear();
    expect(shown).toEqual([expect.stringContaining('The last pull requests are being judged')]);
    expect(previewIn(change)).toContain(`[#${bad.number}]`);
  });

  test('leaves out what cannot be read, and says so', async () => {
    const repository = await repositoryWith({ [policyPath]: lenient });
    const bad = await open(repository, unsigned);
    const other = await open(repository, signed);
    const isOne = ({ operation }: { operation: string }) => operation === 'query PullRequest';
    // The change is read by the look at it, and by the preview; then come the others, the newest first.
    const hide = async () => repository.state.pullRequests.delete(other.number);
    stage.simulator.faults.add({ kind: 'meanwhile', act: hide }, { when: isOne, skip: 2, times: 1 });
    const preview = previewIn(await open(repository, policyChange(strict)));
    stage.simulator.faults.clear();
    expect(preview).toContain(`#${other.number} could not be judged: `);
    expect(preview).toContain(`[#${bad.number}]`);
  });

  test('is made once: nothing is read or written again, nor after a restart', async () => {
    const repository = await repositoryWith({ [policyPath]: lenient });
    await open(repository, unsigned);
    stage.requests();
    const change = await open(repository, policyChange(strict));
    expect(stage.requests()).toMatchObject({ 'query RecentPullRequests': 1, 'mutation CheckRuns': 2 });
    const before = previewIn(change);
    for (const again of [async () => {}, () => stage.restart({ emptied: true })]) {
      await again();
      stage.requests();
      await change.comment('ada', 'Looks good.');
      await stage.settled();
      await change.edit({ title: 'Another title' });
      await stage.settled();
      const requests = stage.requests();
      expect(requests).not.toHaveProperty('query RecentPullRequests');
      expect(requests).not.toHaveProperty('mutation CheckRuns');
      expect(previewIn(change)).toBe(before);
    }
  });

  test('is there again after a Re-run, and made anew where this process knows of none', async () => {
    const repository = await repositoryWith({ [policyPath]: lenient });
    await open(repository, unsigned);
    const change = await open(repository, policyChange(strict));
    const before = previewIn(change);
    const lists = async () => {
      stage.requests();
      await change.rerun('Policy', 'ada');
      await stage.settled();
      expect(previewIn(change)).toBe(before);
      return stage.requests()['query RecentPullRequests'];
    };
    expect(await lists()).toBeUndefined();
    await stage.restart({ emptied: true });
    expect(await lists()).toBe(1);
  });

  test('of the same policies costs nothing after another push', async () => {
    const repository = await repositoryWith({ [policyPath]: lenient });
    const bad = await open(repository, unsigned);
    const change = await open(repository, policyChange(strict));
    stage.requests();
    await change.push([commitOf(ada, 'Add a file')]);
    await stage.settled();
    expect(stage.requests()).not.toHaveProperty('query RecentPullRequests');
    expect(previewIn(change)).toContain(`[#${bad.number}]`);
  });

  test('of other policies is made anew', async () => {
    const repository = await repositoryWith({ [policyPath]: lenient });
    const bad = await open(repository, unsigned);
    const change = await open(repository, policyChange(strict));
    await change.push([policyChange(`${lenient}overrides: { reason: optional }\n`, 'Do not')]);
    await stage.settled();
    expect(previewIn(change)).toContain('no result would differ');
    expect(previewIn(change)).not.toContain(`[#${bad.number}]`);
  });
});
