// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import type { Commit, Contribution, Facts } from '../../../src/contribution/contribution.ts';
import {
  botOf,
  type CommitDraft,
  commitBy,
  contributionOf,
  gitHubSignature,
  personOf,
  shaOf,
  signatureOf,
  signedCommitBy,
  userOf,
} from '../../helpers/contribution.ts';
import { ada, bob, codesOf, judged, needsOf, type Policy, plain } from './judge.ts';

/** A queued pull request; its commits' ids start at ten times its number. */
function queued(number: number, drafts: readonly CommitDraft[], author = userOf('ada')): Facts {
  const withIds = drafts.map((draft, index) => ({ sha: shaOf(number * 10 + index), ...draft }));
  const { queued: _, ...facts } = contributionOf(withIds, {
    pullRequest: { number, url: `https://github.com/example-org/widget/pull/${number}`, author, draft: false },
  });
  return facts;
}

function group(pullRequests: readonly Facts[], built: readonly CommitDraft[], more: Partial<Contribution> = {}) {
  return contributionOf(built, { pullRequest: null, queued: [...pullRequests], ...more });
}

const account = {
  author: personOf('ada <1+ada@users.noreply.github.com>'),
  committer: personOf('GitHub <noreply@github.com>'),
};
const squashed = (title: string, rest = '', more: Partial<Commit> = {}) =>
  commitBy(ada, `${title}\n\n${rest}`, { ...account, signature: gitHubSignature, ...more });
const one = queued(7, [signedCommitBy(ada, 'Fix it')]);
const two = queued(8, [signedCommitBy(bob, 'Mend it')]);
const robot = 'robot[bot] <1+robot[bot]@users.noreply.github.com>';

describe('a merge group passes', () => {
  test.each([
    [
      'where the queue merged the commits as they are',
      [one],
      [...one.commits, commitBy(ada, 'Merge pull request #7', { parents: [shaOf(70), shaOf(0)] })],
      ['signed-off', 'merge'],
    ],
    ['where the queue rebuilt them', [one], [signedCommitBy(ada, 'Fix it')], ['signed-off', 'carried']],
    [
      'where a squashed commit has kept a sign-off, though its author is another identity now',
      [one],
      [squashed('Fix it (#7)', `* Fix it\n\nSigned-off-by: ${ada}`)],
      ['signed-off', 'carried'],
    ],
    [
      'where all of several pull requests do',
      [one, two],
      [squashed('Fix it (#7)', `Signed-off-by: ${ada}`), squashed('Mend it (#8)', `Signed-off-by: ${bob}`)],
      ['signed-off', 'signed-off', 'carried', 'carried'],
    ],
  ])('%s', (_what, pullRequests, built, codes) => {
    const verdict = judged(group(pullRequests, built));
    expect(codesOf(verdict)).toEqual(codes);
    expect(verdict.outcome).toBe('pass');
  });

  test('where the queue made a commit of a bot’s', () => {
    const bots = queued(9, [commitBy(robot, 'Bump', { authorAccount: botOf('robot[bot]') })], botOf('robot[bot]'));
    const built = squashed('Bump (#9)', '', { authorAccount: botOf('robot[bot]'), author: personOf(robot) });
    expect(codesOf(judged(group([bots, one], [built, signedCommitBy(ada, 'Fix it')])))).toEqual([
      'bot',
      'signed-off',
      'bot',
      'carried',
    ]);
  });

  test('where a rebuilt commit was exempt, or signed off later, as a commit of its pull request', () => {
    const policy: Policy = { exempt: { paths: ['*.md'] }, allowRemediationCommits: { individual: true } };
    const sentence = `I, ${ada}, hereby add my Signed-off-by to this commit: ${shaOf(91)}`;
    const mixed = queued(9, [
      commitBy(ada, 'Explain it', { paths: ['README.md'] }),
      commitBy(ada, 'Fix it', { paths: ['x'] }),
      commitBy(ada, `Remedy\n\n${sentence}\n\nSigned-off-by: ${ada}`),
    ]);
    const built = mixed.commits.map(({ message }) => commitBy(ada, message));
    const verdict = judged(group([mixed], built), policy);
    expect(codesOf(verdict).slice(3)).toEqual(['queue-exempt', 'queue-exempt', 'carried']);
    expect(verdict.outcome).toBe('pass');
  });

  test('where a squashed commit comes from a pull request that needed no sign-off at all', () => {
    const policy: Policy = { exempt: { paths: ['*.md'] } };
    const exempt = queued(9, [commitBy(ada, 'Explain', { paths: ['README.md'] })]);
    const built = [squashed('Explain it well (#9)'), squashed('Fix (#7)', `Signed-off-by: ${ada}`)];
    expect(codesOf(judged(group([exempt, one], built), policy)).slice(2)).toEqual(['queue-exempt', 'carried']);
  });

  test('by members’ signatures, known by the facts of each pull request', () => {
    const policy: Policy = { require: { members: false } };
    const signedByKey = { authorAccount: userOf('ada'), signature: signatureOf('ada') };
    const members = queued(9, [commitBy(ada, 'Fix it', signedByKey)]);
    const pending = group([members], [squashed('Fix it (#9)')]);
    expect(needsOf(pending, policy)).toEqual([{ fact: 'membership', login: 'ada' }]);
    const known = { ...members, memberships: { ada: 'member' as const } };
    expect(judged(group([known], [squashed('Fix it (#9)')]), policy).outcome).toBe('pass');
  });
});

describe('a merge group fails', () => {
  test('where a queued pull request does, whatever the queue made of it', () => {
    const bad = queued(9, [commitBy(ada, 'Bad')]);
    const verdict = judged(
      group([one, bad], [squashed('Fix (#7)', `Signed-off-by: ${ada}`), squashed('Bad (#9)', `Signed-off-by: ${ada}`)]),
    );
    expect(codesOf(verdict)).toEqual(['signed-off', 'missing', 'carried', 'carried']);
    expect(verdict.outcome).toBe('fail');
    expect(verdict.remedies).not.toEqual([]);
  });

  test.each([
    ['where squashing dropped the sign-offs', squashed('Fix it (#7)')],
    ['where what is left has half an address', squashed('Fix it (#7)', 'Signed-off-by: A <a@x>')],
    ['where only GitHub is left', squashed('Fix it (#7)', 'Signed-off-by: GitHub <noreply@github.com>')],
    [
      'where it only looks like a bot’s',
      squashed('Fix it (#7)', '', { authorAccount: botOf('robot[bot]'), signature: null }),
    ],
    ['where another pull request’s number stands in its title', squashed('Fix it (#8) (#7)')],
  ])('%s', (_what, built) => {
    const verdict = judged(group([one], [built]));
    expect(codesOf(verdict)).toEqual(['signed-off', 'queue-dropped']);
    expect(plain(verdict.findings.at(-1)?.text ?? [])).toContain('“Pull request title and commit details”');
  });
});

describe('a merge group is incomplete', () => {
  const carried = [signedCommitBy(ada, 'Fix it')];

  test.each([
    ['where its pull requests are not known', group([], carried), 'queue-empty'],
    [
      'where the queue’s commits are not all there',
      group([one], carried, { totals: { commits: 2, files: null } }),
      'commits-missing',
    ],
    ['where it has no commits', group([one], []), 'no-commits'],
    [
      'where a pull request’s are not',
      group([{ ...one, totals: { commits: 5, files: null } }], carried),
      'commits-missing',
    ],
    [
      'where a pull request has none',
      group([{ ...one, commits: [], totals: { commits: 0, files: null } }], carried),
      'no-commits',
    ],
  ])('%s', (_what, contribution, code) => {
    const verdict = judged(contribution);
    expect(verdict.outcome).toBe('incomplete');
    expect(verdict.findings.map((finding) => finding.code)).toContain(`dco.${code}`);
  });

  test.each([
    ['squashed', squashed('Mend it (#8)', `Signed-off-by: ${bob}`)],
    ['merged', commitBy(ada, 'Merge pull request #8 from bob/mend', { parents: [shaOf(1), shaOf(80)] })],
  ])('where the queue %s a pull request that is not known', (_how, built) => {
    const verdict = judged(group([one], [signedCommitBy(ada, 'Fix it'), built]));
    expect(verdict.outcome).toBe('incomplete');
    expect(verdict.findings[0]?.code).toBe('dco.queue-unknown');
    expect(plain(verdict.findings[0]?.text ?? [])).toContain('The pull request #8 is in this merge group');
  });

  test('but not where a pull request’s own commit names another one', () => {
    const commit = signedCommitBy(ada, 'Take up what is left of it (#8)');
    expect(judged(group([queued(9, [commit])], [commit])).outcome).toBe('pass');
  });

  test('and names the pull request', () => {
    const verdict = judged(group([{ ...one, totals: { commits: 5, files: null } }], carried));
    expect(plain(verdict.findings[0]?.text ?? [])).toMatch(/^In the pull request #7: There should be 5 commits/);
  });
});
