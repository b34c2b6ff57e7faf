// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { androidKernel } from '../../../../src/rules/upstream/conventions/android-kernel.ts';
import { brief, otherSha, readCommit, sha } from '../commits.ts';

const picked = `(cherry picked from commit ${sha})`;
const title = 'important patch from upstream';
const tree = 'https://git.kernel.org/pub/scm/linux/kernel/git/foo/bar.git';
const mail = 'https://lore.kernel.org/lkml/20190619171517.GA17557@someone.example.com/';
const signed = 'Signed-off-by: Ada Example <ada@example.org>';

const read = (...lines: readonly string[]) => brief(readCommit(androidKernel, ...lines));

describe('the forms of the kernel’s page', () => {
  test('UPSTREAM names the commit in mainline', () => {
    expect(read(`UPSTREAM: ${title}`, '', 'Words.', '', 'Bug: 135791357', picked, signed)).toEqual(['merged c31e731']);
  });

  test('BACKPORT says below it what was changed', () => {
    const note = '[joe: Resolved minor conflict in drivers/foo/bar.c ]';
    expect(read(`BACKPORT: ${title}`, '', picked, note, signed)).toEqual(['modified merged c31e731']);
  });

  test('FROMGIT names repository and branch, in two lines', () => {
    const lines = [`(cherry picked from commit ${otherSha}`, ` ${tree} test-branch)`];
    expect(read(`FROMGIT: ${title}`, '', 'Bug: 135791357', ...lines)).toEqual([`accepted 878a2fd ${tree} test-branch`]);
  });

  test('FROMLIST links to the mail, and has a bug', () => {
    expect(read(`FROMLIST: ${title}`, '', 'Bug: 135791357', `Link: ${mail}`)).toEqual([`submitted ${mail}`]);
  });

  test.each(['Bug: 135791357', 'Fixes: 1234abcd2468 ("foobar: add cool feature")'])('ANDROID has %s', (line) => {
    const [marker, ...problems] = read('ANDROID: fix bug in foobar.c', '', line, signed);
    expect([marker, problems]).toEqual([expect.stringMatching(/^downstream-only "fix bug in foobar.c"/), []]);
  });

  test('BACKPORT goes before FROMGIT and FROMLIST', () => {
    const line = `(cherry picked from commit ${otherSha} ${tree} test-branch)`;
    expect(read(`BACKPORT: FROMGIT: ${title}`, '', line, '[ada: Context]')).toEqual([
      `modified accepted 878a2fd ${tree} test-branch`,
    ]);
    expect(read(`BACKPORT: FROMLIST: ${title}`, '', 'Bug: 1', `Link: ${mail}`, '[ada: Context]')).toEqual([
      `modified submitted ${mail}`,
    ]);
  });

  test('a revert is a change of its own', () => {
    expect(read(`Revert "UPSTREAM: ${title}"`)).toEqual([`revert downstream-only "Revert "UPSTREAM: ${title}""`]);
  });

  test.each([
    [`Revert "Revert "UPSTREAM: ${title}""`],
    [`Reapply "UPSTREAM: ${title}"`],
    [`Revert "Reapply "UPSTREAM: ${title}""`],
  ])('so is the revert of a revert: %s', (subject) => {
    expect(read(subject)).toEqual([`revert downstream-only "${subject}"`]);
  });

  test('the first commit that is named counts, since a cherry-pick between branches adds another', () => {
    expect(read(`UPSTREAM: ${title}`, '', picked, `(cherry picked from commit ${otherSha})`)).toEqual([
      'merged c31e731',
    ]);
  });
});

describe('what is missing is asked for', () => {
  test.each([
    [['UPSTREAM: x'], ['merged', 'missing-evidence: (cherry picked from commit COMMIT)']],
    [['FROMGIT: x'], ['accepted', 'missing-evidence: (cherry picked from commit COMMIT REPOSITORY BRANCH)']],
    [
      ['FROMGIT: x', '', picked],
      ['accepted c31e731', `missing-evidence: (cherry picked from commit ${sha} REPOSITORY BRANCH)`],
    ],
    [
      ['FROMGIT: x', '', `(cherry picked from commit ${sha} git://example.org/git/next/linux-next.git master)`],
      [
        'accepted c31e731 git://example.org/git/next/linux-next.git master',
        `missing-evidence: (cherry picked from commit ${sha} REPOSITORY BRANCH)`,
      ],
    ],
    [
      ['FROMLIST: x', '', 'Link: https://example.org/1'],
      ['submitted', 'missing-evidence: Link: https://lore.kernel.org/r/MESSAGE-ID', 'missing-line: Bug: NUMBER'],
    ],
    [['ANDROID: x'], ['downstream-only "x"', 'missing-line: Bug: NUMBER']],
    [
      ['BACKPORT: x', '', picked, signed],
      ['modified merged c31e731', 'missing-line: [NAME: WHAT WAS CHANGED]'],
    ],
  ])('%j', (lines, expected) => {
    expect(read(...lines)).toEqual(expected);
  });
});

describe('a near miss is mended', () => {
  test.each([
    ['upstream: x', 'UPSTREAM: x'],
    ['Upstream: x', 'UPSTREAM: x'],
    ['UPSTREAM:x', 'UPSTREAM: x'],
    ['UPSTREAM x', 'UPSTREAM: x'],
    ['[BACKPORT] x', 'BACKPORT: x'],
    ['From List: x', 'FROMLIST: x'],
    ['FROM-GIT: x', 'FROMGIT: x'],
    ['FROMGIT: BACKPORT: x', 'BACKPORT: FROMGIT: x'],
    ['UPSTREAM: BACKPORT: x', 'BACKPORT: x'],
    ['Revert "upstream: x"', 'Revert "UPSTREAM: x"'],
    ['FROMGIT: FROMLIST: x', '?'],
  ])('%s', (subject, suggestion) => {
    expect(read(subject)).toEqual([`near-miss: ${suggestion}`]);
  });

  test.each([
    [`(cherry-picked from commit ${sha})`, picked],
    [`(cherry-picked from ${sha})`, picked],
    [`(cherry picked from commit ${sha}`, picked],
    [`cherry picked from commit ${sha}`, picked],
    [`(Cherry picked from commit ${sha.toUpperCase()})`, picked],
    [`(cherry picked from commit ${sha.slice(0, 12)})`, '?'],
  ])('%s', (line, suggestion) => {
    expect(read('UPSTREAM: x', '', line)).toEqual([`near-miss: ${suggestion}`]);
  });
});

test.each(['binder: fix it', 'Upstream the driver', 'Merge 5.10.1 into android', 'WIP: x'])(
  '%s has no tag',
  (subject) => {
    expect(read(subject, '', picked)).toEqual([]);
  },
);

test('behind a tag, a word in small letters belongs to the title', () => {
  expect(read('UPSTREAM: android: binder: fix it', '', picked)).toEqual(['merged c31e731']);
});

test.each([
  [
    { state: 'merged', evidence: [{ kind: 'commit', sha, repository: null, branch: null }] },
    ['UPSTREAM: SUBJECT', picked],
  ],
  [{ state: 'accepted' }, ['FROMGIT: SUBJECT', '(cherry picked from commit COMMIT REPOSITORY BRANCH)']],
  [
    { state: 'submitted', evidence: [{ kind: 'url', url: mail }] },
    ['FROMLIST: SUBJECT', 'Bug: NUMBER', `Link: ${mail}`],
  ],
  [{ state: 'embargoed' }, []],
] as const)('for %j it suggests %j', (marker, lines) => {
  expect(androidKernel.suggest(marker)).toEqual(lines);
});

test('what it suggests where it knows nothing is what it reads', () => {
  const filled = androidKernel
    .suggest(null)
    .map((lines) => lines.replace('COMMIT', sha).replace('REPOSITORY', tree).replace('URL', mail).split('\n'));
  expect(filled.map((lines) => readCommit(androidKernel, ...lines).problems)).toEqual([[], [], [], []]);
});
