// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { expect, test } from '@jest/globals';
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
