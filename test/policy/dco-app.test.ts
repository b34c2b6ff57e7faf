// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { parseDcoApp } from '../../src/policy/dco-app.ts';
import { listed } from './help.ts';

describe('the DCO App’s file', () => {
  test('sets what it names', () => {
    const text =
      'require:\n  members: false\nallowRemediationCommits:\n  individual: true\nallowOverrideAction: false\n';
    const { written, problems } = parseDcoApp(text);
    expect(problems).toEqual([]);
    expect(written?.sections).toEqual({
      dco: { require: { members: false }, allowRemediationCommits: { individual: true } },
    });
  });

  test.each([
    ['an empty file', ''],
    ['empty mappings', 'require: {}\nallowRemediationCommits: {}\n'],
  ])('sets nothing: %s', (_, text) => {
    const { written, problems } = parseDcoApp(text);
    expect(problems).toEqual([]);
    expect(JSON.stringify(written?.sections)).not.toMatch(/true|false/);
  });

  test('may have keys that nobody knows, with a warning', () => {
    const { written, problems } = parseDcoApp('_extends: .github\nrequire:\n  members: false\n  member: true\n');
    expect(written?.sections).toEqual({ dco: { require: { members: false } } });
    expect(problems.map(({ severity }) => severity)).toEqual(['warning', 'warning']);
    expect(listed(problems.slice(1))).toEqual([
      '4:3 policy.unknown-key There is no key `member` in `require`. Did you mean `members`? It has no effect.',
    ]);
  });

  test.each([
    ['a wrong type', 'require:\n  members: no\nx: 1\n', '2:12'],
    ['nothing where keys should be', 'require:\n', '1:1'],
    ['a wrong type of what has no effect', 'allowOverrideAction: 0\n', '1:22'],
    ['a key given twice', 'require: {}\nrequire: {}\n', '2:1'],
    ['broken YAML', 'require: "\n', '2:1'],
    ['more than 64 KiB', '#'.repeat(65_537), '1:1'],
  ])('cannot have %s', (_, text, place) => {
    const { written, problems } = parseDcoApp(text);
    expect(written).toBeNull();
    expect(listed(problems)[0]).toMatch(new RegExp(`^${place} policy\\.`));
    expect(problems[0]?.severity).toBe('error');
  });
});

test('each of its keys has its place in our file', () => {
  const { written } = parseDcoApp('require: {members: false}\nallowRemediationCommits:\n  thirdParty: true\n');
  expect(written?.sections).toEqual({
    dco: { require: { members: false }, allowRemediationCommits: { thirdParty: true } },
  });
  expect(written?.positions.get('dco.require.members')).toMatchObject({ line: 1, column: 20 });
  expect(written?.positions.get('dco.allowRemediationCommits.thirdParty')).toMatchObject({ line: 3, column: 15 });
});
