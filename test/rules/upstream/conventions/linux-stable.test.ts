// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { linuxStable } from '../../../../src/rules/upstream/conventions/linux-stable.ts';
import { brief, otherSha, readCommit, sha } from '../commits.ts';

const read = (...lines: readonly string[]) => brief(readCommit(linuxStable, 'drm: Fix it', '', ...lines));

describe('the forms of the stable rules', () => {
  test.each([`commit ${sha} upstream.`, `[ Upstream commit ${sha} ]`, `(cherry picked from commit ${sha})`])(
    '%s',
    (line) => {
      expect(read(line, '', 'Words.')).toEqual(['merged c31e731']);
    },
  );

  test('a note in brackets below says that it was adapted', () => {
    expect(read(`commit ${sha} upstream.`, '', 'Words.', '', '[ada: Adjusted the context]')).toEqual([
      'modified merged c31e731',
    ]);
  });

  test.each([
    [[`This reverts commit ${otherSha} which is commit ${sha} upstream.`]],
    [[`This reverts commit ${otherSha} which is`, `commit ${sha} upstream.`]],
  ])('a revert names both commits: %j', (lines) => {
    expect(read(...lines)).toEqual(['revert merged c31e731']);
  });

  test('each commit that is named is a marker at its line', () => {
    const { markers } = readCommit(
      linuxStable,
      'x',
      '',
      `commit ${sha} upstream.`,
      `(cherry picked from commit ${otherSha})`,
    );
    expect(markers.map(({ line, raw }) => [line, raw])).toEqual([
      [3, `commit ${sha} upstream.`],
      [4, `(cherry picked from commit ${otherSha})`],
    ]);
  });

  test('line ends of Windows are line ends', () => {
    const body = `x\r\n\r\ncommit ${sha} upstream.\r\n`;
    expect(brief(linuxStable.read({ sha, subject: 'x', body, pullRequestBody: null }))).toEqual(['merged c31e731']);
  });
});

describe('a near miss is mended', () => {
  const canonical = `commit ${sha} upstream.`;
  test.each([
    [`commit ${sha} upstream`, canonical],
    [`Commit ${sha} upstream.`, canonical],
    [`commit ${sha} in upstream.`, canonical],
    [`commit ${sha}`, canonical],
    [`upstream commit ${sha}`, canonical],
    [`Upstream commit: ${sha}.`, canonical],
    [`Mainline: ${sha}`, canonical],
    [`  commit ${sha} upstream.`, canonical],
    [`commit ${sha.toUpperCase()} upstream.`, canonical],
    [`[Upstream commit ${sha}]`, `[ Upstream commit ${sha} ]`],
    [`[ upstream commit ${sha} ]`, `[ Upstream commit ${sha} ]`],
    [`commit ${sha.slice(0, 12)} upstream.`, '?'],
    [`(cherry-picked from commit ${sha})`, `(cherry picked from commit ${sha})`],
  ])('%s', (line, suggestion) => {
    expect(read(line)).toEqual([`near-miss: ${suggestion}`]);
  });
});

test.each([
  `Fixes: ${sha.slice(0, 12)} ("drm: Break it")`,
  `This was broken by commit ${sha.slice(0, 12)} upstream of here.`,
  `This reverts commit ${sha}.`,
])('%s says nothing of where it comes from', (line) => {
  expect(read(line)).toEqual([]);
});

test('the subject is none of it', () => {
  expect(brief(readCommit(linuxStable, `commit ${sha} upstream.`))).toEqual([]);
});

test('it can only say that something was merged', () => {
  expect(linuxStable.suggest({ state: 'pending' })).toEqual([]);
  expect(linuxStable.suggest(null)).toEqual(['commit COMMIT upstream.', '[ Upstream commit COMMIT ]']);
});
