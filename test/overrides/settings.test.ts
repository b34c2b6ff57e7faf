// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { authorityOver } from '../../src/overrides/settings.ts';
import { fallbacksOf } from '../../src/policy/cache.ts';
import { parsePolicy } from '../../src/policy/parse.ts';
import { loadPresets } from '../../src/policy/presets.ts';
import { resolvePolicyFile } from '../../src/policy/resolve.ts';
import { listed } from '../policy/help.ts';

function overridesOf(text: string) {
  const { settings } = parsePolicy(text);
  if (settings === null) throw new Error('The policy of this test is broken.');
  return settings.overrides;
}

describe('The policy’s overrides', () => {
  test('are for those who maintain, with a reason, until the next push, unless it says otherwise', () => {
    expect(authorityOver('dco', overridesOf(''))).toEqual({
      roles: ['maintain', 'admin'],
      teams: [],
      users: [],
      CODEOWNERS: false,
      allowOwn: false,
      reason: 'required',
      lifetime: 'head',
    });
  });

  test('hold for each check, but where a key of its own replaces one', () => {
    const overrides = overridesOf(
      'overrides: {users: [ada], reason: optional, checks: {dco: {users: [], allowOwn: true}}}',
    );
    expect(authorityOver('dco', overrides)).toMatchObject({ users: [], allowOwn: true, reason: 'optional' });
    expect(authorityOver('other', overrides)).toMatchObject({ users: ['ada'], allowOwn: false, reason: 'optional' });
    expect(authorityOver('constructor', overrides)).toMatchObject({ users: ['ada'] });
  });

  test.each([
    ['overrides: {roles: [read]}', '1:21 policy.invalid `overrides.roles[0]` must not be a role that anybody has'],
    ['overrides: {roles: [None]}', '1:21 policy.invalid `overrides.roles[0]` must not be a role that anybody has'],
    ['overrides: {teams: [legal]}', '1:21 policy.invalid `overrides.teams[0]` must name the organisation and the team'],
    ['overrides: {teams: ["@org/legal"]}', '1:21 policy.invalid `overrides.teams[0]` must name the organisation and'],
    ['overrides: {reason: never}', '1:21 policy.invalid `overrides.reason` must be `required` or `optional`'],
    [
      'overrides: {allow_own: true}',
      '1:13 policy.unknown-key There is no key `allow_own` in `overrides`. Did you mean `allowOwn`?',
    ],
    ['overrides: {checks: {foo: {}}}', '1:22 policy.unknown-key There is no key `foo` in `overrides.checks`.'],
    ['overrides: {checks: {dco: {roles: x}}}', '1:35 policy.invalid `overrides.checks.dco.roles` must be a list'],
  ])('%s is a mistake', (text, expected) => {
    const [first = ''] = listed(parsePolicy(text).problems);
    expect(first.slice(0, expected.length)).toBe(expected);
  });
});

describe('The DCO App’s allowOverrideAction', () => {
  const of = (text: string) => {
    const file = { repository: null, path: '.github/dco.yml', ref: null, oid: null, size: text.length, text };
    const { policy } = resolvePolicyFile(file, fallbacksOf(loadPresets(), 'default'));
    if (policy === null) throw new Error('The file of this test is broken.');
    return authorityOver('dco', policy.overrides).reason;
  };

  test.each([
    ['allowOverrideAction: true', 'optional'],
    ['allowOverrideAction: false', 'required'],
    ['', 'required'],
  ])('%j leaves the reason %s', (text, expected) => {
    expect(of(text)).toBe(expected);
  });
});
