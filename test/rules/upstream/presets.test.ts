// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { loadPresets } from '../../../src/policy/presets.ts';
import { commitBy } from '../../helpers/contribution.ts';
import { judgeWorld, patchWith, type World } from './world.ts';

const ada = 'Ada Example <ada@example.org>';
const sha = '0123456789abcdef0123456789abcdef01234567';
const said = (message: string, path = 'vendor/x.c'): Partial<World> => ({
  commits: [commitBy(ada, message, { paths: [path] })],
});
const patch = (path: string, header: string): Partial<World> => ({ head: { [path]: patchWith(header) } });

/** Of each preset something that it takes, and something that it does not. */
const cases: Readonly<Record<string, readonly [Partial<World>, Partial<World>]>> = {
  yocto: [patch('a.patch', 'Upstream-Status: Denied [https://example.org/1 no]'), patch('a.diff', '')],
  dep3: [patch('debian/patches/a', 'Forwarded: https://example.org/1'), patch('debian/patches/a', '')],
  buildroot: [patch('package/a/1.patch', 'Upstream: https://example.org/1'), patch('package/a/1.patch', '')],
  openshift: [said('UPSTREAM: <carry>: Mend it'), said('Mend it')],
  'android-kernel': [said('ANDROID: mend it\n\nBug: 123\n'), said('mend it')],
  'chromeos-kernel': [
    said('CHROMIUM: mend it\n\nBUG=b:1234567\nTEST=boots\nUPSTREAM-TASK=b:1234568\n'),
    said('CHROMIUM: mend it'),
  ],
  'linux-stable': [said(`mend it\n\ncommit ${sha} upstream.\n`), said('mend it')],
  'rhel-kernel': [
    said(`mend it\n\nJIRA: https://issues.redhat.com/browse/RHEL-1\nUpstream Status: RHEL only\n`),
    said('mend it'),
  ],
  'suse-kernel': [
    patch('patches.suse/a', 'Patch-mainline: Never, SUSE specific\nReferences: bsc#1234567'),
    patch('patches.suse/a', ''),
  ],
  'ubuntu-kernel': [said('UBUNTU: SAUCE: mend it\n\nBugLink: https://bugs.launchpad.net/bugs/1\n'), said('mend it')],
  openwrt: [
    patch('target/linux/generic/hack-6.6/210-mend-it.patch', ''),
    patch('target/linux/generic/pending-6.6/mend.patch', ''),
  ],
  scs: [said('Mend it\n\nUpstream-Status: Inappropriate [ours alone]\n'), said('Mend it')],
  custom: [said('Mend it\n\nOnly-here: Our logo\n'), said('Mend it\n\nOnly-here:\n')],
};

describe('the preset', () => {
  const presets = loadPresets();

  test.each(Object.keys(cases))('%s passes what says where it is upstream, and fails what does not', (id) => {
    const settings = presets.get(id)?.settings.upstream;
    const outcomes = (cases[id] ?? []).map((world) => judgeWorld({ ...world, settings }).verdict.outcome);
    expect(outcomes).toEqual(['pass', 'fail']);
  });
});
