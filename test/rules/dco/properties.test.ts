// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Contribution } from '../../../src/contribution/contribution.ts';
import { type CommitDraft, contributionOf, personOf, shaOf } from '../../helpers/contribution.ts';
import { judged, type Policy } from './judge.ts';

// The same rules once more, told in another way: slowly, with regular expressions, and without a reason for anything.

const people = ['Ada <ada@x.org>', 'ADA <Ada@X.org>', 'Ada <bob@x.org>', 'Bob <bob@x.org>', 'Bob <bob@x>'];
const gitHub = 'GitHub <noreply@github.com>';
// Mostly one person, so that enough of it is in order.
const anybody = fc.oneof({ weight: 4, arbitrary: fc.constant(people[0] ?? '') }, fc.constantFrom(...people, gitHub));
const most = 5;

const sentence = fc
  .record({
    of: anybody,
    by: anybody,
    thirdParty: fc.boolean(),
    position: fc.nat(most),
    digits: fc.constantFrom(40, 40, 40, 12),
  })
  .map(({ of, by, thirdParty, position, digits }) => {
    const start = thirdParty ? `On behalf of ${of}, ` : '';
    return `${start}I, ${by}, hereby add my Signed-off-by to this commit: ${shaOf(position).slice(0, digits)}`;
  });
const line = fc.oneof(
  anybody.map((person) => `Signed-off-by: ${person}`),
  sentence,
  fc.constantFrom('', ' ', 'Fix', '\u200b'),
  fc
    .tuple(fc.constantFrom(' ', '> ', '\t', 'x', '\u2028', ''), anybody, fc.constantFrom('', ' ', '.', '\0', '\u0085'))
    .map(([before, person, after]) => `${before}signed-off-by:${person}${after}`),
);
const message = fc
  .tuple(
    fc.array(line, { maxLength: 6 }),
    fc.oneof(
      { weight: 3, arbitrary: fc.constant('\n') },
      fc.constantFrom('\r\n', '\n\n', '\r', '\v', '\f', '\u0085', '\u2028'),
    ),
  )
  .map(([lines, separator]) => lines.join(separator));
const commit = fc.record({ author: anybody, committer: anybody, message, merges: fc.boolean(), twice: fc.boolean() });
const contribution = fc.array(commit, { minLength: 1, maxLength: most }).map((commits) =>
  contributionOf(
    commits.map(({ author, committer, message, merges, twice }, index): CommitDraft => {
      const parents = [shaOf(index), ...(merges ? [twice ? shaOf(index) : shaOf(90 + index)] : [])];
      return { author: personOf(author), committer: personOf(committer), message, parents };
    }),
  ),
);

type Commits = Contribution['commits'];
const fold = (text: string) => text.trim().toLowerCase();
const makersOf = ({ author, committer }: Commits[number]) =>
  [author, committer]
    .map((person) => fold(`${person?.name} <${person?.email}>`))
    .filter((maker) => maker !== fold(gitHub));
const usable = (person: string) => fold(person) !== fold(gitHub) && /\.org>$/i.test(person.trim());

function signsOff(one: Commits[number]): boolean {
  const [, ...below] = one.message.split('\n').filter((text) => /\S/.test(text));
  const signers = below.flatMap((text) => /^signed-off-by:(.*)$/is.exec(text)?.[1]?.trim() ?? []);
  return signers.some((signer) => usable(signer) && makersOf(one).includes(fold(signer)));
}

function isRemedied(position: number, commits: Commits, thirdParties: boolean): boolean {
  const target = commits[position];
  const later = commits.map((one, index) => ({ one, index })).slice(position + 1);
  return later.some(({ one, index }) => {
    const makes = one.message.split('\n').some((text) => {
      const claim = /^(?:On behalf of (.+>), )?I, (.+>), hereby add my Signed-off-by to this commit: (\w+)\s*$/.exec(
        text,
      );
      if (claim === null || (claim[1] !== undefined && !thirdParties) || claim[3] !== target?.sha) return false;
      const [, of, by = ''] = claim;
      const author = fold(`${target?.author?.name} <${target?.author?.email}>`);
      return usable(by) && makersOf(one).includes(fold(by)) && fold(of ?? by) === author;
    });
    return makes && (signsOff(one) || isRemedied(index, commits, thirdParties));
  });
}

function isChain(commits: Commits): boolean {
  return commits.every(({ parents }, index) => index === 0 || parents.includes(commits[index - 1]?.sha ?? ''));
}

describe('whatever people write into commits', () => {
  const none: Policy = {};
  const individual: Policy = { allowRemediationCommits: { individual: true } };
  const thirdParty: Policy = { allowRemediationCommits: { individual: true, thirdParty: true } };

  test.each([
    ['no remediation is allowed', none],
    ['authors may remedy their own', individual],
    ['anybody may remedy', thirdParty],
  ] as const)('a pull request passes exactly where each commit is in order, where %s', (_where, policy) => {
    fc.assert(
      fc.property(contribution, (given) => {
        const inOrder = given.commits.every((one, position) => {
          if (new Set(one.parents).size > 1 || signsOff(one)) return true;
          return policy !== none && isRemedied(position, given.commits, policy === thirdParty);
        });
        expect(judged(given, policy).outcome).toBe(inOrder ? 'pass' : 'fail');
      }),
    );
  });

  test('none of the commits can be left out without a trace', () => {
    fc.assert(
      fc.property(contribution, fc.nat(most), fc.integer({ min: 1, max: most }), (given, from, amount) => {
        const commits = given.commits.toSpliced(from % given.commits.length, amount);
        expect(judged({ ...given, commits }, thirdParty).outcome).toBe('incomplete');
        const totals = { commits: commits.length, files: null };
        const [oldest] = commits;
        // What is missing below the oldest commit can only be told by the source's own count.
        const connected = oldest !== undefined && commits.at(-1)?.sha === given.head.sha && isChain(commits);
        if (!connected) expect(judged({ ...given, commits, totals }, thirdParty).outcome).toBe('incomplete');
      }),
    );
  });

  test('what stands after it, however long, neither adds a sign-off nor takes one away', () => {
    const noise = fc.constantFrom(
      'x',
      '> Signed-off-by: ',
      'Signed-of-by: Ada <ada@x.org>',
      'Signed-off-by: Eve <e@x.org>',
    );
    fc.assert(
      fc.property(contribution, noise, fc.nat(2000), (given, line, times) => {
        const commits = given.commits.map((one) => ({
          ...one,
          message: `${one.message || 'Fix'}\n${`${line}\n`.repeat(times)}`,
        }));
        const before = given.commits.map((one) => ({ ...one, message: one.message || 'Fix' }));
        expect(judged({ ...given, commits }).outcome).toBe(judged({ ...given, commits: before }).outcome);
      }),
      { numRuns: 30 },
    );
  });
});
