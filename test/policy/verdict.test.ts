// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { fallbacksOf } from '../../src/policy/cache.ts';
import type { PolicyFile, PolicyResolution } from '../../src/policy/policy.ts';
import { loadPresets } from '../../src/policy/presets.ts';
import { resolvePolicy } from '../../src/policy/resolve.ts';
import { policyCheckName, policyVerdict } from '../../src/policy/verdict.ts';
import type { Verdict } from '../../src/rules/verdict.ts';
import { plain, policyFile, sharedFile } from './help.ts';

const fallbacks = fallbacksOf(loadPresets(), 'default');

function resolved(repository: PolicyFile[], organisation: PolicyFile[] = []): PolicyResolution {
  const resolution = resolvePolicy({ repository, organisation }, fallbacks);
  if (resolution === null) throw new Error('There is always a preset here.');
  return resolution;
}

function findings({ findings: all }: Verdict): string[] {
  return all.map(({ level, code, text }) => `${level} ${code} ${plain(text)}`);
}

const good = resolved([policyFile('dco: {mode: warn}')]);
const bad = resolved([policyFile('dco:\n  mode: on\n  x: 1\n')]);
const proposedFile = (text: string) => policyFile(text, { ref: 'change' });
const goodProposal = { resolution: resolved([proposedFile('dco: {name: Sign-off, exempt: {paths: [docs/**]}}')]) };
const badProposal = { resolution: resolved([proposedFile('dco: 1')]) };

describe('a policy in force', () => {
  test('that is valid passes and names its file', () => {
    const verdict = policyVerdict(good, null);
    expect(verdict).toMatchObject({ rule: 'policy', outcome: 'pass', remedies: [] });
    expect(plain(verdict.title)).toBe('The policy is valid');
    expect(findings(verdict)).toEqual([
      'note policy.valid Policy from `.github/countersign.yml` on `main`.',
      'note policy.values `.github/countersign.yml` on `main` sets `dco.mode` to `warn` (line 1).',
    ]);
  });

  test.each([
    ['a preset', resolved([]), 'Policy from the preset `default`.'],
    [
      'the organisation’s file',
      resolved([], [sharedFile('')]),
      'Policy from `.github/countersign.yml` of `example/.github` on `main`.',
    ],
    [
      'files laid over one another',
      resolved([policyFile('', { path: '.github/dco.yml' })]),
      'Policy from `.github/dco.yml` on `main`, laid over the preset `default`.',
    ],
  ])('names %s', (_, resolution, text) => {
    expect(findings(policyVerdict(resolution, null))).toEqual([`note policy.valid ${text}`]);
  });

  test('passes with warnings at their places', () => {
    const verdict = policyVerdict(resolved([policyFile('x: 1', { path: '.github/dco.yml' })]), null);
    expect(verdict.outcome).toBe('pass');
    expect(plain(verdict.title)).toBe('The policy is valid, with 1 warning');
    expect(verdict.findings[1]).toMatchObject({
      level: 'warning',
      at: { path: '.github/dco.yml', line: 1, column: 1 },
    });
  });

  test('that is broken fails, with each error at its place and the command that checks it', () => {
    const verdict = policyVerdict(bad, null);
    expect(verdict.outcome).toBe('fail');
    expect(plain(verdict.title)).toBe('The policy has 2 errors');
    expect(verdict.findings.map(({ code, at }) => [code, at])).toEqual([
      ['policy.invalid', { path: '.github/countersign.yml', line: 2, column: 9, endLine: 2, endColumn: 11 }],
      ['policy.unknown-key', { path: '.github/countersign.yml', line: 3, column: 3, endLine: 3, endColumn: 4 }],
    ]);
    expect(verdict.remedies.map(({ text, commands }) => [plain(text), commands])).toEqual([
      [
        'A maintainer: mend `.github/countersign.yml` on `main`. To see what is left to mend, run this where the file is:',
        ['countersign policy validate .github/countersign.yml'],
      ],
    ]);
  });

  test('that is broken at the organisation has no place here, so its place is told in words', () => {
    const verdict = policyVerdict(resolved([], [sharedFile('dco: 1')]), null);
    expect(verdict.findings[0]?.at).toBeNull();
    expect(findings(verdict)[0]).toContain(
      '`.github/countersign.yml` of `example/.github` on `main`, line 1, column 6: `dco` must be',
    );
    expect(plain(verdict.remedies[0]?.text ?? [])).toContain(
      'mend `.github/countersign.yml` of `example/.github` on `main`',
    );
  });

  test('that is broken in the organisation’s own `.github` repository has its place there', () => {
    const verdict = policyVerdict(resolved([sharedFile('dco: 1')]), null, 'Example/.github');
    expect(verdict.findings[0]?.at).toMatchObject({ line: 1, column: 6 });
  });

  test('of two files is mended by deleting one', () => {
    const two = resolved([policyFile(''), policyFile('', { path: '.github/countersign.yaml' })]);
    expect(policyVerdict(two, null).remedies).toEqual([{ text: ['Delete one of the two policy files.'] }]);
  });
});

describe('a pull request that changes the policy', () => {
  const judgedByTheOld =
    'note policy.in-force This pull request changes the policy. It is judged by the one now in force, `.github/countersign.yml` on `main`; the change counts once it is merged.';

  test('passes where both are valid, and shows what would change', () => {
    const verdict = policyVerdict(good, goodProposal);
    expect(verdict.outcome).toBe('pass');
    expect(plain(verdict.title)).toBe('The policy is valid, and so is the change to it, which weakens 1 setting');
    expect(findings(verdict)).toEqual([
      judgedByTheOld,
      'warning policy.weakens Weakens: `dco.exempt.paths` becomes `["docs/**"]`; it is `[]` now.',
      'note policy.change `dco.mode` becomes `enforce`; it is `warn` now.',
      'note policy.change `dco.name` becomes `Sign-off`; it is `DCO` now.',
    ]);
  });

  test.each([
    ['roles: [maintain]', 'roles: [maintain], checks: {dco: {roles: [write]}}', 'weakens', '`["write"]`; it is `null`'],
    ['checks: {dco: {roles: [admin]}}', '', 'weakens', '`null`; it is `["admin"]`'],
    ['', 'checks: {dco: {roles: [admin]}}', 'change', '`["admin"]`; it is `null`'],
  ])('compares what it says of a single check with what holds for all: %s, then %s', (before, after, code, words) => {
    const then = { resolution: resolved([proposedFile(`overrides: {${after}}`)]) };
    const found = findings(policyVerdict(resolved([policyFile(`overrides: {${before}}`)]), then));
    const start = code === 'weakens' ? 'warning policy.weakens Weakens: ' : 'note policy.change ';
    expect(found).toContain(`${start}\`overrides.checks.dco.roles\` becomes ${words} now.`);
  });

  test('says so where nothing would change', () => {
    const verdict = policyVerdict(good, { resolution: resolved([proposedFile('# why\ndco: {mode: warn}')]) });
    expect(findings(verdict)).toEqual([
      judgedByTheOld,
      'note policy.no-change The change leaves every setting as it is.',
    ]);
  });

  test('fails where it would break the policy, with the errors at their places', () => {
    const verdict = policyVerdict(good, badProposal);
    expect(verdict.outcome).toBe('fail');
    expect(plain(verdict.title)).toBe('The policy as this pull request changes it has 1 error');
    expect(verdict.findings[0]).toMatchObject({
      level: 'error',
      at: { path: '.github/countersign.yml', line: 1, column: 6 },
    });
    expect(findings(verdict)[1]).toBe(judgedByTheOld);
    expect(plain(verdict.remedies[0]?.text ?? [])).toMatch(/^Mend `\.github\/countersign\.yml` in this pull request\./);
  });

  test('passes where it mends a broken policy, with the warning that nothing else can be judged yet', () => {
    const verdict = policyVerdict(bad, goodProposal);
    expect(verdict.outcome).toBe('pass');
    expect(plain(verdict.title)).toBe('The policy is broken, and this pull request mends it');
    expect(findings(verdict)).toEqual([
      'warning policy.base-invalid The policy now in force, `.github/countersign.yml` on `main`, has 2 errors. The other checks cannot be judged until this pull request is merged.',
    ]);
  });

  test('fails where it leaves a broken policy broken', () => {
    const verdict = policyVerdict(bad, badProposal);
    expect(verdict.outcome).toBe('fail');
    expect(verdict.findings.map(({ level, code }) => `${level} ${code}`)).toEqual([
      'error policy.invalid',
      'error policy.base-invalid',
    ]);
  });
});

test('a pull request is not asked to mend the organisation’s file', () => {
  const dcoApp = policyFile('require: {members: false}', { path: '.github/dco.yml', ref: 'change' });
  const broken = resolved([dcoApp], [sharedFile('dco: 1')]);
  expect(plain(policyVerdict(broken, { resolution: broken }).remedies[0]?.text ?? [])).toMatch(
    /^A maintainer: mend `.github\/countersign.yml` of `example\/.github` on `main`\./,
  );
});

describe('the check run’s name', () => {
  test.each([
    ['of a valid policy', 'policy: {name: Gate}', 'Gate'],
    ['of a broken policy, as far as it can be read', 'policy: {name: Gate}\nx: 1', 'Gate'],
    ['by default', 'x: 1', 'Policy'],
  ])('%s', (_, text, name) => {
    expect(policyCheckName(resolved([policyFile(text)]))).toBe(name);
  });
});
