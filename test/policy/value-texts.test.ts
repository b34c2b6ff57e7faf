// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { expect, test } from '@jest/globals';
import { createPolicyResolver } from '../../src/policy/cache.ts';
import type { PolicyFile } from '../../src/policy/policy.ts';
import { loadPresets } from '../../src/policy/presets.ts';
import { valueTexts } from '../../src/policy/value-texts.ts';
import { plain, policyFile } from './help.ts';

const resolver = createPolicyResolver(loadPresets(), 'none');

function said(text: string, some: Partial<PolicyFile>): string {
  const file = policyFile(text, some);
  const policy = resolver.resolve({ repository: [file], organisation: [] })?.policy;
  if (policy == null) throw new Error(`no policy: ${text}`);
  return valueTexts(policy, 'example/project').map(plain).join(' ');
}

const oid = 'a'.repeat(40);
const warn = 'dco: {mode: warn}';
const at = (commit: string) => `\`.github/countersign.yml\` on \`main\` at \`${commit.slice(0, 12)}\` sets `;

test.each<[string, string, Partial<PolicyFile>, string]>([
  ['at one commit', warn, { oid }, '`dco.mode` to `warn` (line 1).'],
  ['the same at another', warn, { oid, commit: '2'.repeat(40) }, '`dco.mode` to `warn` (line 1).'],
  ['where nobody may see it', warn, { oid, hidden: true }, '`dco.mode` (line 1).'],
  ['on another line', `\n${warn}`, { oid: 'b'.repeat(40) }, '`dco.mode` to `warn` (line 2).'],
  ['under another name', `policy: {name: X}\n${warn}`, { oid: 'c'.repeat(40) }, '`policy.name` to `X` (line 1); '],
])('What a file sets is told %s', (_, text, some, expected) => {
  const commit = some.commit ?? '1'.repeat(40);
  expect(said(warn, { oid, commit: '1'.repeat(40) })).toBe(`${at('1'.repeat(40))}\`dco.mode\` to \`warn\` (line 1).`);
  expect(said(text, { commit, ...some })).toContain(`${at(commit)}${expected}`);
});
