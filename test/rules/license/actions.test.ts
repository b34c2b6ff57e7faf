// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import spdx from 'spdx-license-list/full.js';
import type { ActionLicense, Contribution, DependencyChange } from '../../../src/contribution/contribution.ts';
import { plain } from '../../../src/report/phrase.ts';
import { usesIn } from '../../../src/rules/license/actions/uses.ts';
import type { ActionPlace } from '../../../src/rules/rule.ts';
import { shaOf } from '../../helpers/contribution.ts';
import { fileOf, firstNeeds, judgeChange, lines, words } from './trees.ts';

const mit = spdx.MIT?.licenseText ?? '';
const busl = spdx['BUSL-1.1']?.licenseText ?? '';
const ci = '.github/workflows/ci.yml';
const sha = 'abc0'.repeat(10);

/** A package as GitHub's dependency review names it. */
const named = (name: string, version: string, more: Partial<DependencyChange> = {}): DependencyChange => ({
  change: 'added',
  manifest: ci,
  purl: `pkg:githubactions/${name}@${encodeURIComponent(version).replaceAll('*', '%2A')}`,
  name,
  version,
  license: null,
  ...more,
});
const review = (...changes: DependencyChange[]) => ({ dependencies: { read: true as const, changes } });
const licensed = (repository: string, ref: string, text: string, directory = ''): ActionLicense => {
  return { repository, ref, directory, files: [{ path: 'LICENSE', text }], why: null };
};
const workflow = (...uses: string[]) =>
  ['jobs:', '  build:', '    steps:', ...uses.map((one) => `      - uses: ${one}`), ''].join('\n');

describe('Of a workflow are read', () => {
  test.each<[string, string, string[]]>([
    ['actions by their tag', workflow('octo/tool@v2'), ['octo/tool  v2 4']],
    ['actions by their commit, and no comment', workflow(`octo/tool@${sha} # v2.1.0`), [`octo/tool  ${sha} 4`]],
    ['actions further down in a repository', workflow('octo/tools/lint/fast@main'), ['octo/tools lint/fast main 4']],
    [
      'reusable workflows',
      'jobs:\n  a:\n    uses: octo/.github/.github/workflows/a.yml@release/v1\n',
      ['octo/.github .github/workflows/a.yml release/v1 3'],
    ],
    ['what is quoted', `- "uses": 'octo/tool@v2'\n`, ['octo/tool  v2 1']],
    ['what is written in a flow', 'steps: [{uses: octo/a@v1}, {uses: octo/b@v2}]', ['octo/a  v1 1', 'octo/b  v2 1']],
    ['what stands below its key', '- uses:\n    octo/tool@v2\r\n', ['octo/tool  v2 2']],
    ['no actions of the repository itself', workflow('./.github/actions/tool'), []],
    ['no images', workflow('docker://ghcr.io/octo/tool@sha256:0123'), []],
    ['nothing without a version', workflow('octo/tool'), []],
    ['nothing that no tag is called', workflow('octo/tool@v2:LICENSE', 'octo/tool@é'), []],
    ['nothing under another key', 'reuses: octo/tool@v2\nuses-not: octo/tool@v2\n', []],
  ])('%s', (_, text, expected) => {
    const found = usesIn(text).map(({ repository, path, ref, line }) => `${repository} ${path} ${ref} ${line}`);
    expect(found).toEqual(expected);
  });

  test.each([
    ['a key without end', 'uses:'.repeat(100_000)],
    ['keys one after the other', '\nuses: '.repeat(80_000)],
    ['a name without end', `uses: octo/${'a/'.repeat(250_000)}`],
    ['names one after the other', '{uses:a/b/c'.repeat(45_000)],
    ['a version without end', `uses: octo/tool@${'v'.repeat(500_000)}`],
    ['blanks without end', `uses:${' '.repeat(500_000)}`],
  ])('half a megabyte in time, be it %s', (_, text) => {
    const start = performance.now();
    usesIn(text);
    expect(performance.now() - start).toBeLessThan(1500);
  });
});

describe('The rule asks for the licenses', () => {
  const asked = (facts: Partial<Contribution>, text: string | null, settings: unknown = {}): readonly ActionPlace[] => {
    const files = { files: [{ path: ci, change: 'added' as const }], totals: { commits: 1, files: 1 } };
    const contents = text === null ? [] : [{ commit: shaOf(1), path: ci, entry: fileOf(text) }];
    const needs = firstNeeds({ ...files, contents, ...facts }, settings);
    return needs.flatMap((need) => (need.fact === 'actions' ? need.actions : []));
  };
  const tool = { repository: 'octo/tool', ref: 'v2', directory: '' };

  test.each<[string, string, string, string]>([
    ['a version of one number', 'octo/tool@v2', '2.*.*', 'v2'],
    ['a version of two', 'octo/tool@v2.1', '2.1.*', 'v2.1'],
    ['a whole version', 'octo/tool@2.1.0', '2.1.0', '2.1.0'],
    ['a commit', `octo/tool@${sha}`, sha, sha],
    ['a branch', 'octo/tool@main', 'main', 'main'],
    ['a version that GitHub tells in another way', 'octo/tool@stable-2', '', 'stable-2'],
  ])('of an action at %s', (_, use, version, ref) => {
    const text = workflow('octo/other@v1', use);
    expect(asked(review(named('octo/tool', version)), text)).toEqual([{ ...tool, ref }]);
  });

  test('at the version that comes in, not at others that the file has', () => {
    const text = workflow('octo/tool@v1', 'octo/tool@v2', 'octo/tool@v3');
    expect(asked(review(named('octo/tool', '2.*.*')), text)).toEqual([tool]);
  });

  test('beside the action, and at the root for a reusable workflow', () => {
    const text = workflow('Octo/Tool/Sub@v2', 'octo/tool/.github/workflows/a.yml@v2');
    const changes = [named('Octo/Tool/Sub', '2.*.*'), named('octo/tool/.github/workflows/a.yml', '2.*.*')];
    expect(asked(review(...changes), text)).toEqual([{ ...tool, directory: 'Sub' }, tool]);
  });

  test('in each directory that the file means, where they differ in letter case alone', () => {
    const text = workflow('octo/tool/Sub@v2', 'octo/tool/sub@v2');
    const [one, other] = asked(review(named('octo/tool/Sub', '2.*.*')), text);
    expect([one?.directory, other?.directory]).toEqual(['Sub', 'sub']);
  });

  test('once for each, however many workflows use it', () => {
    const changes = [named('octo/tool', '2.*.*'), named('octo/tool', '2.*.*')];
    expect(asked(review(...changes), workflow('octo/tool@v2'))).toEqual([tool]);
  });

  test('of a commit that only GitHub tells', () => {
    const changes = [named('octo/tool', sha, { manifest: 'elsewhere.yml' })];
    expect(asked(review(...changes), workflow())).toEqual([{ ...tool, ref: sha }]);
  });

  test.each<[string, Partial<Contribution>, string | null]>([
    ['before it is known what comes in', {}, workflow('octo/tool@v2')],
    ['before the file is read that uses it', review(named('octo/tool', '2.*.*')), null],
    ['before the file is read, though GitHub tells the commit', review(named('octo/tool', sha)), null],
    ['where GitHub names one', review(named('octo/tool', '2.*.*', { license: 'MIT' })), workflow('octo/tool@v2')],
    ['of actions that go', review(named('octo/tool', '2.*.*', { change: 'removed' })), workflow('octo/tool@v2')],
    ['of other packages', review(named('x', '1', { purl: 'pkg:npm/octo/tool@1' })), workflow('octo/tool@v2')],
    [
      'that are known',
      { ...review(named('octo/tool', '2.*.*')), actions: [licensed('octo/tool', 'v2', mit)] },
      workflow('octo/tool@v2'),
    ],
  ])('not %s', (_, facts, text) => {
    expect(asked(facts, text)).toEqual([]);
  });

  test('by the whole of the file, however long it is', () => {
    const needs = firstNeeds({ files: [{ path: ci, change: 'added' }], totals: { commits: 1, files: 1 } });
    const lookups = needs.flatMap((need) => (need.fact === 'contents' ? need.lookups : []));
    expect(lookups).toContainEqual({ commit: shaOf(1), path: ci, whole: true });
  });

  test('of no more actions than anybody uses', () => {
    const all = Array.from({ length: 120 }, (_, index) => `octo/tool-${index}`);
    const text = workflow(...all.map((one) => `${one}@v2`));
    expect(asked(review(...all.map((one) => named(one, '2.*.*'))), text)).toHaveLength(100);
  });
});

describe('An action', () => {
  const text = workflow('octo/tool@v2');
  const change = named('octo/tool', '2.*.*');
  const judged = (actions: ActionLicense[], settings: unknown = {}, head: string = text) =>
    judgeChange({ base: { [ci]: workflow() }, head: { [ci]: head }, settings, facts: { ...review(change), actions } });
  const unread = (why: string): ActionLicense => {
    return { repository: 'octo/tool', ref: 'v2', directory: '', files: null, why };
  };

  test.each<[string, ActionLicense[], string[]]>([
    ['with an OSI-approved license is clean', [licensed('octo/tool', 'v2', mit)], ['ok clean']],
    ['with another is not acceptable', [licensed('octo/tool', 'v2', busl)], [`error not-acceptable ${ci}:4`]],
    [
      'with a license that somebody changed is unknown',
      [licensed('octo/tool', 'v2', `${mit}\nNot to be used on Sundays.`)],
      [`error action-unknown ${ci}:4`],
    ],
    [
      'with the license of another version is unknown',
      [licensed('octo/tool', 'v1', mit)],
      [`error action-unknown ${ci}:4`],
    ],
    [
      'with a license file that could not be read is unknown',
      [
        {
          ...licensed('octo/tool', 'v2', mit),
          files: [
            { path: 'LICENSE', text: mit },
            { path: 'COPYING', text: null },
          ],
        },
      ],
      [`error action-unknown ${ci}:4`],
    ],
    ['that nobody can look at is unknown', [unread('nobody may see it')], [`error action-unknown ${ci}:4`]],
    ['that nobody looked at is unknown', [], [`error action-unknown ${ci}:4`]],
  ])('%s', (_, actions, expected) => {
    expect(lines(judged(actions))).toEqual(expected);
  });

  test('without a license file is unknown, and what to do is said', () => {
    const verdict = judged([{ ...licensed('octo/tool', 'v2', ''), files: [] }]);
    expect(words(verdict)).toContain(
      'The action “octo/tool@v2” comes in. GitHub names no license for it, and its repository has no license file at that version.',
    );
    expect(words(verdict)).toContain('As a package it is “pkg:githubactions/octo/tool”.');
    expect(verdict.remedies.map((one) => plain(one.text))).toEqual([
      expect.stringMatching(/^Where the license of an action is unknown: .*pkg:githubactions\/OWNER\/\*/),
    ]);
  });

  test('says why it cannot be looked at', () => {
    expect(words(judged([unread('GitHub has no such repository')]))).toContain('and GitHub has no such repository.');
  });

  test('whose license GitHub does name is judged by that', () => {
    const facts = review({ ...change, license: 'BUSL-1.1' });
    const verdict = judgeChange({ base: { [ci]: '' }, head: { [ci]: text }, facts });
    expect(lines(verdict)).toEqual([`error not-acceptable ${ci}`]);
  });

  test('at a version that its file does not tell is unknown', () => {
    const verdict = judged([], {}, 'jobs: {}\n');
    expect(lines(verdict)).toEqual([`error action-unknown ${ci}`]);
    expect(words(verdict)).toContain('cannot be told from this file');
  });

  test.each([
    'pkg:githubactions/octo/tool',
    'pkg:githubactions/Octo/Tool@v2',
    'pkg:githubactions/octo/tool@2.*.*',
    'pkg:githubactions/octo/*',
  ])('is accepted by an exception for %s', (purl) => {
    const exceptions = [{ purl, reason: 'Ours', approvedBy: 'ada' }];
    expect(lines(judged([unread('nobody may see it')], { exceptions }))).toEqual([`note excepted ${ci}:4`]);
    expect(lines(judged([], { exceptions }, 'jobs: {}\n'))).toEqual(
      purl.endsWith('@v2') ? [`error action-unknown ${ci}`] : [`note excepted ${ci}`],
    );
  });

  test('at a version that only begins as the one that is accepted is not', () => {
    const exceptions = [{ purl: 'pkg:githubactions/octo/tool@v2', reason: 'Ours', approvedBy: 'ada' }];
    const facts = review(named('octo/tool', 'v2#other'));
    const head = { [ci]: workflow('octo/tool@v2#other') };
    expect(judgeChange({ base: { [ci]: '' }, head, settings: { exceptions }, facts }).outcome).toBe('fail');
  });

  test('used twice at one version is one finding, where it first stands', () => {
    expect(lines(judged([], {}, workflow('octo/tool@v2', 'octo/tool@v2')))).toEqual([`error action-unknown ${ci}:4`]);
  });

  test.each([
    'pkg:githubactions/octo/tool@v1',
    'pkg:githubactions/octo/too',
    'pkg:githubactions/oct/*',
    'pkg:github/octo/tool',
  ])('is not accepted by one for %s', (purl) => {
    const exceptions = [{ purl, reason: 'Ours', approvedBy: 'ada' }];
    expect(judged([unread('nobody may see it')], { exceptions }).outcome).toBe('fail');
  });

  test('is shown and blocks nothing where unknown licenses do not', () => {
    expect(judged([], { unknown: 'warn' }).outcome).toBe('pass');
  });
});
