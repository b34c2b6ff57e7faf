// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { NewRepository } from '../simulator/state/repositories.ts';
import { ada, ben, commitOf, conclusions, type Stage, startStage } from './stage.ts';

let stage: Stage;
let repositories = 0;

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
const unsigned = (subject = 'Unsigned') => commitOf(ada, subject, { signed: false });

/** A repository of its own organisation, so that no test sees another's policy. */
async function repositoryWith(
  files: Record<string, string>,
  options: NewRepository = {},
  shared?: Record<string, string>,
) {
  repositories += 1;
  const owner = `org-${repositories}`;
  stage.simulator.organization(owner, { members: ['ada'] });
  if (shared !== undefined) stage.simulator.repository(`${owner}/.github`, { files: shared });
  const repository = stage.simulator.repository(`${owner}/app`, {
    ...options,
    files: { 'README.md': '#\n', ...files },
  });
  await stage.simulator.install(owner);
  await stage.settled();
  return repository;
}
type Repository = Awaited<ReturnType<typeof repositoryWith>>;

async function open(repository: Repository, author: string, ...commits: ReturnType<typeof commitOf>[]) {
  const head = `branch-${repository.state.pullRequests.size + 1}`;
  repository.commit(head, ...commits);
  const pullRequest = await repository.openPullRequest({ author, head });
  await stage.settled();
  return pullRequest;
}

describe('The policy that holds is', () => {
  test('the repository’s own, from the base branch', async () => {
    const repository = await repositoryWith({
      [policyPath]: 'dco: { mode: warn, name: Sign-off }\npolicy: { name: Rules }\n',
    });
    const pullRequest = await open(repository, 'ada', unsigned());
    expect(conclusions(pullRequest)).toEqual({ Rules: 'SUCCESS', 'Sign-off': 'NEUTRAL', License: 'SUCCESS' });
  });

  test('never the one that the pull request brings along', async () => {
    const repository = await repositoryWith({ [policyPath]: 'dco: { mode: enforce }\n' });
    const pullRequest = await open(
      repository,
      'ada',
      commitOf(ada, 'Relax the rules', { signed: false, files: { [policyPath]: 'dco: { mode: off }\n' } }),
    );
    expect(conclusions(pullRequest)).toEqual({ Policy: 'SUCCESS', DCO: 'ACTION_REQUIRED', License: 'SUCCESS' });
    expect(pullRequest.check('Policy')?.text).toContain('dco.mode');
  });

  test('the organisation’s where the repository has none', async () => {
    const repository = await repositoryWith({}, {}, { [policyPath]: 'dco: { name: Certificate }\n' });
    const pullRequest = await open(repository, 'ada', unsigned());
    expect(conclusions(pullRequest)).toEqual({ Policy: 'SUCCESS', Certificate: 'ACTION_REQUIRED', License: 'SUCCESS' });
  });

  test('the DCO App’s file as it stands: members with a verified signature need no sign-off', async () => {
    const repository = await repositoryWith({ '.github/dco.yml': 'require:\n  members: false\n' });
    const verified = (login: string, person: typeof ada) => ({
      ...commitOf(person, `By ${login}`, { signed: false }),
      signature: { valid: true, signer: login },
    });
    expect(conclusions(await open(repository, 'ada', verified('ada', ada))).DCO).toBe('SUCCESS');
    expect(conclusions(await open(repository, 'ada', unsigned())).DCO).toBe('ACTION_REQUIRED');
    expect(conclusions(await open(repository, 'ben', verified('ben', ben))).DCO).toBe('ACTION_REQUIRED');
    expect(conclusions(await open(repository, 'ben', verified('ben', ada))).DCO).toBe('ACTION_REQUIRED');
  });

  test('the preset where there is no file at all', async () => {
    const repository = await repositoryWith({});
    expect(conclusions(await open(repository, 'ada', unsigned()))).toEqual({
      Policy: 'SUCCESS',
      DCO: 'ACTION_REQUIRED',
      License: 'SUCCESS',
    });
  });
});

describe('A policy that is broken', () => {
  test.each([
    ['a key that does not exist', 'dco:\n  mod: off\n', 2],
    ['a value of the wrong type', 'dco:\n  require:\n    members: maybe\n', 3],
    ['a key twice', 'dco: {}\ndco: {}\n', 2],
    ['no YAML', 'dco: [\n', 2],
    ['a list at the top', '- dco\n', 1],
    [
      'aliases that explode',
      `a: &a [${'x,'.repeat(9)}x]\nb: &b [${'*a,'.repeat(9)}*a]\nc: [${'*b,'.repeat(9)}*b]\n`,
      1,
    ],
    ['more than 64 KiB', `# ${'x'.repeat(65_536)}\n`, 1],
  ])('by %s fails closed, with the place', async (_, text, line) => {
    const repository = await repositoryWith({ [policyPath]: text });
    const pullRequest = await open(repository, 'ada', commitOf(ada, 'Signed'));
    expect(conclusions(pullRequest)).toEqual({ Policy: 'ACTION_REQUIRED', DCO: 'FAILURE', License: 'FAILURE' });
    const [annotation] = pullRequest.check('Policy')?.annotations ?? [];
    expect(annotation).toMatchObject({ path: policyPath, startLine: line, level: 'FAILURE' });
  });

  test('by two files at once says which ones', async () => {
    const repository = await repositoryWith({ [policyPath]: '', '.github/countersign.yaml': '' });
    const pullRequest = await open(repository, 'ada', commitOf(ada, 'Signed'));
    expect(conclusions(pullRequest)).toEqual({ Policy: 'ACTION_REQUIRED', DCO: 'FAILURE', License: 'FAILURE' });
    expect(pullRequest.check('Policy')?.text).toContain('countersign.yaml');
  });

  test('can be mended by a pull request, whose Policy check says so, and everything is judged again', async () => {
    const repository = await repositoryWith({ [policyPath]: 'dco: broken\n' });
    const waiting = await open(repository, 'ada', commitOf(ada, 'Signed'));
    const mending = await open(repository, 'ada', commitOf(ada, 'Mend', { files: { [policyPath]: 'dco: {}\n' } }));
    expect(conclusions(mending)).toEqual({ Policy: 'SUCCESS', DCO: 'FAILURE', License: 'FAILURE' });
    await repository.push('main', [commitOf(ada, 'Mend', { files: { [policyPath]: 'dco: {}\n' } })]);
    await stage.settled();
    expect(conclusions(waiting)).toEqual({ Policy: 'SUCCESS', DCO: 'SUCCESS', License: 'SUCCESS' });
  });

  test('cannot be brought in unseen', async () => {
    const repository = await repositoryWith({});
    const breaking = await open(repository, 'ada', commitOf(ada, 'Break', { files: { [policyPath]: 'dco: [\n' } }));
    expect(conclusions(breaking)).toEqual({ Policy: 'ACTION_REQUIRED', DCO: 'SUCCESS', License: 'SUCCESS' });
    expect(breaking.check('Policy')?.annotations[0]).toMatchObject({ path: policyPath });
  });
});

describe('Judged again are', () => {
  test('the open pull requests into a branch whose policy changes, and no others', async () => {
    const repository = await repositoryWith({});
    repository.branch('release');
    const onMain = await open(repository, 'ada', unsigned());
    repository.commit('to-release', unsigned('To release'));
    const onRelease = await repository.openPullRequest({ author: 'ada', head: 'to-release', base: 'release' });
    await stage.settled();
    await repository.push('main', [commitOf(ada, 'Warn', { files: { [policyPath]: 'dco: { mode: warn }\n' } })]);
    await stage.settled();
    expect(conclusions(onMain).DCO).toBe('NEUTRAL');
    expect(conclusions(onRelease).DCO).toBe('ACTION_REQUIRED');
  });

  test('the open pull requests when a file changes that the policy builds on, wherever it lies', async () => {
    const policy = 'extends: [rules/base.yml]\n';
    const repository = await repositoryWith({ [policyPath]: policy, 'rules/base.yml': 'dco: {}\n' });
    const pullRequest = await open(repository, 'ada', unsigned());
    await repository.push('main', [commitOf(ada, 'Warn', { files: { 'rules/base.yml': 'dco: { mode: warn }\n' } })]);
    await stage.settled();
    expect(conclusions(pullRequest).DCO).toBe('NEUTRAL');
    await repository.push('main', [commitOf(ada, 'Break', { files: { 'rules/base.yml': 'dco: { mod: warn }\n' } })]);
    await stage.settled();
    expect(conclusions(pullRequest).Policy).toBe('ACTION_REQUIRED');
    await repository.push('main', [commitOf(ada, 'Mend', { files: { 'rules/base.yml': 'dco: {}\n' } })]);
    await stage.settled();
    expect(conclusions(pullRequest)).toMatchObject({ Policy: 'SUCCESS', DCO: 'ACTION_REQUIRED' });
    stage.requests();
    await repository.push('main', [commitOf(ada, 'Other', { files: { 'deploy/app.yml': 'a: 1\n' } })]);
    await stage.settled();
    expect(stage.requests()).not.toHaveProperty('query PullRequest');
  });

  test('the organisation’s pull requests when its own policy changes', async () => {
    const shared = stage.simulator.repository('together/.github', { files: { [policyPath]: 'dco: {}\n' } });
    const repository = stage.simulator.repository('together/app');
    await stage.simulator.install('together');
    const pullRequest = await open(repository, 'ada', unsigned());
    expect(conclusions(pullRequest).DCO).toBe('ACTION_REQUIRED');
    await shared.push('main', [commitOf(ada, 'Warn', { files: { [policyPath]: 'dco: { mode: warn }\n' } })]);
    await stage.settled();
    expect(conclusions(pullRequest).DCO).toBe('NEUTRAL');
  });

  test('the open pull requests of a repository that the App is installed on later', async () => {
    repositories += 1;
    const owner = `org-${repositories}`;
    const repository = stage.simulator.repository(`${owner}/late`);
    repository.commit('early', unsigned());
    const pullRequest = await repository.openPullRequest({ author: 'ada', head: 'early' });
    await stage.settled();
    expect(conclusions(pullRequest)).toEqual({});
    const other = stage.simulator.repository(`${owner}/other`);
    const installation = await stage.simulator.install(owner, [other]);
    await installation.select('added', [repository]);
    await stage.settled();
    expect(conclusions(pullRequest)).toEqual({ Policy: 'SUCCESS', DCO: 'ACTION_REQUIRED', License: 'SUCCESS' });
  });

  test('an unchanged policy is not read anew for that: equal files are parsed once', async () => {
    const policy = 'dco: { mode: warn }\n# a text of its own\n';
    const repository = await repositoryWith({ [policyPath]: policy });
    const before = stage.service.worker?.policiesParsed();
    for (const subject of ['One', 'Two', 'Three']) await open(repository, 'ada', commitOf(ada, subject));
    expect((stage.service.worker?.policiesParsed() ?? 0) - Number(before)).toBe(1);
  });
});

test('A squash setting that drops sign-offs is pointed out', async () => {
  const repository = await repositoryWith({}, { merging: { squashMessage: 'BLANK' } });
  const pullRequest = await open(repository, 'ada', commitOf(ada, 'Signed'));
  expect(pullRequest.check('DCO')?.conclusion).toBe('SUCCESS');
  expect(pullRequest.check('DCO')?.text).toMatch(/squash/i);
});

test('Identities that .mailmap on the base branch joins are one person’s', async () => {
  const repository = await repositoryWith({ '.mailmap': `${ada.name} <${ada.email}> <old@example.org>\n` });
  const old = { name: ada.name, email: 'old@example.org' };
  const commit = { ...commitOf(ada, 'Signed by the other address'), author: old, committer: old };
  expect(conclusions(await open(repository, 'ada', commit)).DCO).toBe('SUCCESS');
});

describe('A rule that is to be enforced', () => {
  const policy = (day: string) => ({ [policyPath]: `dco: { mode: warn, enforceFrom: ${day} }\n` });

  test('from a day to come only warns, and says from when on it will not', async () => {
    const pullRequest = await open(await repositoryWith(policy('9999-12-31')), 'ada', unsigned());
    expect(conclusions(pullRequest)).toMatchObject({ Policy: 'SUCCESS', DCO: 'NEUTRAL' });
    expect(pullRequest.check('DCO')?.title).toContain('will be enforced from 9999-12-31');
    expect(pullRequest.check('DCO')?.summary).toContain('9999-12-31 (00:00 UTC)');
    expect(pullRequest.check('Policy')?.text).toContain('only warns before 9999-12-31');
  });

  test('from a day that has come is enforced', async () => {
    const pullRequest = await open(await repositoryWith(policy('2020-01-01')), 'ada', unsigned());
    expect(conclusions(pullRequest)).toMatchObject({ Policy: 'SUCCESS', DCO: 'ACTION_REQUIRED' });
  });
});

describe('A policy in the wrong place', () => {
  test('on the base branch is said by every pull request’s check of the policy', async () => {
    const repository = await repositoryWith({ 'countersign.yml': '', '.github/Countersign.yml': '' });
    const run = (await open(repository, 'ada', commitOf(ada, 'Change'))).check('Policy');
    expect(run?.conclusion).toBe('SUCCESS');
    expect(run?.text).toContain('`countersign.yml` is not read');
    expect(run?.text).toContain('`.github/Countersign.yml` is not read');
  });

  test('is said to whoever brings it, at the file, and no more once it is taken away', async () => {
    const repository = await repositoryWith({ '.policy.yml': '' });
    const files = { '.github/countersing.yml': 'version: 1\n' };
    const run = (await open(repository, 'ada', commitOf(ada, 'Bring a policy', { files }))).check('Policy');
    expect(run?.annotations).toMatchObject([{ path: '.github/countersing.yml', level: 'WARNING' }]);
    expect(run?.text).toContain('`.policy.yml` is not read here');

    const away = { '.policy.yml': null, [policyPath]: 'version: 1\n' };
    const mended = (await open(repository, 'ada', commitOf(ada, 'Mend it', { files: away }))).check('Policy');
    expect(mended?.text).not.toContain('.policy.yml');
  });
});
