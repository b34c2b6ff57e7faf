// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { fallbacksOf } from '../../src/policy/cache.ts';
import type { PolicyFile, PolicyResolution } from '../../src/policy/policy.ts';
import { loadPresets } from '../../src/policy/presets.ts';
import { resolvePolicy, resolvePolicyFile } from '../../src/policy/resolve.ts';
import { listed, policyFile, sharedFile } from './help.ts';

const presets = loadPresets();
const yaml = { path: '.github/countersign.yaml' };
const dcoApp = { path: '.github/dco.yml' };

function resolve(repository: PolicyFile[], organisation: PolicyFile[] = [], fallback = 'default') {
  return resolvePolicy({ repository, organisation }, fallbacksOf(presets, fallback));
}

/** Where the policy came from, the most specific first. */
function sources(resolution: PolicyResolution | null): string[] {
  const all = resolution?.policy?.sources ?? [];
  return all.map(({ repository, path }) => (repository === null ? path : `${repository}/${path}`));
}

const named = (name: string) => `dco: {name: ${name}}\n`;

describe('the first file found is the policy', () => {
  const own = policyFile(named('own'));
  const shared = sharedFile(named('shared'));
  const ownDcoApp = policyFile('require: {members: false}', dcoApp);
  const sharedDcoApp = sharedFile('allowRemediationCommits: {individual: true}', dcoApp);
  const ownPath = 'example/project/.github';
  const sharedPath = 'example/.github/.github';

  const cases: [string, PolicyFile[], PolicyFile[], string, string[]][] = [
    ['the repository’s', [own], [shared], 'default', [`${ownPath}/countersign.yml`]],
    [
      'the repository’s, by its longer name',
      [policyFile('', yaml)],
      [shared],
      'default',
      [`${ownPath}/countersign.yaml`],
    ],
    ['the repository’s, whatever the DCO App’s says', [own, ownDcoApp], [], 'default', [`${ownPath}/countersign.yml`]],
    ['else the organisation’s', [], [shared], 'default', [`${sharedPath}/countersign.yml`]],
    ['even where no preset is wanted', [], [shared], 'none', [`${sharedPath}/countersign.yml`]],
    ['else the preset', [], [], 'default', ['default']],
    ['else the preset, whichever was chosen', [], [], 'dco-only', ['dco-only']],
    ['the DCO App’s, over the preset', [ownDcoApp], [], 'default', [`${ownPath}/dco.yml`, 'default']],
    [
      'the DCO App’s, over DCO alone if no preset is wanted',
      [ownDcoApp],
      [],
      'none',
      [`${ownPath}/dco.yml`, 'dco-only'],
    ],
    [
      'the DCO App’s, over the organisation’s',
      [ownDcoApp],
      [shared],
      'default',
      [`${ownPath}/dco.yml`, `${sharedPath}/countersign.yml`],
    ],
    ['the organisation’s for the DCO App', [], [sharedDcoApp], 'none', [`${sharedPath}/dco.yml`, 'dco-only']],
    [
      'the DCO App’s, over the organisation’s for the DCO App',
      [ownDcoApp],
      [sharedDcoApp],
      'default',
      [`${ownPath}/dco.yml`, `${sharedPath}/dco.yml`, 'default'],
    ],
  ];

  test.each(cases)('%s', (_, repository, organisation, fallback, expected) => {
    expect(sources(resolve(repository, organisation, fallback))).toEqual(expected);
  });

  test('and where there is none and no preset is wanted, nothing holds', () => {
    expect(resolve([], [], 'none')).toBeNull();
  });

  test('files are not merged', () => {
    const shared = sharedFile('dco: {noreply: reject}\n');
    expect(resolve([own], [shared])?.policy?.rules.dco).toMatchObject({ name: 'own', noreply: 'accept' });
  });

  test('but the DCO App’s keys are laid over what is under them', () => {
    const resolution = resolve([ownDcoApp], [shared]);
    expect(resolution?.policy?.rules.dco).toMatchObject({ name: 'shared', require: { members: false } });
  });

  test('the name of the policy’s own check is read', () => {
    expect(resolve([policyFile('policy: {name: Gate}')])?.policy?.checkName).toBe('Gate');
  });
});

describe('a broken file never falls through to the next place', () => {
  const broken = 'dco: {mode: maybe}\n';
  const cases: [string, PolicyFile[], PolicyFile[], string[]][] = [
    ['the repository’s', [policyFile(broken)], [sharedFile('')], ['1:13 policy.invalid']],
    ['the organisation’s', [], [sharedFile(broken)], ['1:13 policy.invalid']],
    [
      'the organisation’s, under the DCO App’s',
      [policyFile('', dcoApp)],
      [sharedFile(broken)],
      ['1:13 policy.invalid'],
    ],
    ['the DCO App’s', [policyFile('require: 1', dcoApp)], [], ['1:10 policy.invalid']],
    ['both names at once', [policyFile(''), policyFile('', yaml)], [], ['1:1 policy.two-files']],
    ['both names at once, at the organisation', [], [sharedFile(''), sharedFile('', yaml)], ['1:1 policy.two-files']],
    ['a binary file', [policyFile(null)], [], ['1:1 policy.unreadable']],
    ['a file too large to be read', [policyFile(null, { size: 70_000 })], [], ['1:1 policy.too-large']],
    ['a binary file of the DCO App', [policyFile(null, dcoApp)], [], ['1:1 policy.unreadable']],
  ];

  test.each(cases)('%s', (_, repository, organisation, expected) => {
    const resolution = resolve(repository, organisation);
    expect(resolution?.policy).toBeNull();
    expect(listed(resolution?.problems ?? []).map((problem) => problem.split(' ', 2).join(' '))).toEqual(expected);
  });

  test('both names at once are both named', () => {
    const resolution = resolve([policyFile(''), policyFile('', yaml)]);
    expect(listed(resolution?.problems ?? [])).toEqual([
      '1:1 policy.two-files There is both `.github/countersign.yml` and `.github/countersign.yaml`. Keep one of them and delete the other.',
    ]);
    expect(resolution?.problems[0]?.source.path).toBe('.github/countersign.yaml');
  });

  test('its check runs keep the names of the policy under a broken file of the DCO App', () => {
    const resolution = resolve([policyFile('require: 1', dcoApp)], [sharedFile(named('shared'))]);
    expect(resolution).toMatchObject({ policy: null, salvaged: { rules: { dco: { name: 'shared' } } } });
  });
});

test('warnings of the DCO App’s file come along with the policy', () => {
  const resolution = resolve([policyFile('extra: 1', dcoApp)]);
  expect(resolution?.policy).not.toBeNull();
  expect(resolution?.problems).toMatchObject([{ severity: 'warning', source: { path: '.github/dco.yml' } }]);
});

describe('a file given by hand', () => {
  const given = (path: string, text: string) => policyFile(text, { repository: null, path, ref: null });

  test('is a policy, whatever its name', () => {
    const resolution = resolvePolicyFile(given('strict.yml', named('Mine')), fallbacksOf(presets, 'default'));
    expect(resolution.policy?.rules.dco.name).toBe('Mine');
    expect(sources(resolution)).toEqual(['strict.yml']);
  });

  test('is the DCO App’s where it is named so', () => {
    const resolution = resolvePolicyFile(given('x/dco.yml', 'require: {members: false}'), fallbacksOf(presets, 'none'));
    expect(resolution.policy?.rules.dco.require.members).toBe(false);
    expect(sources(resolution)).toEqual(['x/dco.yml', 'dco-only']);
  });
});
