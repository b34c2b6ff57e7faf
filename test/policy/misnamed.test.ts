// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { fallbacksOf } from '../../src/policy/cache.ts';
import { misnamedPolicies, withMisnamed } from '../../src/policy/misnamed.ts';
import { loadPresets } from '../../src/policy/presets.ts';
import { resolvePolicy } from '../../src/policy/resolve.ts';
import { policyVerdict } from '../../src/policy/verdict.ts';
import { plain } from '../../src/report/phrase.ts';
import { policyFile, sharedFile } from './help.ts';

describe('a file is taken for a policy that nobody reads', () => {
  test.each([
    'countersign.yml',
    '.countersign.yml',
    '.countersign',
    'COUNTERSIGN.yaml',
    'countersing.yml',
    'counter-sign.yml',
    'countersign-policy.yaml',
    'countersign.json',
    '.github/.countersign.yml',
    '.github/Countersign.yml',
    '.github/countersgin.yml',
    '.github/countersign.toml',
    '.github/countersign.policy.yml',
    '.GitHub/countersign.yml',
  ])('for certain: %s', (path) => {
    expect(misnamedPolicies([path])).toEqual([{ path, wanted: '.github/countersign.yml', sure: true }]);
  });

  test.each([
    ['.policy.yml', '.github/countersign.yml'],
    ['policy.yaml', '.github/countersign.yml'],
    ['.github/policy.yml', '.github/countersign.yml'],
    ['dco.yml', '.github/dco.yml'],
    ['.dco.yml', '.github/dco.yml'],
    ['.github/dco.yaml', '.github/dco.yml'],
    ['.github/DCO.yml', '.github/dco.yml'],
  ])('perhaps: %s', (path, wanted) => {
    expect(misnamedPolicies([path])).toEqual([{ path, wanted, sure: false }]);
  });

  test.each([
    '.github/countersign.yml',
    '.github/countersign.yaml',
    '.github/dco.yml',
    '.github/workflows/countersign.yml',
    'docs/countersign.yml',
    'countersign',
    'countersign.ts',
    'countersign.md',
    'policy.json',
    'security-policy.yml',
    '.github/stale.yml',
    'a\ncountersign.yml',
    '',
    `.${'countersign'.repeat(1000)}.yml`,
  ])('but not: %j', (path) => {
    expect(misnamedPolicies([path])).toEqual([]);
  });

  test('five at most, those that are certain first', () => {
    const many = Array.from({ length: 9 }, (_, index) => `.policy.${index}.yml`);
    const found = misnamedPolicies([
      'policy.yml',
      ...many,
      '.policy.yml',
      ...['a', 'b', 'c', 'd'].map((end) => `countersign${end}.yml`),
    ]);
    expect(found.map(({ path }) => path)).toEqual([
      'countersigna.yml',
      'countersignb.yml',
      'countersignc.yml',
      'countersignd.yml',
      '.policy.yml',
    ]);
  });
});

describe('the check of the policy', () => {
  const fallbacks = fallbacksOf(loadPresets(), 'default');
  const none = { repository: [], organisation: [] };
  const misnamed = misnamedPolicies(['countersign.yml', '.policy.yml']);

  function said(files: Parameters<typeof resolvePolicy>[0]) {
    const resolution = resolvePolicy(files, fallbacks);
    if (resolution === null) throw new Error('No policy');
    const { outcome, findings } = withMisnamed(
      policyVerdict(resolution, null),
      misnamed,
      resolution,
      'example/project',
    );
    return [
      outcome,
      ...findings.filter(({ code }) => code === 'policy.misnamed').map(({ level, text }) => `${level}: ${plain(text)}`),
    ];
  }
  const sure =
    'warning: “countersign.yml” is not read: a policy has to be “.github/countersign.yml”, in these very letters. Rename it, or delete it.';
  const perhaps =
    'note: “.policy.yml” is not read here. If it is meant for Countersign, it has to be “.github/countersign.yml”.';

  test('names them and the right place where the repository has no policy of its own', () => {
    expect(said(none)).toEqual(['pass', sure, perhaps]);
    expect(said({ ...none, organisation: [sharedFile('version: 1')] })).toEqual(['pass', sure, perhaps]);
  });

  test('leaves other tools’ files alone where it has one, broken or not', () => {
    expect(said({ ...none, repository: [policyFile('version: 1')] })).toEqual(['pass', sure]);
    expect(said({ ...none, repository: [policyFile('version: 2')] })).toEqual(['fail', sure]);
  });
});
