// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { scs } from '../../../../src/rules/upstream/conventions/scs.ts';
import { brief, commit, otherSha, readCommit } from '../commits.ts';

const pull = 'https://github.com/openstack/nova/pull/7';
const fix = `https://github.com/openstack/nova/commit/${otherSha}`;

const read = (...lines: readonly string[]) => brief(readCommit(scs, 'Fix migration', '', 'Words.', '', ...lines));

describe('the states of Yocto as trailers', () => {
  test.each([
    [['Upstream-Status: Pending [waits for a test]'], 'pending "waits for a test"'],
    [[`Upstream-Status: Submitted [${pull}]`], `submitted ${pull}`],
    [['Upstream-Status: Submitted', `Upstream: ${pull}`], `submitted ${pull}`],
    [['Upstream-Status: Inappropriate [configuration]'], 'downstream-only "configuration"'],
    [['Upstream-Status: Inactive-Upstream [lastcommit: 2019-05-01]'], 'inactive 2019-05-01 "lastcommit: 2019-05-01"'],
    [[`Upstream-Status: Denied [${pull} they want another way]`], `denied ${pull} "${pull} they want another way"`],
    [[`Upstream-Status: Backport [${fix} needed at once]`], `merged ${fix} "${fix} needed at once"`],
    [['Upstream-Status: Backport [needed for an outage]', `Upstream: ${fix}`], `merged "needed for an outage" ${fix}`],
  ])('%j', (lines, expected) => {
    expect(read(...lines)).toEqual([expected]);
  });
});

describe('what is missing is asked for', () => {
  test.each([
    [['Upstream-Status: Pending'], ['pending', 'missing-evidence: Upstream-Status: Pending [REASON]']],
    [['Upstream-Status: Submitted'], ['submitted', 'missing-evidence: Upstream-Status: Submitted [URL]']],
    [
      [`Upstream-Status: Backport [${fix}]`],
      [`merged ${fix}`, `missing-evidence: Upstream-Status: Backport [${fix} REASON]`],
    ],
    [['Upstream-Status:'], ['missing-evidence: Upstream-Status: Submitted [URL]']],
    [[`Upstream: ${pull}`], [`missing-evidence: Upstream-Status: Submitted [${pull}]`]],
  ])('%j', (lines, expected) => {
    expect(read(...lines)).toEqual(expected);
  });
});

describe('a near miss is mended', () => {
  test.each([
    [`Upstream-status: Submitted [${pull}]`, `Upstream-Status: Submitted [${pull}]`],
    [`Upstream Status: Submitted [${pull}]`, `Upstream-Status: Submitted [${pull}]`],
    [`Upstream-Status:Submitted [${pull}]`, `Upstream-Status: Submitted [${pull}]`],
    [`Upstream-Status: submitted [${pull}]`, `Upstream-Status: Submitted [${pull}]`],
    [`Upstream-Status: Submitted ${pull}`, `Upstream-Status: Submitted [${pull}]`],
    [`Upstream-Status: Backport(${fix})`, `Upstream-Status: Backport [${fix}]`],
    [`- **Upstream-Status:** Submitted [${pull}]`, `Upstream-Status: Submitted [${pull}]`],
    ['Upstream-Status: gibberish', '?'],
  ])('%s', (line, suggestion) => {
    expect(read(line)).toEqual([`near-miss: ${suggestion}`]);
  });
});

test.each(['The upstream status is unknown.', 'Upstream is dead.', 'Upstream: nobody'])('%s is prose', (line) => {
  expect(read(line)).toEqual([]);
});

describe('the body of the pull request', () => {
  const readBody = (message: readonly string[], body: string) =>
    brief(scs.read({ ...commit(...message), pullRequestBody: body }));

  test('speaks where the commit says nothing', () => {
    expect(readBody(['x'], `Words.\r\n\r\nUpstream-Status: Submitted [${pull}]\r\n`)).toEqual([`submitted ${pull}`]);
  });

  test('is not asked where the commit speaks', () => {
    expect(readBody(['x', '', 'Upstream-Status: Pending [tests]'], `Upstream-Status: Submitted [${pull}]`)).toEqual([
      'pending "tests"',
    ]);
  });

  test('can be read alone', () => {
    const input = { sha: '', subject: '', body: '', pullRequestBody: 'x\nUpstream-Status: Inappropriate [ours]' };
    expect(scs.read(input).markers).toEqual([expect.objectContaining({ state: 'downstream-only', line: 2 })]);
  });

  test.each([
    ['<!-- Upstream-Status: Submitted [URL] -->'],
    ['<!--\nUpstream-Status: Inappropriate [x]\n-->'],
    ['```\nUpstream-Status: Inappropriate [x]\n```'],
    ['~~~~ text\nUpstream-Status: Inappropriate [x]\n~~~\nUpstream-Status: Inappropriate [x]'],
  ])('%j is what a template explains', (body) => {
    expect(readBody(['x'], body)).toEqual([]);
  });

  test('what follows a comment counts', () => {
    expect(readBody(['x'], '<!-- why -->Upstream-Status: Inappropriate [x]\n')).toEqual(['downstream-only "x"']);
  });
});

test('a suggested line is one that it reads', () => {
  const lines = scs.suggest(null).map((line) => line.replaceAll('URL', pull).replaceAll('DATE', '2019-05-01'));
  expect(lines.map((line) => readCommit(scs, 'x', '', line).problems)).toEqual(lines.map(() => []));
});
