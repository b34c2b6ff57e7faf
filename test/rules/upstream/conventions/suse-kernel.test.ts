// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { suseKernel } from '../../../../src/rules/upstream/conventions/suse-kernel.ts';
import { mail, mended, readingOf, stated } from '../patches.ts';

const sha = '02c6c24402bf1c1e986899c14ba22a10b510916b';
const commit = { kind: 'commit' as const, sha, repository: null, branch: null };
const bug = { kind: 'issue', reference: 'bsc#1214727' };
const reason = (text: string) => ({ kind: 'reason', text });
const header = (tags: string) =>
  `From: Ada Example <ada@example.org>\nSubject: mend it\n${tags}\nReferences: bsc#1214727\n\nWhy`;

describe('Patch-mainline says', () => {
  test.each([
    [`v6.5-rc7\nGit-commit: ${sha}`, ['merged', commit, { kind: 'release', version: 'v6.5-rc7' }, bug]],
    [`4.12\nGit-commit: ${sha}`, ['merged', commit, { kind: 'release', version: '4.12' }, bug]],
    [`v5.1 or v5.2 (next release)\nGit-commit: ${sha}`, ['merged', commit, { kind: 'release', version: 'v5.2' }, bug]],
    [
      `Queued in subsystem maintainer repository\nGit-repo: https://git.example.org/net.git\nGit-commit: ${sha}`,
      ['accepted', { ...commit, repository: 'https://git.example.org/net.git' }, bug],
    ],
    [
      `Queued\nGit-repo: https://git.example.org/net.git next\nGit-commit: ${sha}`,
      ['accepted', { ...commit, repository: 'https://git.example.org/net.git', branch: 'next' }, bug],
    ],
    ['Submitted, https://lore.example.org/x', ['submitted', { kind: 'url', url: 'https://lore.example.org/x' }, bug]],
    [
      'submitted 2023-01-02 - list@example.org',
      ['submitted', { kind: 'date', date: '2023-01-02' }, reason('2023-01-02 - list@example.org'), bug],
    ],
    ['Not yet, under test', ['pending', reason('under test'), bug]],
    ['No, review found faults', ['pending', reason('review found faults'), bug]],
    ['Never, for the ABI of packages', ['downstream-only', reason('for the ABI of packages'), bug]],
    ['Depends on patches.suse/a.patch', ['pending', reason('Depends on patches.suse/a.patch'), bug]],
  ])('%s', (value, expected) => {
    const reading = readingOf(suseKernel, header(`Patch-mainline: ${value}`));
    expect([stated(reading), reading.problems]).toEqual([[expected], []]);
    expect(reading.markers[0]?.line).toBe(3);
  });

  test('that the patch is a part of the commit, or needs another patch', () => {
    const partial = readingOf(suseKernel, header(`Patch-mainline: v6.5\nGit-commit: ${sha} (partial)`));
    const dependent = readingOf(suseKernel, header('Patch-mainline: Depends on a.patch'));
    expect([...partial.markers, ...dependent.markers].map(({ modifiers }) => modifiers)).toEqual([
      { partial: true },
      { dependsOn: 'a.patch' },
    ]);
  });

  test('it for each of several commits, in any letter case of the tags', () => {
    const other = sha.replace('0', '1');
    const reading = readingOf(suseKernel, header(`PATCH-MAINLINE: v6.5\ngit-commit: ${sha}\nGit-Commit: ${other}`));
    expect(reading.markers[0]?.evidence.slice(0, 2)).toEqual([commit, { ...commit, sha: other }]);
  });
});

describe('It is said', () => {
  test.each([
    ['which tags a value needs', 'Patch-mainline: v6.5', [['missing-evidence', 'Git-commit: SHA']]],
    [
      'that a queued patch needs both',
      'Patch-mainline: Queued',
      [
        ['missing-evidence', 'Git-commit: SHA'],
        ['missing-evidence', 'Git-repo: URL'],
      ],
    ],
    [
      'that mainline has one repository',
      `Patch-mainline: v6.5\nGit-commit: ${sha}\nGit-repo: a/b`,
      [['contradiction', null]],
    ],
    [
      'that nothing was taken from upstream',
      `Patch-mainline: Never, ours\nGit-commit: ${sha}`,
      [['contradiction', null]],
    ],
    ['that a reason is missing', 'Patch-mainline: Never', [['missing-evidence', 'Patch-mainline: Never, REASON']]],
    [
      'that a place is missing',
      'Patch-mainline: Submitted',
      [['missing-evidence', 'Patch-mainline: Submitted, DATE - DESTINATION']],
    ],
    ['that the tag stands there twice', 'Patch-mainline: No, a\nPatch-mainline: No, a', [['duplicate', null]]],
    ['that the commit is not whole', 'Patch-mainline: v6.5\nGit-commit: 02c6c24', [['near-miss', null]]],
    [
      'that the repository is no address',
      `Patch-mainline: Queued\nGit-repo: net\nGit-commit: ${sha}`,
      [['near-miss', 'Git-repo: URL']],
    ],
    ['that the commit alone is not enough', `Git-commit: ${sha}`, [['missing-evidence', 'Patch-mainline: VERSION']]],
  ])('%s', (_, tags, expected) => {
    expect(mended(readingOf(suseKernel, header(tags)))).toEqual(expected);
  });

  test('that a reference is missing', () => {
    expect(mended(readingOf(suseKernel, 'Patch-mainline: No, a'))).toEqual([
      ['missing-reference', 'References: bsc#NUMBER'],
    ]);
  });
});

describe('A near miss is corrected', () => {
  test.each([
    ['Patch-mainline: Yes, v4.5', 'v4.5'],
    ['Patch-mainline: v4.5 and some words', 'v4.5'],
    ['Patch-mainline: never. fixes our own code', 'Never, fixes our own code'],
    ['Patch-mainline: Not-yet: testing', 'Not yet, testing'],
    ['Patch-mainline: linux-next', 'Queued in subsystem maintainer repository'],
    ['Patch mainline: v4.5', 'v4.5'],
    ['Patch_mainline: Never, ours', 'Never, ours'],
    ['Mainline: v4.5', 'v4.5'],
  ])('%s', (tag, value) => {
    const reading = readingOf(suseKernel, header(tag));
    expect([reading.markers, mended(reading)]).toEqual([[], [['near-miss', `Patch-mainline: ${value}`]]]);
  });

  test('below the line ---', () => {
    const reading = suseKernel.read({ path: 'a', text: mail('Why', 'Patch-mainline: Never, ours\n') });
    expect([reading.markers, mended(reading)]).toEqual([[], [['near-miss', 'Patch-mainline: Never, ours']]]);
  });

  test('only where it is clear what is meant', () => {
    expect(mended(readingOf(suseKernel, header('Patch-mainline: perhaps')))).toEqual([['near-miss', null]]);
  });
});

test.each([
  [
    { state: 'merged', evidence: [commit, { kind: 'release', version: 'v6.5' }] },
    ['Patch-mainline: v6.5', `Git-commit: ${sha}`],
  ],
  [
    { state: 'accepted', modifiers: { partial: true } },
    ['Patch-mainline: Queued in subsystem maintainer repository', 'Git-repo: URL', 'Git-commit: SHA (partial)'],
  ],
  [{ state: 'submitted' }, ['Patch-mainline: Submitted, DATE - DESTINATION']],
  [{ state: 'denied' }, ['Patch-mainline: Never, REASON']],
  [{ state: 'embargoed' }, []],
] as const)('What to write for %j', (marker, lines) => {
  expect(suseKernel.suggest(marker)).toEqual(lines);
});
