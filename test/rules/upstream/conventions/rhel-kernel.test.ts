// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { rhelKernel } from '../../../../src/rules/upstream/conventions/rhel-kernel.ts';
import { brief, otherSha, readCommit, sha } from '../commits.ts';

const jira = 'JIRA: https://issues.redhat.com/browse/RHEL-12345';
const mail = 'https://lore.kernel.org/lkml/20200220151738.1492852-1-ada@example.org/';
const tree = 'https://git.kernel.org/pub/scm/linux/kernel/git/foo/bar.git';

const read = (...lines: readonly string[]) => brief(readCommit(rhelKernel, 'net: Fix it', '', ...lines));

describe('the forms of the commit rules', () => {
  test.each([
    [[jira, '', `commit ${sha}`, 'Author: Ada Example <ada@example.org>'], ['merged c31e731']],
    [[jira, '', `commit ${sha} (tag: v6.8, origin/master)`], ['merged c31e731']],
    [[jira, `(cherry picked from commit ${sha})`], ['merged c31e731']],
    [
      [jira, `commit ${sha}`, `commit ${otherSha}`],
      ['merged c31e731', 'merged 878a2fd'],
    ],
    [[jira, `Upstream Status: ${mail}`], [`submitted ${mail}`]],
    [[jira, `Upstream Status: Posted ${mail}`], [`submitted ${mail}`]],
    [[jira, 'Upstream Status: RHEL Only'], ['downstream-only "net: Fix it"']],
    [
      [jira, 'Upstream Status: RHEL-only, since nobody else builds that'],
      ['downstream-only "since nobody else builds that"'],
    ],
    [[jira, `Upstream Status: ${tree}`, `commit ${sha}`], [`accepted c31e731 ${tree}`]],
    [[jira, 'Upstream Status: netdev/net-next.git', `commit ${sha}`], ['accepted c31e731 netdev/net-next.git']],
    [[jira, 'Upstream Status: kernel/git/torvalds/linux.git', `commit ${sha}`], ['merged c31e731']],
    [[jira, "Upstream Status: Linus's tree", `commit ${sha}`], ['merged c31e731']],
    [[jira, "Upstream Status: All of them are in Linus's git tree.", `commit ${sha}`], ['merged c31e731']],
    [[jira, `commit ${sha}`, '', 'Conflicts: the context differs'], ['modified merged c31e731']],
    [[jira, `commit ${sha}`, '', 'Conflicts:', 'The context differs.'], ['modified merged c31e731']],
    [[jira, `commit ${sha}`, 'Omitted-fix: 878a2fd9de10 ("net: Break it")'], ['merged c31e731']],
    [['Bugzilla: https://bugzilla.redhat.com/1234567', `commit ${sha}`], ['merged c31e731']],
    [['JIRA: INTERNAL', `commit ${sha}`], ['merged c31e731']],
  ])('%j', (lines, expected) => {
    expect(read(...lines)).toEqual(expected);
  });

  test.each(['Upstream status', 'Upstream Status', 'Upstream-status', 'Upstream-Status'])('the tag %s', (name) => {
    expect(read(jira, `${name}: RHEL Only`)).toEqual(['downstream-only "net: Fix it"']);
  });
});

describe('what is missing is asked for', () => {
  test.each([
    [[`commit ${sha}`], ['merged c31e731', 'missing-line: JIRA: https://issues.redhat.com/browse/RHEL-NUMBER']],
    [
      [jira, 'Upstream Status: Posted'],
      ['submitted', 'missing-evidence: Upstream Status: URL'],
    ],
    [
      [jira, `Upstream Status: ${tree}`],
      ['accepted', 'missing-evidence: commit COMMIT'],
    ],
    [[jira, 'Upstream Status:'], ['missing-evidence: Upstream Status: RHEL Only']],
    [
      [jira, `commit ${sha}`, 'Conflicts:'],
      ['modified merged c31e731', 'missing-line: Conflicts: WHAT WAS CHANGED'],
    ],
  ])('%j', (lines, expected) => {
    expect(read(...lines)).toEqual(expected);
  });
});

describe('a near miss is mended', () => {
  test.each([
    ['upstream status: RHEL Only', 'Upstream Status: RHEL Only'],
    ['UPSTREAM STATUS: rhel only', 'Upstream Status: RHEL Only'],
    ['Upstream Status RHEL-only', 'Upstream Status: RHEL Only'],
    ['Upstream Status: rhel_only', 'Upstream Status: RHEL Only'],
    ['UpstreamStatus: Posted', 'Upstream Status: Posted'],
    [`Commit: ${sha}`, `commit ${sha}`],
    [`commit ${sha} upstream.`, `commit ${sha}`],
    [`upstream commit ${sha}`, `commit ${sha}`],
    [`commit ${sha.slice(0, 12)}`, '?'],
    ['JIRA: RHEL-12345', 'JIRA: https://issues.redhat.com/browse/RHEL-12345'],
    ['Jira: https://issues.redhat.com/browse/RHEL-12345', 'JIRA: https://issues.redhat.com/browse/RHEL-12345'],
    ['Omitted-fix: none', '?'],
    ['omitted fix: 878a2fd9de10', 'Omitted-fix: 878a2fd9de10'],
  ])('%s', (line, suggestion) => {
    expect(read(line)).toEqual([`near-miss: ${suggestion}`]);
  });

  test('a status that nobody knows is no near miss', () => {
    expect(read(jira, 'Upstream Status: soon')).toEqual(['unreadable: ?']);
  });
});

test.each(['    commit c31e73121f4c1ec41143423ac6ce3ce6dafdcec1', 'rhel-8.git commit c31e731', 'Words of commit x'])(
  '%j names no commit of upstream',
  (line) => {
    expect(read(line)).toEqual([]);
  },
);

test.each([
  [{ state: 'merged', evidence: [{ kind: 'commit', sha, repository: null, branch: null }] }, `commit ${sha}`],
  [{ state: 'submitted', evidence: [{ kind: 'url', url: mail }] }, `Upstream Status: ${mail}`],
  [{ state: 'downstream-only' }, 'Upstream Status: RHEL Only'],
] as const)('for %j it suggests %s, behind the ticket', (marker, line) => {
  expect(rhelKernel.suggest(marker)).toEqual(['JIRA: https://issues.redhat.com/browse/RHEL-NUMBER', line]);
});
