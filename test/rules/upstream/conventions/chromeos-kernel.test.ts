// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { chromeosKernel } from '../../../../src/rules/upstream/conventions/chromeos-kernel.ts';
import { brief, otherSha, readCommit, sha } from '../commits.ts';

const picked = `(cherry picked from commit ${sha})`;
const mail = 'https://lore.kernel.org/r/20220518172525.3319993-1-ada@example.org';
const tree = 'git://git.kernel.org/pub/scm/linux/kernel/git/chrome-platform/linux.git';
const bugAndTest = ['BUG=b:1234567', 'TEST=Boot it'];
const task = 'UPSTREAM-TASK=b:7654321';

const read = (...lines: readonly string[]) => brief(readCommit(chromeosKernel, ...lines));

describe('the forms of the kernel’s page', () => {
  test.each([
    [['UPSTREAM: x', '', picked, '', ...bugAndTest], 'merged c31e731'],
    [['BACKPORT: x', '', picked, '', ...bugAndTest, '', 'Conflicts: drivers/x.c'], 'modified merged c31e731'],
    [
      ['FROMGIT: x', '', `(cherry picked from commit ${otherSha}`, ` ${tree} for-next)`, ...bugAndTest],
      `accepted 878a2fd ${tree} for-next`,
    ],
    [['FROMLIST: x', '', `(am from ${mail})`, '', ...bugAndTest, task], `submitted ${mail}`],
    [['BACKPORT: FROMLIST: x', '', `(am from ${mail})`, '[a: b]', ...bugAndTest, task], `modified submitted ${mail}`],
    [
      ['CHROMIUM: FROMLIST: x', '', `(am from ${mail})`, 'Upstream wants a rewrite.', ...bugAndTest, task],
      `denied ${mail} "Upstream wants a rewrite."`,
    ],
    [['CHROMIUM: x', '', ...bugAndTest, task], 'pending issue b:7654321 "x"'],
    [['CHROMIUM: x', '', ...bugAndTest, `${task}, b:7777777`], 'pending issue b:7654321, b:7777777 "x"'],
    [['Revert "CHROMIUM: x"'], 'revert downstream-only "Revert "CHROMIUM: x""'],
  ])('%j', (lines, expected) => {
    expect(read(...lines)).toEqual([expected]);
  });
});

describe('what is missing is asked for', () => {
  test.each([
    [
      ['UPSTREAM: x', '', picked, 'TEST=Boot it'],
      ['merged c31e731', 'missing-line: BUG=b:NUMBER'],
    ],
    [
      ['UPSTREAM: x', '', picked, 'BUG=b:1234567', 'TEST='],
      ['merged c31e731', 'missing-line: TEST=HOW'],
    ],
    [
      ['FROMLIST: x', '', ...bugAndTest],
      ['submitted', 'missing-evidence: (am from URL)', 'missing-line: UPSTREAM-TASK=b:NUMBER'],
    ],
    [
      ['CHROMIUM: FROMLIST: x', '', `(am from ${mail})`, ...bugAndTest, task],
      [`denied ${mail}`, 'missing-evidence: REASON'],
    ],
    [
      ['CHROMIUM: x', '', ...bugAndTest],
      ['downstream-only "x"', 'missing-line: UPSTREAM-TASK=b:NUMBER'],
    ],
  ])('%j', (lines, expected) => {
    expect(read(...lines)).toEqual(expected);
  });
});

test.each([
  ['UPSTREAM-TASK=7654321', 'UPSTREAM-TASK=b:7654321'],
  ['UPSTREAM-TASK=b/7654321', 'UPSTREAM-TASK=b:7654321'],
  ['UPSTREAM-TASK=b:123', '?'],
  ['UPSTREAM-TASK=b:1234567', 'UPSTREAM-TASK=b:NUMBER'],
])('%s is no task', (line, suggestion) => {
  expect(read('CHROMIUM: x', '', ...bugAndTest, line).slice(1)).toEqual([`near-miss: ${suggestion}`]);
});

test.each([
  ['Chromium: x', 'CHROMIUM: x'],
  ['FROMLIST: CHROMIUM: x', 'CHROMIUM: FROMLIST: x'],
  ['FROMLIST BACKPORT: x', 'BACKPORT: FROMLIST: x'],
])('%s is mended', (subject, suggestion) => {
  expect(read(subject)).toEqual([`near-miss: ${suggestion}`]);
});

test('for a refused change it suggests the link and the reason', () => {
  expect(chromeosKernel.suggest({ state: 'denied', evidence: [{ kind: 'url', url: mail }] })).toEqual([
    'CHROMIUM: FROMLIST: SUBJECT',
    `(am from ${mail})`,
    'REASON',
    'UPSTREAM-TASK=b:NUMBER',
    'BUG=b:NUMBER',
    'TEST=HOW',
  ]);
});
