// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { gitAsync } from '../simulator/git/run.ts';
import type { RepositoryHandle } from '../simulator/handles/repository.ts';
import { ada, ben, commitOf, conclusions, type Stage, startStage } from './stage.ts';

let stage: Stage;
let organisations = 0;

beforeAll(async () => {
  stage = await startStage();
  stage.simulator.user('ada', { emails: [ada.email] });
  stage.simulator.user('ben', { emails: [ben.email] });
});
afterEach(() => {
  expect(stage.simulator.violations.list).toEqual([]);
});
afterAll(() => stage.close());

const policyPath = '.github/countersign.yml';
/** Without the License check, which asks for files of its own. */
const quiet = 'license: {mode: off}\n';
const unsigned = commitOf(ada, 'Unsigned', { signed: false });

/** An organisation of its own, so that no test sees another's policy. */
function organisation(): string {
  organisations += 1;
  const owner = `together-${organisations}`;
  stage.simulator.organization(owner, { members: ['ada'] });
  return owner;
}

function repositoryOf(owner: string, name: string, files: Record<string, string>, isPrivate = false): RepositoryHandle {
  return stage.simulator.repository(`${owner}/${name}`, { files: { 'README.md': '#\n', ...files }, isPrivate });
}

async function install(owner: string): Promise<void> {
  await stage.simulator.install(owner);
  await stage.settled();
}

async function open(repository: RepositoryHandle, ...commits: ReturnType<typeof commitOf>[]) {
  const head = `branch-${repository.state.pullRequests.size + 1}`;
  repository.commit(head, ...(commits.length === 0 ? [unsigned] : commits));
  const pullRequest = await repository.openPullRequest({ author: 'ada', head });
  await stage.settled();
  return pullRequest;
}

function edit(files: Record<string, string>) {
  return commitOf(ada, 'Edit the policy', { files });
}

async function again(pullRequest: Awaited<ReturnType<typeof open>>): Promise<Record<string, number>> {
  stage.requests();
  await pullRequest.comment('ada', '/recheck');
  await stage.settled();
  return stage.requests();
}

describe('A policy extends', () => {
  test('a preset, a file beside it and a file of another repository, each over the one before', async () => {
    const owner = organisation();
    repositoryOf(owner, 'policies', { 'base.yml': 'dco: {name: Base, noreply: reject}\npolicy: {name: Rules}\n' });
    const repository = repositoryOf(owner, 'app', {
      [policyPath]: `extends: [dco-only, "${owner}/policies:base.yml", .github/more.yml]\n`,
      '.github/more.yml': 'dco: {name: More}\n',
    });
    await install(owner);
    const pullRequest = await open(repository);
    expect(conclusions(pullRequest)).toEqual({ Rules: 'SUCCESS', More: 'ACTION_REQUIRED' });
    const text = pullRequest.check('Rules')?.text ?? '';
    expect(text).toContain('sets `dco.name` to `More` (line 1)');
    expect(text).toContain(`\`base.yml\` of \`${owner}/policies\``);
    expect(text).toContain('sets `license.mode` to `off`');
    expect(text).toContain(repository.tip().slice(0, 12));
  });

  test('a file at a tag, with a message or without, and at a commit', async () => {
    const owner = organisation();
    const policies = repositoryOf(owner, 'policies', { 'base.yml': `dco: {name: First}\n${quiet}` });
    const { git } = policies.state;
    const first = policies.tip();
    await gitAsync(git.directory, [
      '-c',
      'user.name=Ada',
      '-c',
      'user.email=ada@example.org',
      'tag',
      '-a',
      '-m',
      'One',
      'v1',
      first,
    ]);
    git.setRef('refs/tags/v1', (await gitAsync(git.directory, ['rev-parse', 'refs/tags/v1'])).trim());
    git.setRef('refs/tags/v1-light', first);
    policies.commit('main', commitOf(ada, 'Second', { files: { 'base.yml': `dco: {name: Second}\n${quiet}` } }));
    const names: string[] = [];
    await install(owner);
    for (const ref of ['@v1', '@v1-light', `@${first}`, '', '@main']) {
      const name = `app${names.length}`;
      const repository = repositoryOf(owner, name, { [policyPath]: `extends: ["${owner}/policies:base.yml${ref}"]\n` });
      names.push(...Object.keys(conclusions(await open(repository))).filter((check) => check !== 'Policy'));
    }
    expect(names).toEqual(['First', 'First', 'First', 'Second', 'Second']);
  });

  test('a private file of another account, through the installation there, and tells none of its text', async () => {
    const [owner, other] = [organisation(), organisation()];
    repositoryOf(other, 'secret', { 'base.yml': `sharedWith: [${owner}]\ndco: {name: Hush}\n${quiet}` }, true);
    const repository = repositoryOf(owner, 'app', { [policyPath]: `extends: ["${other}/secret:base.yml"]\n` });
    await install(owner);
    await install(other);
    const pullRequest = await open(repository);
    expect(conclusions(pullRequest)).toEqual({ Policy: 'SUCCESS', Hush: 'ACTION_REQUIRED' });
    const { summary, text } = pullRequest.check('Policy') ?? {};
    expect(`${summary} ${text}`).toContain(`${other}/secret`);
    expect(`${summary} ${text}`).not.toContain('Hush');
  });

  test('nothing of an account where the App is not installed and that is private: then nothing passes', async () => {
    const [owner, other] = [organisation(), organisation()];
    repositoryOf(other, 'secret', { 'base.yml': 'dco: {name: Hush}\n' }, true);
    const repository = repositoryOf(owner, 'app', { [policyPath]: `extends: ["${other}/secret:base.yml"]\n` });
    await install(owner);
    const pullRequest = await open(repository);
    expect(conclusions(pullRequest)).toEqual({ Policy: 'ACTION_REQUIRED', DCO: 'FAILURE', License: 'FAILURE' });
    expect(pullRequest.check('Policy')?.annotations).toMatchObject([{ path: policyPath, startLine: 1 }]);
  });

  test('files that cost no request of their own once they are known', async () => {
    const owner = organisation();
    repositoryOf(owner, 'policies', { 'base.yml': 'extends: [more.yml]\n', 'more.yml': quiet });
    const repository = repositoryOf(owner, 'app', {
      [policyPath]: `extends: ["${owner}/policies:base.yml", .github/more.yml]\n`,
      '.github/more.yml': 'dco: {name: More}\n',
    });
    await install(owner);
    stage.requests();
    const pullRequest = await open(repository);
    expect(stage.requests()).toMatchObject({ 'query PullRequest': 1, 'query ExtendedPolicies': 2 });
    const before = stage.service.worker?.policiesParsed();
    expect(Object.keys(await again(pullRequest)).filter((name) => name.startsWith('query'))).toEqual([
      'query PullRequest',
    ]);
    expect(stage.service.worker?.policiesParsed()).toBe(before);
  });

  test('what it extended changes: the next look sees it', async () => {
    const owner = organisation();
    const policies = repositoryOf(owner, 'policies', { 'base.yml': `dco: {name: First}\n${quiet}` });
    const repository = repositoryOf(owner, 'app', { [policyPath]: `extends: ["${owner}/policies:base.yml"]\n` });
    await install(owner);
    const pullRequest = await open(repository);
    policies.commit('main', commitOf(ada, 'Rename', { files: { 'base.yml': `dco: {name: Second}\n${quiet}` } }));
    await again(pullRequest);
    expect(conclusions(pullRequest)).toMatchObject({ Second: 'ACTION_REQUIRED' });
  });
});

describe('A pull request that edits', () => {
  test('what the policy extends is shown what would change, and judged by the old one', async () => {
    const owner = organisation();
    const repository = repositoryOf(owner, 'app', {
      [policyPath]: 'extends: [.github/base.yml]\n',
      '.github/base.yml': `dco: {mode: enforce}\n${quiet}`,
    });
    await install(owner);
    const pullRequest = await open(repository, edit({ '.github/base.yml': `dco: {mode: warn}\n${quiet}` }));
    const text = pullRequest.check('Policy')?.text ?? '';
    expect(text).toContain('Weakens: `dco.mode` becomes `warn`; it is `enforce` now.');
    expect(pullRequest.check('Policy')?.conclusion).toBe('SUCCESS');
  });

  test('the policy cannot find out what is in a private repository, nor whether there is one', async () => {
    const owner = organisation();
    repositoryOf(owner, 'secret', { 'base.yml': 'dco: {name: Hush}\n' }, true);
    const repository = repositoryOf(owner, 'app', { [policyPath]: quiet });
    await install(owner);
    const texts: string[] = [];
    for (const target of ['secret:base.yml', 'secret:none.yml', 'nowhere:base.yml']) {
      const pullRequest = await open(repository, edit({ [policyPath]: `extends: ["${owner}/${target}"]\n${quiet}` }));
      expect(pullRequest.check('Policy')?.conclusion).toBe('SUCCESS');
      texts.push(
        (pullRequest.check('Policy')?.annotations ?? [])
          .map(({ message }) => message)
          .join()
          .replaceAll(target, 'IT'),
      );
    }
    expect(texts[0]).toContain('is not public');
    expect(new Set(texts).size).toBe(1);
    expect(texts.join()).not.toContain('Hush');
  });

  test('the organisation’s own policy is held to the floor that it brings', async () => {
    const owner = organisation();
    const shared = repositoryOf(owner, '.github', { [policyPath]: quiet });
    await install(owner);
    const pullRequest = await open(shared, edit({ [policyPath]: `dco: {mode: warn}\n${quiet}floor: {dco: {}}\n` }));
    expect(pullRequest.check('Policy')?.annotations).toMatchObject([{ path: policyPath, startLine: 1 }]);
  });
});

describe('An organisation’s floor', () => {
  test('holds where a repository would be weaker, and the repository is told at its line', async () => {
    const owner = organisation();
    repositoryOf(owner, '.github', { [policyPath]: 'floor:\n  dco: {mode: enforce}\n' });
    const repository = repositoryOf(owner, 'app', { [policyPath]: `${quiet}dco:\n  mode: warn\n` });
    await install(owner);
    const pullRequest = await open(repository);
    expect(conclusions(pullRequest)).toEqual({ Policy: 'SUCCESS', DCO: 'ACTION_REQUIRED' });
    const policy = pullRequest.check('Policy');
    expect(policy?.annotations).toMatchObject([{ path: policyPath, level: 'WARNING', startLine: 3 }]);
    expect(policy?.text).toContain(
      `It is held to the organisation's floor in \`${policyPath}\` of \`${owner}/.github\``,
    );
  });

  test('does not hold where GitHub forbids to read it, and that is said', async () => {
    const owner = organisation();
    repositoryOf(owner, '.github', { [policyPath]: 'floor:\n  dco: {mode: enforce}\n' }).state.refused = true;
    const repository = repositoryOf(owner, 'app', { [policyPath]: `dco: {mode: warn}\n${quiet}` });
    await install(owner);
    const pullRequest = await open(repository);
    expect(conclusions(pullRequest)).toEqual({ Policy: 'SUCCESS', DCO: 'NEUTRAL' });
    expect(pullRequest.check('Policy')?.text).toContain(`does not let the App read \`${owner}/.github\``);
  });

  test('does not hold in a repository that it exempts, by its topic', async () => {
    const owner = organisation();
    repositoryOf(owner, '.github', {
      [policyPath]: 'floor:\n  dco: {}\n  exemptRepositories: [{topic: toys, reason: Only toys, until: 2999-12-31}]\n',
    });
    const repository = repositoryOf(owner, 'app', { [policyPath]: `${quiet}dco: {mode: warn}\n` });
    repository.state.topics = ['toys'];
    await install(owner);
    const pullRequest = await open(repository);
    expect(conclusions(pullRequest)).toEqual({ Policy: 'SUCCESS', DCO: 'NEUTRAL' });
    expect(pullRequest.check('Policy')?.text).toContain('does not hold here until `2999-12-31`');
  });

  test('that is broken lets nothing pass in any of its repositories', async () => {
    const owner = organisation();
    repositoryOf(owner, '.github', { [policyPath]: 'floor: {dco: {mode: on}}\n' });
    const repository = repositoryOf(owner, 'app', { [policyPath]: quiet });
    await install(owner);
    expect(conclusions(await open(repository))).toEqual({ Policy: 'ACTION_REQUIRED', DCO: 'FAILURE' });
  });

  test('has the whole organisation’s pull requests judged again when it changes', async () => {
    const owner = organisation();
    const shared = repositoryOf(owner, '.github', { [policyPath]: quiet });
    const repository = repositoryOf(owner, 'app', { [policyPath]: `${quiet}dco: {mode: warn}\n` });
    await install(owner);
    const pullRequest = await open(repository);
    expect(conclusions(pullRequest).DCO).toBe('NEUTRAL');
    await shared.push('main', [edit({ [policyPath]: 'floor: {dco: {}}\n' })]);
    await stage.settled();
    expect(conclusions(pullRequest).DCO).toBe('ACTION_REQUIRED');
  });
});

describe('A push to a file of another repository', () => {
  const warns = { 'rules/base.yml': `${quiet}dco: {mode: warn}\n` };
  const enforces = { 'rules/base.yml': `${quiet}dco: {mode: enforce}\n` };

  test('has the open pull requests of whoever extends it judged again, also after a restart', async () => {
    const [owner, other] = [organisation(), organisation()];
    const policies = repositoryOf(owner, 'policies', warns);
    const extending = { [policyPath]: `extends: ["${owner}/policies:rules/base.yml"]\n` };
    const near = repositoryOf(owner, 'app', extending);
    const far = repositoryOf(other, 'app', extending);
    for (const one of [owner, other]) await install(one);
    const pullRequests = [await open(near), await open(far)];
    const results = () => pullRequests.map((pullRequest) => conclusions(pullRequest).DCO);
    expect(results()).toEqual(['NEUTRAL', 'NEUTRAL']);
    await policies.push('main', [edit(enforces)]);
    await stage.settled();
    expect(results()).toEqual(['ACTION_REQUIRED', 'ACTION_REQUIRED']);
    await stage.restart();
    await policies.push('main', [edit(warns)]);
    await stage.settled();
    expect(results()).toEqual(['NEUTRAL', 'NEUTRAL']);
  });

  test('on another branch concerns those who extend it there', async () => {
    const owner = organisation();
    const policies = repositoryOf(owner, 'policies', warns);
    policies.commit('v1', commitOf(ada, 'Begin'));
    const repository = repositoryOf(owner, 'app', {
      [policyPath]: `extends: ["${owner}/policies:rules/base.yml@v1"]\n`,
    });
    await install(owner);
    const pullRequest = await open(repository);
    stage.requests();
    await policies.push('main', [edit(enforces)]);
    await stage.settled();
    expect(stage.requests()).not.toHaveProperty('query OpenPullRequests');
    expect(conclusions(pullRequest).DCO).toBe('NEUTRAL');
    await policies.push('v1', [edit(enforces)]);
    await stage.settled();
    expect(stage.requests()).toHaveProperty('query OpenPullRequests');
    expect(conclusions(pullRequest).DCO).toBe('ACTION_REQUIRED');
  });
});

test('A base branch that moves on without a change of the policy is nothing to write about', async () => {
  const owner = organisation();
  const repository = repositoryOf(owner, 'app', { [policyPath]: quiet });
  await install(owner);
  const pullRequest = await open(repository, commitOf(ada, 'Signed'));
  repository.commit('main', commitOf(ada, 'Elsewhere'));
  expect(await again(pullRequest)).not.toHaveProperty('mutation PostCheckRuns');
});

test('/policy answers with file, line and commit of each value', async () => {
  const owner = organisation();
  repositoryOf(owner, '.github', { [policyPath]: 'floor: {dco: {noreply: reject}}\n' });
  const repository = repositoryOf(owner, 'app', { [policyPath]: `extends: [dco-only]\n${quiet}` });
  await install(owner);
  const pullRequest = await open(repository);
  await pullRequest.comment('ada', '/policy');
  await stage.settled();
  const answer = pullRequest.state.comments.map(({ body }) => body).find((body) => body.includes('```'));
  expect(answer).toMatch(/mode: off # \.github\/countersign\.yml of \S+ on main at [0-9a-f]{12}, line 2/);
  expect(answer).toMatch(
    /noreply: reject # \.github\/countersign\.yml of \S+\/\.github on main at [0-9a-f]{12}, line 1/,
  );
  expect(answer).toContain('preset dco-only');
});
