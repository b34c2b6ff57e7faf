// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { commitBy, contributionOf, shaOf, signedCommitBy } from '../../helpers/contribution.ts';
import { ada, judged, needsOf, plain } from './judge.ts';

const three = contributionOf(['One', 'Two', 'Three'].map((subject) => signedCommitBy(ada, subject)));
const [one, two, last] = three.commits;
const some = (...commits: (typeof one)[]) => commits.flatMap((commit) => commit ?? []);

describe('a list of commits is incomplete', () => {
  test.each([
    ['where it is empty', 'no-commits', { commits: [], totals: { commits: 0, files: null } }],
    ['where it is empty though there are commits', 'commits-missing', { commits: [] }],
    ['where it is shorter than the source says', 'commits-missing', { totals: { commits: 4, files: null } }],
    ['where it is longer than the source says', 'commits-missing', { totals: { commits: 2, files: null } }],
    [
      'where a commit comes twice',
      'commits-repeated',
      { commits: some(one, two, two, last), totals: { commits: 4, files: null } },
    ],
    ['where the newest commit is not in it', 'head-missing', { head: { ref: 'topic', sha: shaOf(7) } }],
    [
      'where a commit between is not in it',
      'commits-unconnected',
      { commits: some(one, last), totals: { commits: 2, files: null } },
    ],
  ])('%s', (_what, code, more) => {
    const verdict = judged({ ...three, ...more });
    expect(verdict.outcome).toBe('incomplete');
    expect(verdict.findings.filter(({ level }) => level === 'gap').map((finding) => finding.code)).toEqual([
      `dco.${code}`,
    ]);
  });

  test('and says how to have it read again', () => {
    const { findings } = judged({ ...three, totals: { commits: 4, files: null } });
    expect(plain(findings[0]?.text ?? [])).toBe(
      'There should be 4 commits, but 3 could be read. ' +
        'To read it once more, comment `/recheck` on the pull request, or press “Re-run” on this check.',
    );
  });

  test('and yields no commands, which could change the wrong commits, and no further questions', () => {
    const contribution = contributionOf([commitBy(ada, 'Fix')], { totals: { commits: 2, files: null } });
    expect(judged(contribution).remedies).toEqual([]);
    expect(needsOf(contribution, { exempt: { paths: ['*.md'] } })).toEqual([]);
  });
});

describe('a list of commits is complete', () => {
  test('where merges join lines of commits, and lead out of it', () => {
    const commits = [
      signedCommitBy(ada, 'Trunk'),
      signedCommitBy(ada, 'Branch', { parents: [shaOf(0)] }),
      commitBy(ada, 'Merge branch', { parents: [shaOf(1), shaOf(2)] }),
      commitBy(ada, 'Merge main', { parents: [shaOf(3), shaOf(50)] }),
    ];
    expect(judged(commits).outcome).toBe('pass');
  });

  test('where it starts with a commit that has no parent', () => {
    expect(judged([signedCommitBy(ada, 'First', { parents: [] })]).outcome).toBe('pass');
  });
});

describe('a commit whose author or committer could not be read', () => {
  test('stays open where that decides', () => {
    const verdict = judged([signedCommitBy(ada, 'Fix', { author: null, committer: null })]);
    expect(verdict.outcome).toBe('incomplete');
    expect(verdict.findings[0]?.code).toBe('dco.identity-unreadable');
  });

  test('fails where it has no sign-off whoever made it', () => {
    expect(judged([commitBy(ada, 'Fix', { author: null, committer: null })]).outcome).toBe('fail');
  });
});
