// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parsePolicy } from '../../src/policy/parse.ts';
import { loadPresets } from '../../src/policy/presets.ts';
import { ruleIds } from '../../src/rules/rules.ts';
import { conventionIds } from '../../src/rules/upstream/conventions.ts';

describe('the presets that ship with Countersign', () => {
  const presets = loadPresets();

  test('are these', () => {
    expect([...presets.keys()]).toEqual([
      'android-kernel',
      'buildroot',
      'chromeos-kernel',
      'custom',
      'dco-only',
      'default',
      'dep3',
      'linux-stable',
      'openshift',
      'openwrt',
      'osi-only',
      'reuse',
      'rhel-kernel',
      'scs',
      'suse-kernel',
      'ubuntu-kernel',
      'yocto',
    ]);
  });

  test('default says in words what an empty file means', () => {
    expect(presets.get('default')?.settings).toEqual(parsePolicy('').settings);
  });

  test('dco-only asks for sign-offs and nothing else', () => {
    const settings = presets.get('dco-only')?.settings;
    expect(ruleIds.filter((id) => settings?.[id].mode !== 'off')).toEqual(['dco']);
  });

  test.each(conventionIds)('%s asks where changes are upstream, in that notation', (id) => {
    expect(presets.get(id)?.settings.upstream).toMatchObject({ mode: 'enforce', preset: id });
  });

  test('only default, dco-only, osi-only and reuse ask nothing of it', () => {
    const silent = [...presets].filter(([, { settings }]) => settings.upstream.mode === 'off').map(([name]) => name);
    expect(silent).toEqual(['dco-only', 'default', 'osi-only', 'reuse']);
  });

  test.each([...presets.keys()])('%s names its schema, so that editors complete it', (name) => {
    const text = readFileSync(new URL(`../../policies/${name}.yml`, import.meta.url), 'utf8');
    expect(text).toContain('# yaml-language-server: $schema=../schemas/policy.json\n');
  });
});

describe('a directory of presets', () => {
  let directory = '';
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'presets-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  test('gives each YAML file by its name', () => {
    writeFileSync(join(directory, 'strict.yml'), 'dco: {noreply: reject}');
    writeFileSync(join(directory, 'README.md'), '# Presets');
    const presets = loadPresets(directory);
    expect([...presets]).toMatchObject([['strict', { name: 'strict', source: { repository: null, path: 'strict' } }]]);
  });

  test('with a broken file is refused when it is asked for', () => {
    writeFileSync(join(directory, 'broken.yml'), '\ndco: 1\n');
    expect(() => loadPresets(directory).get('broken')?.settings).toThrow(
      /broken\.yml is not a valid policy: see line 2, column 6\./,
    );
  });
});
