// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import spdx from 'spdx-license-list/full.js';
import type { RepositoryHandle } from '../simulator/handles/repository.ts';
import { ada, commitOf, conclusions, type Stage, startStage } from './stage.ts';

const agpl = readFileSync(new URL('../../LICENSES/AGPL-3.0-or-later.txt', import.meta.url), 'utf8');
const tag = (expression: string) => `SPDX-License-${'Identifier'}: ${expression}`;
const policyPath = '.github/countersign.yml';
const only = 'dco: { mode: off }\n';

let stage: Stage;
let repositories = 0;

beforeAll(async () => {
  stage = await startStage();
  stage.simulator.user('ada', { emails: [ada.email] });
  stage.simulator.organization('octo');
  await stage.simulator.install('octo');
  await stage.settled();
});
afterEach(() => {
  expect(stage.simulator.violations.list).toEqual([]);
});
afterAll(() => stage.close());

function repositoryWith(files: Record<string, string>, policy = only): RepositoryHandle {
  repositories += 1;
  return stage.simulator.repository(`octo/license-${repositories}`, {
    files: { LICENSE: agpl, [policyPath]: policy, ...files },
  });
}

type Files = NonNullable<Parameters<RepositoryHandle['commit']>[1]['files']>;

async function open(repository: RepositoryHandle, files: Files) {
  const head = `branch-${repository.state.pullRequests.size + 1}`;
  repository.commit(head, { ...commitOf(ada, 'Change'), files });
  stage.requests();
  const pullRequest = await repository.openPullRequest({ author: 'ada', head });
  await stage.settled();
  return pullRequest;
}

describe('The License check', () => {
  test('says in one line that a clean pull request is clean', async () => {
    const repository = repositoryWith({});
    const pullRequest = await open(repository, { 'src/one.ts': `// ${tag('AGPL-3.0-or-later')}\n` });
    expect(conclusions(pullRequest)).toEqual({ Policy: 'SUCCESS', License: 'SUCCESS' });
    expect(pullRequest.check('License')?.title).toBe('All licenses are in order');
    expect(pullRequest.check('License')?.annotations).toEqual([]);
  });

  test('annotates a header that is not OSI-approved, at its line, with the policy key that decides', async () => {
    const pullRequest = await open(repositoryWith({}), { 'run.py': `#!/usr/bin/python3\n# ${tag('JSON')}\n` });
    const run = pullRequest.check('License');
    expect(run?.conclusion).toBe('ACTION_REQUIRED');
    expect(run?.annotations).toMatchObject([{ path: 'run.py', startLine: 2, level: 'FAILURE' }]);
    expect(run?.annotations[0]?.message).toContain('license.require');
  });

  test('raises the alarm where the license file changes, and where it is renamed away', async () => {
    const repository = repositoryWith({});
    const changed = await open(repository, { LICENSE: agpl.replaceAll('freedom', 'duty') });
    expect(changed.check('License')?.text).toContain('Relicensing alarm');
    const renamed = await open(repository, { LICENSE: null, 'docs/old.txt': agpl });
    expect(renamed.check('License')?.text).toContain('this license file is removed');
  });

  test('suggests the exact header for a new file where the policy requires one', async () => {
    const policy = `${only}license: { headersFor: new, outbound: Apache-2.0 }\n`;
    const pullRequest = await open(repositoryWith({}, policy), { 'src/one.ts': 'export const one = 1;\n' });
    const [annotation] = pullRequest.check('License')?.annotations ?? [];
    expect(annotation).toMatchObject({ path: 'src/one.ts', startLine: 1 });
    expect(annotation?.rawDetails).toContain(`// ${tag('Apache-2.0')}`);
    expect(pullRequest.check('License')?.text).toContain('```suggestion');
  });

  test('judges the head of a long branch by the merge base, not by where the base branch is now', async () => {
    const repository = repositoryWith({ 'a.ts': `// ${tag('MIT')}\n` });
    repository.branch('topic');
    repository.commit('main', { ...commitOf(ada, 'Relicense'), files: { 'a.ts': `// ${tag('ISC')}\n` } });
    repository.commit('topic', { ...commitOf(ada, 'Change'), files: { 'a.ts': `// ${tag('MIT')}\nlet a;\n` } });
    const pullRequest = await repository.openPullRequest({ author: 'ada', head: 'topic' });
    await stage.settled();
    expect(pullRequest.check('License')?.conclusion).toBe('SUCCESS');
  });
});

describe('Dependencies', () => {
  const lock = JSON.stringify({
    lockfileVersion: 3,
    packages: {
      '': {},
      'node_modules/left': { version: '1.0.0', resolved: 'https://registry.npmjs.org/left/-/left-1.0.0.tgz' },
    },
  });

  test('that GitHub does not know the license of are unknown, never a pass', async () => {
    const repository = repositoryWith({});
    repository.state.dependencyReview = [
      { manifest: 'package-lock.json', purl: 'pkg:npm/left@1.0.0', license: null },
      { manifest: 'package-lock.json', purl: 'pkg:npm/right@1.0.0', license: 'MIT' },
    ];
    const run = (await open(repository, { 'package-lock.json': lock })).check('License');
    expect(run?.conclusion).toBe('ACTION_REQUIRED');
    expect(run?.annotations.map(({ message }) => message)).toEqual([expect.stringContaining('left')]);
  });

  test.each([
    ['warn', 'SUCCESS'],
    ['fail', 'ACTION_REQUIRED'],
  ])('that nobody judged are told of, and the policy decides (%s)', async (notJudged, conclusion) => {
    const repository = repositoryWith({}, `${only}license: { dependencies: { notJudged: ${notJudged} } }\n`);
    const run = (await open(repository, { 'package-lock.json': lock })).check('License');
    expect(run?.conclusion).toBe(conclusion);
    expect(run?.text).toContain('dependencies were not judged');
  });

  test('that an exception names by its purl are accepted', async () => {
    const exception = '{ purl: "pkg:npm/left", reason: Ours, approvedBy: ada }';
    const repository = repositoryWith({}, `${only}license: { exceptions: [${exception}] }\n`);
    repository.state.dependencyReview = [{ manifest: 'package-lock.json', purl: 'pkg:npm/left@1.0.0', license: null }];
    expect((await open(repository, { 'package-lock.json': lock })).check('License')?.conclusion).toBe('SUCCESS');
  });
});

describe('A pull request that bumps an action', () => {
  const ci = '.github/workflows/ci.yml';
  const mit = (spdx.MIT?.licenseText ?? '').replace('<year> <copyright holders>', '2026 Example Authors');
  const busl = spdx['BUSL-1.1']?.licenseText ?? '';
  const uses = (...actions: string[]) =>
    ['on: push', 'jobs:', '  build:', '    steps:', ...actions.map((one) => `      - uses: ${one}`), ''].join('\n');
  let actions = 0;

  /** A repository with an action, and a tag of each version with these files. */
  function actionWith(versions: Record<string, Files>, options: { isPrivate?: boolean } = {}): RepositoryHandle {
    actions += 1;
    const handle = stage.simulator.repository(`elsewhere/action-${actions}`, options);
    for (const [tag, files] of Object.entries(versions)) {
      const [sha = ''] = handle.commit('main', { message: tag, files: { 'action.yml': `name: ${tag}\n`, ...files } });
      handle.state.git.setRef(`refs/tags/${tag}`, sha);
    }
    return handle;
  }

  async function bump(from: readonly string[], to: readonly string[], policy = only) {
    const repository = repositoryWith({ [ci]: uses(...from) }, policy);
    repository.state.dependencyReview = [];
    return open(repository, { [ci]: uses(...to) });
  }

  test('to a version under the MIT License passes, for two requests more', async () => {
    const { fullName: action } = actionWith({ v4: { LICENSE: mit }, v5: {} });
    const pullRequest = await bump([`${action}@v4`], [`${action}@v5`]);
    const asked = stage.requests();
    expect(pullRequest.check('License')).toMatchObject({ conclusion: 'SUCCESS', title: 'All licenses are in order' });
    expect(asked).toMatchObject({ 'query Actions': 1, 'query ActionLicenses': 1 });
  });

  test('by their commits, parts of one repository and reusable workflows, passes as well', async () => {
    const action = actionWith({ v4: { LICENSE: mit, 'init/action.yml': 'name: init\n' } });
    const sha = action.tip('main');
    const after = [
      `${action.fullName}/init@${sha} # v4.0.0`,
      `${action.fullName}/.github/workflows/build.yml@main`,
      './.github/actions/own',
      'docker://alpine:3',
    ];
    const pullRequest = await bump([], after);
    expect(pullRequest.check('License')?.conclusion).toBe('SUCCESS');
  });

  test('whose repository has no license file fails, at its line, and says what to do', async () => {
    const { fullName: action } = actionWith({ v1: {}, v2: {} });
    const run = (await bump([`${action}@v1`], [`${action}@v2`])).check('License');
    expect(run?.conclusion).toBe('ACTION_REQUIRED');
    expect(run?.annotations).toMatchObject([{ path: ci, startLine: 5, level: 'FAILURE' }]);
    expect(run?.annotations[0]?.message).toContain('its repository has no license file at that version');
    expect(run?.annotations[0]?.message).toContain(`pkg:githubactions/${action}`);
    expect(run?.summary).toContain('Where the license of an action is unknown');
  });

  test('to a version under another license fails, though the one before was under a good one', async () => {
    const { fullName: action } = actionWith({ v1: { LICENSE: mit }, v2: { LICENSE: busl }, v3: { LICENSE: mit } });
    const run = (await bump([`${action}@v1`], [`${action}@v2`])).check('License');
    expect(run?.conclusion).toBe('ACTION_REQUIRED');
    expect(run?.annotations[0]?.message).toContain('BUSL-1.1');
    expect(run?.annotations[0]?.message).toContain('license.require');
  });

  test.each([
    ['is private', { isPrivate: true }],
    ['is on another GitHub', null],
  ])('whose repository %s fails, unless an exception names its owner', async (_, options) => {
    const action = options === null ? 'far-away/tool' : actionWith({ v1: { LICENSE: mit } }, options).fullName;
    const failing = await bump([], [`${action}@v1`]);
    expect(failing.check('License')?.conclusion).toBe('ACTION_REQUIRED');
    const owner = action.split('/')[0];
    const exception = `{ purl: "pkg:githubactions/${owner}/*", reason: Trusted, approvedBy: ada }`;
    const passing = await bump([], [`${action}@v1`], `${only}license: { exceptions: [${exception}] }\n`);
    expect(passing.check('License')?.conclusion).toBe('SUCCESS');
  });
});

describe('Code from elsewhere', () => {
  test('needs a license in the nearest directory above that has one, and it is judged', async () => {
    const repository = repositoryWith({ 'vendor/known/LICENSE': agpl });
    const pullRequest = await open(repository, {
      'vendor/known/src/main.c': 'int main;\n',
      'vendor/bare/src/main.c': 'int main;\n',
    });
    const findings = pullRequest.check('License')?.annotations ?? [];
    expect(findings.map(({ path }) => path)).toEqual(['vendor/bare']);
  });

  test('that is a submodule on the same GitHub is judged by its license, elsewhere it is unknown', async () => {
    const { world, url } = stage.simulator;
    const widget = stage.simulator.repository('elsewhere/widget', { files: { LICENSE: agpl } });
    const sha = widget.tip();
    const modules = (address: string) => `[submodule "w"]\n\tpath = ext/w\n\turl = ${address}\n`;
    expect(world.origin).toBe(url);
    const repository = repositoryWith({});
    const far = await open(repository, {
      '.gitmodules': modules('https://git.example.org/w.git'),
      'ext/w': { submodule: sha },
    });
    expect(far.check('License')?.conclusion).toBe('ACTION_REQUIRED');
    const near = await open(repository, {
      '.gitmodules': modules(`${url}/elsewhere/widget.git`),
      'ext/w': { submodule: sha },
    });
    expect(near.check('License')?.conclusion).toBe('SUCCESS');
  });
});

describe('The License check costs', () => {
  const sources = Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [
      `src/part-${index % 4}/file-${index}.ts`,
      `// ${tag('MIT')}\nlet a = 1;\n`,
    ]),
  );
  const edited = Object.fromEntries(Object.entries(sources).map(([path, text]) => [path, `${text}let b = 2;\n`]));

  test.each([
    ['adds', {}, sources],
    ['changes', sources, edited],
  ])('one request more for a pull request that %s 20 source files', async (_, before, after) => {
    const off = repositoryWith(before, 'license: { mode: off }\n');
    await open(off, after);
    const without = Object.values(stage.requests()).reduce((sum, count) => sum + count, 0);
    const on = repositoryWith(before, 'version: 1\n');
    await open(on, after);
    const counts = stage.requests();
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(without + 1);
    expect(counts['query Contents']).toBe(1);
  });

  test('further pages of files and batches of contents where there are more', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 230 }, (_, index) => [`src/${index}.ts`, `// ${tag('MIT')}\n`]),
    );
    const run = (await open(repositoryWith({}), many)).check('License');
    expect(run?.conclusion).toBe('SUCCESS');
    expect(stage.requests()).toMatchObject({ 'query MoreFiles': 3, 'query Contents': 5 });
  });

  test('nothing but an incomplete verdict where GitHub leaves files out', async () => {
    stage.simulator.quirks.fileLimit = 1;
    const run = (await open(repositoryWith({}), { 'a.ts': '', 'b.ts': '' })).check('License');
    stage.simulator.quirks.fileLimit = Number.POSITIVE_INFINITY;
    expect(run?.conclusion).toBe('FAILURE');
    expect(run?.summary).toContain('changed files');
  });
});
