// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import type { Contribution, UpstreamAnswer } from '../../../src/contribution/contribution.ts';
import { plain } from '../../../src/report/phrase.ts';
import { carriedGaps, carriedIn, carriedNeeds } from '../../../src/rules/upstream/carried.ts';
import { upstreamSettings } from '../../../src/rules/upstream/settings.ts';
import { commitBy, contributionOf, shaOf } from '../../helpers/contribution.ts';
import { patchWith } from './world.ts';

const sha = shaOf(99);
const remotes = { default: { repo: 'example-org/up', branch: 'main' } };
const commitUrl = `https://github.com/example-org/up/commit/${sha}`;
const pullUrl = 'https://github.com/example-org/up/pull/7';
const head = shaOf(0);

const contained = (answer: 'yes' | 'no' | 'unknown'): UpstreamAnswer => ({
  ask: 'contained',
  repository: 'example-org/up',
  branch: 'main',
  commit: sha,
  answer,
  why: null,
});
const pull = (answer: 'open' | 'merged' | 'closed'): UpstreamAnswer => ({
  ask: 'pull-request',
  repository: 'example-org/up',
  number: 7,
  answer,
  why: null,
  mergeCommit: null,
  base: 'main',
  release: null,
});

/** A tree with one patch that says this, and what GitHub answered. */
function tree(status: string, answers: UpstreamAnswer[], more: Partial<Contribution> = {}): Contribution {
  const text = patchWith(`Upstream-Status: ${status}`);
  const entry = { kind: 'file', oid: 'a', size: 1, mode: 'regular', binary: false, text, truncated: false } as const;
  return contributionOf([], {
    files: [{ path: 'a.patch', change: 'added' }],
    totals: { commits: 0, files: 1 },
    mergeBase: null,
    contents: [{ commit: head, path: 'a.patch', entry }],
    upstream: { answers, carried: [], dates: [{ path: 'a.patch', line: 4, date: '2026-01-01' }] },
    judgedOn: '2026-11-22',
    ...more,
  });
}

const yocto = upstreamSettings.parse({ preset: 'yocto', remotes, stale: { pending: '90d' } });

describe('A patch', () => {
  test.each<[string, string, UpstreamAnswer[], string | null]>([
    ['that upstream contains can be dropped', `Backport [${commitUrl}]`, [contained('yes')], 'drop'],
    ['that was merged meanwhile can be dropped', `Submitted [${pullUrl}]`, [pull('merged')], 'drop'],
    ['that was closed is refused', `Submitted [${pullUrl}]`, [pull('closed')], 'refused'],
    ['that claims a commit of a fork is wrong', `Backport [${commitUrl}]`, [contained('no')], 'wrong'],
    ['that nobody could verify is left alone', `Backport [${commitUrl}]`, [contained('unknown')], null],
    ['that is still open is left alone', `Submitted [${pullUrl}]`, [pull('open')], null],
    ['that was refused and says so is left alone', `Denied [${pullUrl}]`, [pull('closed')], null],
    ['that has waited too long is stale', 'Pending [soon]', [], 'stale'],
  ])('%s', (_, status, answers, advice) => {
    expect(carriedIn(tree(status, answers), yocto)).toMatchObject([{ kind: 'patch', path: 'a.patch', advice }]);
  });

  test('is as old as its line', () => {
    expect(carriedIn(tree('Pending [soon]', []), yocto)).toMatchObject([{ since: '2026-01-01', days: 325 }]);
  });
});

describe('A fork', () => {
  const settings = upstreamSettings.parse({ preset: 'openshift', commits: 'fork', remotes });
  const ada = 'Ada Example <ada@example.org>';

  test('asks for its own commits before anything else', () => {
    expect(carriedNeeds(tree('Denied [no]', []), settings)).toEqual([
      { fact: 'fork-commits', head, repository: 'example-org/up', branch: 'main' },
    ]);
  });

  test('lists them by what they say, as old as they are', () => {
    const commits = [
      commitBy(ada, 'UPSTREAM: <carry>: Keep our logo', { authoredOn: '2026-11-20' }),
      commitBy(ada, 'Change it', { authoredOn: '2026-11-21' }),
    ];
    const own = [shaOf(1), shaOf(2)];
    const carried = [{ repository: 'example-org/up', branch: 'main', commits: own }];
    const facts = contributionOf(commits, {
      judgedOn: '2026-11-22',
      files: [],
      upstream: { answers: [], carried, dates: [] },
    });
    expect(carriedIn(facts, settings)).toMatchObject([
      { kind: 'commit', state: 'downstream-only', commit: { sha: own[0] }, days: 2 },
      { kind: 'commit', state: 'unknown', commit: { sha: own[1] }, days: 1 },
    ]);
    expect(carriedGaps(facts, settings)).toEqual([]);
  });

  test('says so where nobody knows them', () => {
    const carried = [{ repository: 'example-org/up', branch: 'main', commits: null }];
    const facts = tree('Denied [no]', [], { upstream: { answers: [], carried, dates: [] } });
    expect(carriedGaps(facts, settings).map((one) => plain(one))).toEqual([
      expect.stringContaining('no commit is listed'),
    ]);
  });

  test('does not drop what takes back a change of upstream’s', () => {
    const commits = [commitBy(ada, 'UPSTREAM: revert: 7: Mend it')];
    const carried = [{ repository: 'example-org/up', branch: 'main', commits: [shaOf(1)] }];
    const facts = contributionOf(commits, {
      judgedOn: '2026-11-22',
      files: [],
      upstream: { answers: [pull('merged')], carried, dates: [] },
    });
    expect(carriedIn(facts, settings)).toMatchObject([{ upstream: 'verified', advice: null }]);
  });
});

test('A submodule is listed with whether upstream has its commit', () => {
  const settings = upstreamSettings.parse({
    submodules: true,
    remotes: { 'ext/w': { repo: 'example-org/up', branch: 'main' } },
  });
  const modules = '[submodule "w"]\n\tpath = ext/w\n\turl = https://github.com/example-org/up\n';
  const file = {
    kind: 'file',
    oid: 'a',
    size: 1,
    mode: 'regular',
    binary: false,
    text: modules,
    truncated: false,
  } as const;
  const contents = [
    { commit: head, path: '.gitmodules', entry: file },
    { commit: head, path: 'ext/w', entry: { kind: 'submodule', sha, url: null } as const },
  ];
  const files = ['.gitmodules', 'ext/w'].map((path) => ({ path, change: 'added' as const }));
  const facts = tree('', [contained('no')], { files, totals: { commits: 0, files: 2 }, contents });
  expect(carriedIn(facts, settings)).toMatchObject([
    { kind: 'submodule', path: 'ext/w', state: 'pinned', advice: 'wrong' },
  ]);
});
