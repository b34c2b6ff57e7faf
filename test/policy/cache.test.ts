// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { createPolicyResolver } from '../../src/policy/cache.ts';
import type { PolicyFile } from '../../src/policy/policy.ts';
import { loadPresets } from '../../src/policy/presets.ts';
import { policyFile, sharedFile } from './help.ts';

const presets = loadPresets();
const oid = 'a'.repeat(40);

function parsesFor(...files: PolicyFile[]): number {
  const resolver = createPolicyResolver(presets, 'default');
  for (const file of files) resolver.resolve({ repository: [file], organisation: [] });
  return resolver.parses;
}

test('an unchanged policy is parsed once', () => {
  expect(parsesFor(policyFile('dco: {}', { oid }), policyFile('dco: {}', { oid }))).toBe(1);
});

test('so is a broken one', () => {
  expect(parsesFor(policyFile('dco: 1', { oid }), policyFile('dco: 1', { oid }))).toBe(1);
});

test('an equal file in another repository is not parsed again, and each is told its own place', () => {
  const resolver = createPolicyResolver(presets, 'default');
  const inRepository = resolver.resolve({ repository: [policyFile('dco: 1', { oid })], organisation: [] });
  const inOrganisation = resolver.resolve({ repository: [], organisation: [sharedFile('dco: 1', { oid })] });
  expect(resolver.parses).toBe(1);
  expect(inRepository?.problems[0]?.source.repository).toBe('example/project');
  expect(inOrganisation?.problems[0]?.source.repository).toBe('example/.github');
});

test('a changed policy is parsed again', () => {
  expect(parsesFor(policyFile('dco: {}', { oid }), policyFile('dco: {mode: warn}', { oid: 'b'.repeat(40) }))).toBe(2);
});

test('the same text is parsed again as the other format', () => {
  expect(parsesFor(policyFile('', { oid }), policyFile('', { oid, path: '.github/dco.yml' }))).toBe(2);
});

test('a file without an object id is parsed each time', () => {
  expect(parsesFor(policyFile('dco: {}'), policyFile('dco: {}'))).toBe(2);
});

test('content that could not be read is not taken for the blob’s', () => {
  const resolver = createPolicyResolver(presets, 'default');
  const read = (text: string | null) => resolver.resolve({ repository: [policyFile(text, { oid })], organisation: [] });
  expect(read(null)?.policy).toBeNull();
  expect(read('dco: {}')?.policy).not.toBeNull();
});

test('a preset that does not exist is refused with those that do', () => {
  expect(() => createPolicyResolver(presets, 'strict')).toThrow(
    `There is no policy preset named "strict". Use one of: ${[...loadPresets().keys(), 'none'].join(', ')}.`,
  );
});

describe('files that make up a policy', () => {
  const floor = sharedFile('floor: {dco: {}}', { oid: 'f'.repeat(40) });
  const own = (repository: string, text = 'dco: {mode: warn}', of = oid) => policyFile(text, { repository, oid: of });

  test('are put together once, in whatever repositories the same ones lie', () => {
    const resolver = createPolicyResolver(presets, 'default');
    const resolutions = ['example/a', 'example/b'].map((repository) =>
      resolver.resolve({ repository: [own(repository)], organisation: [floor] }),
    );
    expect(resolver.compositions).toBe(1);
    expect(resolutions.map((one) => one?.problems[0]?.source.repository)).toEqual(['example/a', 'example/b']);
    expect(resolutions[0]?.policy?.rules).toEqual(resolutions[1]?.policy?.rules);
  });

  test('are put together anew where one of them is another, or the floor’s words are not for everybody', () => {
    const resolver = createPolicyResolver(presets, 'default');
    const other = own('example/a', 'dco: {name: Other}', 'b'.repeat(40));
    resolver.resolve({ repository: [own('example/a')], organisation: [floor] });
    resolver.resolve({ repository: [other], organisation: [floor] });
    resolver.resolve({ repository: [own('example/a')], organisation: [] });
    resolver.resolve({ repository: [own('example/a')], organisation: [{ ...floor, hidden: true }] });
    expect(resolver.compositions).toBe(4);
  });

  test('that are exempt from a floor are not mixed up with those that are not', () => {
    const resolver = createPolicyResolver(presets, 'default');
    const text = 'floor: {dco: {}, exemptRepositories: [{fork: true, reason: Toys, until: 2999-12-31}]}';
    const files = { repository: [own('example/a')], organisation: [sharedFile(text, { oid: 'e'.repeat(40) })] };
    const traits = { name: 'a', topics: [], visibility: 'public', archived: false } as const;
    const modes = [true, false, true].map(
      (fork) => resolver.resolve(files, { traits: { ...traits, fork }, today: '2026-01-01' })?.policy?.rules.dco.mode,
    );
    expect(modes).toEqual(['warn', 'enforce', 'warn']);
  });

  test('have equal parts in common', () => {
    const resolver = createPolicyResolver(presets, 'default');
    const [one, two] = ['One', 'Two'].map((name, index) => {
      const file = own('example/a', `dco: {name: ${name}}`, String(index).repeat(40));
      return resolver.resolve({ repository: [file], organisation: [] })?.policy;
    });
    expect(one?.rules.dco.name).not.toBe(two?.rules.dco.name);
    expect(one?.rules.license).toBe(two?.rules.license);
    expect(one?.rules.upstream).toBe(two?.rules.upstream);
  });
});
