// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import spdx from 'spdx-license-list/full.js';
import { licenseSettings } from '../../../src/rules/license/settings.ts';
import { fileOf, judgeChange, lines, type Tree, tag, words } from './trees.ts';

const text = (id: keyof typeof spdx) => spdx[id]?.licenseText ?? '';
const header = (expression: string): Tree => ({ 'a.ts': `// ${tag(expression)}\n` });
const accepted = 'ok clean';
const refused = 'error not-acceptable a.ts:1';

describe('Of a license the policy decides by', () => {
  test.each<[string, unknown, string, string]>([
    ['require: osi', {}, 'MIT', accepted],
    ['require: osi', {}, 'CC0-1.0', refused],
    ['require: listed', { require: 'listed', allow: ['MIT'] }, 'MIT', accepted],
    ['require: listed', { require: 'listed', allow: ['MIT'] }, 'ISC', refused],
    ['allow', { allow: ['MIT'] }, 'ISC', refused],
    ['alsoAllow', { alsoAllow: ['CC0-1.0'] }, 'CC0-1.0', accepted],
    ['deny', { deny: ['GPL-3.0-only'] }, 'GPL-3.0-only', refused],
    ['deny, and takes the other branch', { deny: ['GPL-3.0-only'] }, 'GPL-3.0-only OR MIT', accepted],
    ['unknown: fail', { unknown: 'fail' }, 'LicenseRef-X', 'error unknown a.ts:1'],
    ['unknown: warn', { unknown: 'warn' }, 'LicenseRef-X', 'warning unknown a.ts:1'],
    ['unknown: ask', { unknown: 'ask' }, 'LicenseRef-X', 'error unknown a.ts:1'],
    ['headers: off', { headers: 'off' }, 'JSON', ''],
    [
      'the first scope that matches',
      {
        scopes: [
          { paths: ['*.ts'], alsoAllow: ['JSON'] },
          { paths: ['**'], deny: ['JSON'] },
        ],
      },
      'JSON',
      accepted,
    ],
    ['no scope that does not match', { scopes: [{ paths: ['docs/**'], alsoAllow: ['JSON'] }] }, 'JSON', refused],
    [
      'a scope for its keys only',
      { alsoAllow: ['JSON'], scopes: [{ paths: ['**'], unknown: 'warn' }] },
      'JSON',
      accepted,
    ],
  ])('%s (%#)', (_, settings, expression, expected) => {
    expect(lines(judgeChange({ head: header(expression), settings })).join()).toBe(expected);
  });

  test('the file for which a .license file speaks, and its exception', () => {
    const head = { 'a.png': fileOf('', { binary: true, text: null, size: 9 }), 'a.png.license': tag('CC-BY-4.0') };
    const failing = judgeChange({ head });
    expect(lines(failing)).toEqual(['error not-acceptable a.png', 'error not-acceptable a.png.license:1']);
    const scopes = [{ paths: ['*.png'], alsoAllow: ['CC-BY-4.0'] }];
    expect(lines(judgeChange({ head, settings: { scopes } }))).toEqual([accepted]);
    const exceptions = [{ path: 'a.png', reason: 'Art', approvedBy: 'ada' }];
    expect(judgeChange({ head, settings: { exceptions } }).outcome).toBe('pass');
  });

  test('a key that the finding names, with its scope', () => {
    const settings = { scopes: [{ paths: ['docs/**'] }, { paths: ['**'], deny: ['MIT'] }] };
    expect(words(judgeChange({ head: header('MIT'), settings }))).toContain('`license.scopes[1].deny`');
    expect(words(judgeChange({ head: header('LicenseRef-X') }))).toContain('`license.unknown: ask`');
  });

  test.each(['Foo', 'MIT AND Foo', 'Foo AND Bar', 'MIT AND'])('what it says of %s, once', (expression) => {
    const [first] = words(judgeChange({ head: { 'package.json': JSON.stringify({ license: expression }) } })).split(
      '\n',
    );
    const sentences = first?.match(/[^.]+(?:List|together)\./g) ?? [];
    expect(sentences.length).toBeGreaterThan(0);
    expect(new Set(sentences).size).toBe(sentences.length);
  });
});

describe('Inbound is compared with outbound', () => {
  const mit: Tree = { LICENSE: text('MIT') };
  const same = { inboundEqualsOutbound: true };
  test.each<[string, Tree, string, unknown, string]>([
    ['the same', mit, 'MIT', same, accepted],
    ['another', mit, 'ISC', same, 'error not-outbound a.ts:1'],
    ['one of a choice', mit, 'ISC OR MIT', same, accepted],
    ['one that the policy names', mit, 'ISC', { ...same, outbound: 'ISC' }, accepted],
    ['nobody knows which', {}, 'ISC', same, 'warning no-outbound a.ts:1'],
    ['compatible', { LICENSE: text('GPL-3.0-only') }, 'MIT', { compatibleWithRepository: true }, accepted],
    ['incompatible', mit, 'GPL-3.0-only', { compatibleWithRepository: true }, 'error incompatible a.ts:1'],
    [
      'never looked at',
      { LICENSE: text('MIT') },
      'Frameworx-1.0',
      { compatibleWithRepository: true },
      'warning compatibility-unknown a.ts:1',
    ],
    ['of the two that one text stands for', { LICENSE: text('GPL-3.0-only') }, 'GPL-3.0-or-later', same, accepted],
  ])('%s', (_, base, expression, settings, expected) => {
    expect(lines(judgeChange({ base, head: header(expression), settings }))).toEqual([expected]);
  });

  test('and all ids are named that the text stands for, but their old names', () => {
    const change = { base: { LICENSE: text('GPL-3.0-only') }, head: header('ISC'), settings: same };
    expect(words(judgeChange(change))).toContain('is under “GPL-3.0-only” or “GPL-3.0-or-later” (“LICENSE”)');
  });

  test('by the license file at the base, which the pull request cannot choose', () => {
    const head = { ...header('ISC'), LICENSE: text('ISC') };
    const found = lines(judgeChange({ base: mit, head, settings: same }));
    expect(found).toContain('error not-outbound a.ts:1');
    expect(found).toContain('error relicensed LICENSE:1');
  });
});

describe('Preferences are advice:', () => {
  test.each([
    ['copyleft', 'MIT', 'note preference a.ts:1'],
    ['copyleft', 'AGPL-3.0-or-later', accepted],
    ['weak-copyleft', 'MIT', 'note preference a.ts:1'],
    ['weak-copyleft', 'LGPL-3.0-or-later', accepted],
  ])('%s, of %s', (prefer, expression, expected) => {
    const verdict = judgeChange({ head: header(expression), settings: { prefer } });
    expect(lines(verdict)).toEqual([expected]);
    expect(verdict.outcome).toBe('pass');
  });
});

describe('An exception', () => {
  const because = { reason: 'Tables', approvedBy: 'ada' };
  const custom = 'You may look at this and do nothing else with it.\n';
  const sha256 = createHash('sha256').update(custom).digest('hex');

  test.each<[string, object, Tree]>([
    ['for a path', { path: '*.ts' }, header('LicenseRef-X')],
    ['for a license text', { sha256 }, { 'lib/LICENSE': custom }],
    ['that still holds on its last day', { path: '*.ts', expires: '2026-11-22' }, header('JSON')],
  ])('%s holds, and says who approved it', (_, one, head) => {
    const verdict = judgeChange({ head, settings: { exceptions: [{ ...one, ...because }] } });
    expect(verdict.outcome).toBe('pass');
    expect(words(verdict)).toContain('“Tables” (approved by “ada”)');
  });

  test.each<[string, Tree, Tree]>([
    ['a license file that is removed', { LICENSE: custom }, { LICENSE: null }],
    ['a license file that becomes binary', { LICENSE: custom }, { LICENSE: fileOf('', { binary: true, text: null }) }],
    ['a binary license file that comes in', {}, { LICENSE: fileOf('', { binary: true, text: null }) }],
    ['notices that are removed', { NOTICE: custom }, { NOTICE: null }],
    [
      'a manifest that says another license',
      { 'package.json': '{"license":"MIT"}' },
      { 'package.json': '{"license":"ISC"}' },
    ],
    ['a manifest that says none any more', { 'package.json': '{"license":"MIT"}' }, { 'package.json': '{}' }],
    ['a manifest that cannot be read', {}, { 'package.json': '{' }],
  ])('for a path, as the remedy tells, holds for %s', (_, base, head) => {
    const facts = { dependencies: { read: true as const, changes: [] } };
    expect(judgeChange({ base, head, facts }).outcome).toBe('fail');
    const settings = { exceptions: [{ path: '*', ...because }] };
    const verdict = judgeChange({ base, head, facts, settings });
    expect(verdict.outcome).toBe('pass');
    expect(words(verdict)).toContain('“Tables” (approved by “ada”)');
  });

  test('that has ended holds no more, and is a finding of its own', () => {
    const exceptions = [{ path: '*.ts', expires: '2026-11-21', ...because }];
    expect(lines(judgeChange({ head: header('JSON'), settings: { exceptions } }))).toEqual([
      refused,
      'warning exception-expired',
    ]);
    expect(lines(judgeChange({ head: header('MIT'), settings: { exceptions } }))).toEqual([
      'warning exception-expired',
    ]);
  });

  test('that may have ended does not hold where the day is not known', () => {
    const exceptions = [{ path: '*.ts', expires: '2030-01-01', ...because }];
    const verdict = judgeChange({ head: header('JSON'), settings: { exceptions }, facts: { judgedOn: null } });
    expect(lines(verdict)).toContain(refused);
  });

  test.each([
    'pkg:npm/@example/*',
    'pkg:githubactions/actions/*',
    'pkg:githubactions/actions/checkout@4.*.*',
    'pkg:githubactions/octo/tool@release/v1',
    'pkg:npm/left@1.0.0?vcs_url=git+https://git.example.org/left.git@a*',
  ])('may name %s', (purl) => {
    expect(licenseSettings.safeParse({ exceptions: [{ purl, ...because }] }).success).toBe(true);
  });

  test.each<[string, object]>([
    ['names nothing', because],
    ['names two things', { path: 'a', purl: 'pkg:npm/a', ...because }],
    ['names a whole ecosystem', { purl: 'pkg:npm/*', ...because }],
    ['names part of a namespace', { purl: 'pkg:maven/com.example.*', ...because }],
    ['names a namespace at a version', { purl: 'pkg:githubactions/actions/*@v4', ...because }],
    ['has no reason', { path: 'a', approvedBy: 'ada' }],
    ['is approved by nobody', { path: 'a', reason: 'Tables' }],
    ['ends on a day that there is not', { path: 'a', expires: '2026-13-01', ...because }],
  ])('that %s is a mistake in the policy', (_, one) => {
    expect(licenseSettings.safeParse({ exceptions: [one] }).success).toBe(false);
  });
});
