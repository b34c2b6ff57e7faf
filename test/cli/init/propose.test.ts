// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import spdx from 'spdx-license-list/full.js';
import { parse } from 'yaml';
import { type Decided, proposedChoice } from '../../../src/cli/init/choice.ts';
import { describeNoticed } from '../../../src/cli/init/describe.ts';
import { notice } from '../../../src/cli/init/notice.ts';
import { propose } from '../../../src/cli/init/propose.ts';
import type { Surroundings } from '../../../src/cli/init/surroundings.ts';
import { policyText, presetText } from '../../../src/cli/init/write.ts';
import { parsePolicy } from '../../../src/policy/parse.ts';
import { loadPresets, presetPath } from '../../../src/policy/presets.ts';

type Files = Readonly<Record<string, string>>;

function around(files: Files, more: Partial<Surroundings> = {}): Surroundings {
  return {
    root: '/nowhere',
    files: Object.keys(files),
    remotes: new Map(),
    upstreamBranch: null,
    text: async (path) => files[path] ?? null,
    ...more,
  };
}

const enforced: Decided = { start: null };

async function written(surroundings: Surroundings, decided = enforced): Promise<string> {
  const noticed = await notice(surroundings);
  return policyText(propose(noticed, proposedChoice(noticed, decided)), null);
}

/** The settings beside the modes, which are the same in most cases. */
async function proposed(files: Files, more: Partial<Surroundings> = {}) {
  const { version: _, ...sections } = parse(await written(around(files, more)));
  const entries = Object.entries<Record<string, unknown>>(sections).flatMap(([id, { mode, ...settings }]) => {
    expect(mode).toBe('enforce');
    return Object.keys(settings).length === 0 ? [] : [[id, settings]];
  });
  return Object.fromEntries(entries);
}

const license = (id: string) => spdx[id]?.licenseText ?? '';
const remotes = (origin: string, upstream: string) => ({ remotes: new Map(Object.entries({ origin, upstream })) });
const kernel = { Kbuild: '', Kconfig: '', 'include/linux/kernel.h': '', Makefile: 'SUBLEVEL = 0\n' };
const patch = (line: string) => `From: Ada Example <ada@example.org>\n${line}\n---\n`;

describe('of a repository the policy proposes', () => {
  test.each<[string, Files, object]>([
    ['nothing special where it is empty', {}, {}],
    ['nothing special where its license is approved', { LICENSE: license('MIT') }, {}],
    ['that its own license is allowed', { COPYING: license('CC0-1.0') }, { license: { alsoAllow: ['CC0-1.0'] } }],
    ['nothing by a license that nobody knows', { LICENSE: 'All rights reserved.' }, {}],
    [
      'what the DCO App was told',
      { '.github/dco.yml': 'require: {members: false}\nallowRemediationCommits: {individual: true}\n' },
      { dco: { require: { members: false }, allowRemediationCommits: { individual: true } } },
    ],
    ['nothing by a dco.yml that is empty', { '.github/dco.yml': '' }, {}],
    ['nothing by a dco.yml that is broken', { '.github/dco.yml': 'require: yes' }, {}],
    [
      'headers where it follows REUSE',
      { 'REUSE.toml': '', 'LICENSES/Apache-2.0.txt': '', 'LICENSES/CC0-1.0.txt': '', 'LICENSES/LicenseRef-X.txt': '' },
      { license: { alsoAllow: ['CC0-1.0'], headers: 'require', headersFor: 'new' } },
    ],
    [
      'that directories with licenses inside are code from elsewhere',
      { 'src/external/zlib/LICENSE': '', 'deps/notes.txt': '', 'vendor/a/LICENSE': '' },
      { license: { vendored: ['**/external/**'] } },
    ],
    ['a look at submodules', { '.gitmodules': '' }, { upstream: { submodules: true } }],
    ['DEP-3 for Debian’s patches', { 'debian/patches/a': '' }, { upstream: { preset: 'dep3' } }],
    ['yocto for a layer', { 'meta-x/conf/layer.conf': '' }, { upstream: { preset: 'yocto' } }],
    ['yocto for recipes', { 'recipes/a_1.0.bb': '', 'a.patch': '' }, { upstream: { preset: 'yocto' } }],
    ['buildroot', { 'Config.in': '', 'package/a/a.mk': '' }, { upstream: { preset: 'buildroot' } }],
    ['buildroot for an external tree', { 'external.desc': '' }, { upstream: { preset: 'buildroot' } }],
    ['openwrt', { 'feeds.conf.default': '', 'target/linux/x/Makefile': '' }, { upstream: { preset: 'openwrt' } }],
    ['openshift', { '.ci-operator.yaml': '' }, { upstream: { preset: 'openshift' } }],
    ['suse-kernel', { 'patches.suse/a.patch': '' }, { upstream: { preset: 'suse-kernel' } }],
    ['rhel-kernel', { ...kernel, 'Makefile.rhelver': '' }, { upstream: { preset: 'rhel-kernel' } }],
    ['ubuntu-kernel', { ...kernel, 'debian.master/changelog': '' }, { upstream: { preset: 'ubuntu-kernel' } }],
    ['chromeos-kernel', { ...kernel, 'chromeos/config': '' }, { upstream: { preset: 'chromeos-kernel' } }],
    ['android-kernel', { ...kernel, 'build.config.common': '' }, { upstream: { preset: 'android-kernel' } }],
    ['linux-stable', { ...kernel, Makefile: 'SUBLEVEL = 12\n' }, { upstream: { preset: 'linux-stable' } }],
    ['nothing for a kernel of the mainline', kernel, {}],
    [
      'the notation that patches are in',
      { 'build/patches/1.patch': patch('Upstream: https://example.org/1') },
      { upstream: { preset: 'buildroot', patches: ['build/**/*.patch'] } },
    ],
    [
      'yocto for patches in no notation',
      { 'patches/1.patch': patch(''), 'b.diff': '' },
      { upstream: { preset: 'yocto', patches: ['patches/**/*.patch', 'patches/**/*.diff', '*.patch', '*.diff'] } },
    ],
    ['nothing for patches that tests read', { 'test/data/1.patch': '', 'vendor/x/1.patch': '' }, {}],
  ])('%s', async (_, files, settings) => {
    expect(await proposed(files)).toEqual(settings);
  });

  test.each<[string, string, string, object]>([
    [
      'asks its own commits where they are upstream',
      'git@github.com:ada/nova.git',
      'https://github.com/openstack/nova',
      { upstream: { preset: 'scs', commits: 'fork', remotes: { default: { repo: 'openstack/nova' } } } },
    ],
    ['of another host asks nothing', 'git@github.com:ada/nova.git', 'https://opendev.org/openstack/nova', {}],
    ['of a directory asks nothing', '/srv/nova', '/srv/upstream', {}],
  ])('a fork %s', async (_, origin, upstream, settings) => {
    expect(await proposed({}, remotes(origin, upstream))).toEqual(settings);
  });

  test('a fork names the branch where Git knows it', async () => {
    const more = { ...remotes('https://ghe.example/a/b', 'ssh://git@ghe.example/c/b'), upstreamBranch: 'devel' };
    const { upstream } = await proposed({}, more);
    expect(upstream).toMatchObject({ remotes: { default: { repo: 'c/b', branch: 'devel' } } });
  });
});

describe('what was decided is left so', () => {
  const debian = around({ 'debian/patches/a': '' });

  test.each<[string, Decided, object]>([
    ['a rule less', { start: null, dco: false }, { dco: { mode: 'off' }, upstream: { preset: 'dep3' } }],
    ['no Upstream First rule', { start: null, upstream: false }, { upstream: undefined }],
    ['another notation', { start: null, upstream: 'yocto' }, { upstream: { preset: 'yocto' } }],
    ['a warning', { start: { mode: 'warn', enforceFrom: null } }, { dco: { mode: 'warn' }, license: { mode: 'warn' } }],
    [
      'a day',
      { start: { mode: 'warn', enforceFrom: '2027-01-31' } },
      { upstream: { mode: 'warn', enforceFrom: '2027-01-31' } },
    ],
  ])('%s', async (_, decided, settings) => {
    expect({ upstream: undefined, ...parse(await written(debian, decided)) }).toMatchObject(settings);
  });
});

test('what strangers named their files stays in the comment', async () => {
  const text = await written(around({ 'LICENSES/a\ndco: {mode: off}\n.txt': '', 'LICENSE\nx: 1': license('CC0-1.0') }));
  expect(parse(text)).toMatchObject({ dco: { mode: 'enforce' } });
  expect(parse(text)).not.toHaveProperty('x');
});

test('what was found is told, with what is in the wrong place', async () => {
  const surroundings = around({ 'countersign.yml': '', LICENSE: license('MIT'), '.github/dco.yml': 'require: yes' });
  expect(describeNoticed(await notice(surroundings), surroundings.files).split('\n')).toEqual([
    'Found in this repository:',
    expect.stringContaining('“countersign.yml” is not read'),
    '  - .github/dco.yml has mistakes and is not taken over; see countersign policy validate .github/dco.yml',
    '  - LICENSE: MIT',
    '',
    '',
  ]);
});

describe('a preset as a beginning', () => {
  const names = [...loadPresets().keys()];
  const textOf = (name: string) => readFileSync(presetPath(name), 'utf8');

  test.each(names)('%s means the same, and has no license header of ours', (name) => {
    const text = presetText(name, textOf(name), { mode: 'enforce' }, null);
    expect(parsePolicy(text).settings).toEqual(parsePolicy(textOf(name)).settings);
    expect(text).not.toContain('SPDX-FileCopyrightText');
  });

  test.each(names)('%s warns until a day in every rule that it has', (name) => {
    const text = presetText(name, textOf(name), { mode: 'warn', enforceFrom: '2027-01-31' }, null);
    const { settings } = parsePolicy(text);
    const before = parsePolicy(textOf(name)).settings;
    for (const id of ['dco', 'license', 'upstream'] as const) {
      const expected =
        before?.[id].mode === 'off' ? { mode: 'off', enforceFrom: null } : { mode: 'warn', enforceFrom: '2027-01-31' };
      expect(settings?.[id]).toMatchObject(expected);
    }
  });

  test('names the schema for editors in its first line, where there is one', () => {
    const text = presetText(
      'reuse',
      textOf('reuse'),
      { mode: 'enforce' },
      '../node_modules/countersign/schemas/policy.json',
    );
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\.\/node_modules\/countersign\/schemas\/policy\.json\n/);
  });
});
