// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { ubuntuKernel } from '../../../../src/rules/upstream/conventions/ubuntu-kernel.ts';
import { brief, readCommit, sha } from '../commits.ts';

const link = 'BugLink: https://bugs.launchpad.net/bugs/1865402';
const bug = 'https://bugs.launchpad.net/bugs/1865402';
const picked = `(cherry picked from commit ${sha})`;
const backported = `(backported from commit ${sha})`;

const read = (...lines: readonly string[]) => brief(readCommit(ubuntuKernel, ...lines));

describe('the forms of the stable patch format', () => {
  test.each([
    [['KVM: fix it', '', link, '', 'Words.', '', picked], 'merged c31e731'],
    [['KVM: fix it', '', link, '', `(cherry picked from commit ${sha} 2.6.34.y)`], 'merged c31e731 2.6.34.y'],
    [['KVM: fix it', '', link, '', `(cherry picked from commit ${sha} linux-next)`], 'accepted c31e731 linux-next'],
    [['KVM: fix it', '', link, '', backported, '[roxanan: Had to adjust the context]'], 'modified merged c31e731'],
    [['nbd: null check', '', 'CVE-2019-16089', '', picked], 'merged c31e731'],
    [['UBUNTU: SAUCE: shiftfs: prevent it', '', link], `pending ${bug} "shiftfs: prevent it"`],
    [['[SRU][FOCAL][PATCH 2/2] UBUNTU: SAUCE: x', '', link], `pending ${bug} "x"`],
    [['UBUNTU: SAUCE: (no-up) x', '', link], 'downstream-only "x"'],
    [
      ['UBUNTU: SAUCE: x', '', link, '', 'Link: https://lore.kernel.org/r/1@example.org'],
      'submitted https://lore.kernel.org/r/1@example.org',
    ],
    [['UBUNTU: SAUCE: x', '', link, `(cherry picked from commit ${sha} drm-next)`], 'accepted c31e731 drm-next'],
    [['UBUNTU: [Config] Enable it'], 'downstream-only "UBUNTU: [Config] Enable it"'],
    [['UBUNTU: [Packaging] Start it'], 'downstream-only "UBUNTU: [Packaging] Start it"'],
    [['UBUNTU: Start new release'], 'downstream-only "UBUNTU: Start new release"'],
  ])('%j', (lines, expected) => {
    expect(read(...lines)).toEqual([expected]);
  });
});

describe('what is missing is asked for', () => {
  test.each([
    [
      ['KVM: fix it', '', picked],
      ['merged c31e731', 'missing-line: BugLink: https://bugs.launchpad.net/bugs/NUMBER'],
    ],
    [
      ['KVM: fix it', '', link, '', backported, '', '[ada: Not immediately below]'],
      ['modified merged c31e731', 'missing-line: [NAME: WHAT WAS CHANGED]'],
    ],
  ])('%j', (lines, expected) => {
    expect(read(...lines)).toEqual(expected);
  });
});

describe('a near miss is mended', () => {
  test.each([
    ['UBUNTU: SAUCE x', 'UBUNTU: SAUCE: x'],
    ['UBUNTU:SAUCE: x', 'UBUNTU: SAUCE: x'],
    ['UBUNTU SAUCE: x', 'UBUNTU: SAUCE: x'],
    ['ubuntu: sauce: x', 'UBUNTU: SAUCE: x'],
    ['UBUNTU: [SAUCE] x', 'UBUNTU: SAUCE: x'],
    ['SAUCE: x', 'UBUNTU: SAUCE: x'],
    ['Ubuntu: [Config] x', 'UBUNTU: [Config] x'],
  ])('%s', (subject, suggestion) => {
    expect(read(subject, '', link)).toEqual([`near-miss: ${suggestion}`]);
  });

  test.each([
    ['BugLink: https://bugs.launchpad.net/ubuntu/+source/linux/+bug/1865402', link],
    ['Buglink: https://bugs.launchpad.net/bugs/1865402', link],
    ['BugLink: http://launchpad.net/bugs/1865402', link],
    ['Bug-Link: LP: #1865402', link],
    ['BugLink: soon', '?'],
  ])('%s', (line, suggestion) => {
    expect(read('KVM: fix it', '', line, '', picked)).toEqual(['merged c31e731', `near-miss: ${suggestion}`]);
  });

  test('a backport in other words', () => {
    expect(read('KVM: fix it', '', link, `Backported from commit ${sha}`)).toEqual([`near-miss: ${backported}`]);
  });
});

test.each(['KVM: fix it', 'ubuntu: a directory of upstream’s', 'sauce: cook'])('%s says nothing', (subject) => {
  expect(read(subject, '', link)).toEqual([]);
});

test.each([
  [{ state: 'pending' }, ['UBUNTU: SAUCE: SUBJECT', 'BugLink: https://bugs.launchpad.net/bugs/NUMBER']],
  [
    { state: 'merged', modifiers: { modified: true } },
    ['BugLink: https://bugs.launchpad.net/bugs/NUMBER', '(backported from commit COMMIT)', '[NAME: WHAT WAS CHANGED]'],
  ],
  [{ state: 'denied' }, []],
] as const)('for %j it suggests %j', (marker, lines) => {
  expect(ubuntuKernel.suggest(marker)).toEqual(lines);
});
