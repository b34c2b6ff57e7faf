// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import type { Account, Commit, Contribution, Membership, Signature } from '../../../src/contribution/contribution.ts';
import {
  botOf,
  commitBy,
  contributionOf,
  gitHubSignature,
  shaOf,
  signatureOf,
  userOf,
} from '../../helpers/contribution.ts';
import { ada, bob, codesOf, judged, needsOf, type Policy, saidOf } from './judge.ts';

const robot = 'robot[bot] <1+robot[bot]@users.noreply.github.com>';
const unsignedBy = (account: Account | null, signature: Signature | null, more: Partial<Commit> = {}) =>
  commitBy(account?.type === 'Bot' ? robot : ada, 'Fix it', { authorAccount: account, signature, ...more });
const openedBy = (opener: Account | null) => ({
  pullRequest: { number: 12, url: 'https://github.com/example-org/widget/pull/12', author: opener, draft: false },
});
const ada_ = userOf('ada');
const robot_ = botOf('robot[bot]');
const mallory = userOf('mallory');

describe('a bot', () => {
  test.each([
    ['GitHub signed its commit', gitHubSignature, mallory],
    ['GitHub signed its commit and names nobody', { ...gitHubSignature, signer: null }, mallory],
    ['the bot opened the pull request', null, robot_],
  ])('needs no sign-off where %s', (_why, signature, opener) => {
    const verdict = judged(contributionOf([unsignedBy(robot_, signature)], openedBy(opener)));
    expect(codesOf(verdict)).toEqual(['bot']);
    expect(verdict.outcome).toBe('pass');
  });

  test.each([
    ['nothing proves that the commit is its own', null, mallory],
    ['somebody signed the claim with a key of their own', signatureOf('mallory'), mallory],
    ['GitHub signed the commit for somebody else', { ...gitHubSignature, signer: 'mallory' }, mallory],
    ['the signature is not valid', { ...gitHubSignature, valid: false }, mallory],
    ['the key’s owner is unknown', { valid: true, signer: null, byGitHub: false }, mallory],
    ['another bot opened the pull request', null, botOf('other[bot]')],
    ['a user of the same name opened the pull request', null, userOf('robot[bot]')],
    ['nobody is known to have opened the pull request', null, null],
  ])('needs one where %s', (_why, signature, opener) => {
    const verdict = judged(contributionOf([unsignedBy(robot_, signature)], openedBy(opener)));
    expect(codesOf(verdict)).toEqual(['missing']);
    expect(saidOf(verdict)).toContain('Its author claims to be the bot “robot[bot]”, but nothing proves it');
  });

  test('lends nothing to other people’s commits in its pull request', () => {
    const verdict = judged(contributionOf([unsignedBy(robot_, null), unsignedBy(mallory, null)], openedBy(robot_)));
    expect(codesOf(verdict)).toEqual(['bot', 'missing']);
  });

  test('lends nothing to a commit that it only committed', () => {
    const commit = commitBy(ada, 'Fix', { committerAccount: robot_, signature: gitHubSignature });
    expect(codesOf(judged(contributionOf([commit], openedBy(robot_))))).toEqual(['missing']);
  });
});

describe('an exempt user', () => {
  const policy: Policy = { exempt: { users: ['Ada'] } };

  test.each([
    ['their key signed the commit', signatureOf('ada'), mallory],
    ['they opened the pull request', null, ada_],
  ])('needs no sign-off where %s', (_why, signature, opener) => {
    const verdict = judged(contributionOf([unsignedBy(ada_, signature)], openedBy(opener)), policy);
    expect(codesOf(verdict)).toEqual(['exempt-user']);
  });

  test.each([
    ['a stranger claims their address', null, ada_],
    ['a stranger signed the claim', signatureOf('mallory'), ada_],
    ['GitHub signed it for whoever pressed a button', gitHubSignature, ada_],
    ['they are not on the list', signatureOf('bob'), userOf('bob')],
    ['no account is known', null, null],
  ])('needs one where %s', (_why, signature, account) => {
    const verdict = judged(contributionOf([unsignedBy(account, signature)], openedBy(mallory)), policy);
    expect(codesOf(verdict)).toEqual(['missing']);
  });
});

describe('a member, where members need no sign-off,', () => {
  const policy: Policy = { require: { members: false } };
  const pullRequest = (signature: Signature | null, membership: Membership | null, opener: Account = mallory) =>
    contributionOf([unsignedBy(ada_, signature)], {
      ...openedBy(opener),
      memberships: membership === null ? {} : { ada: membership },
    });

  test.each([
    ['with a signature by their key', signatureOf('ada'), mallory],
    ['with a signature by their key, the login in other case', signatureOf('ADA'), mallory],
    ['with a commit made in the browser, in a pull request of theirs', gitHubSignature, ada_],
  ])('passes %s', (_how, signature, opener) => {
    expect(codesOf(judged(pullRequest(signature, 'member', opener), policy))).toEqual(['member']);
  });

  test.each([
    ['without a signature', null, ada_, 'this commit has no signature'],
    ['with a signature that is not valid', { ...signatureOf('ada'), valid: false }, ada_, 'could not be verified'],
    ['with a stranger’s signature', signatureOf('mallory'), mallory, 'that of “mallory”, not of “ada”'],
    ['with GitHub’s signature in a stranger’s pull request', gitHubSignature, mallory, 'signed by GitHub itself'],
    [
      'with a signature by nobody known',
      { valid: true, signer: null, byGitHub: false },
      ada_,
      'nobody is known to own',
    ],
  ])('does not pass %s, and is told why', (_how, signature, opener, reason) => {
    const verdict = judged(pullRequest(signature, 'member', opener), policy);
    expect(codesOf(verdict)).toEqual(['missing']);
    expect(saidOf(verdict)).toContain(reason);
  });

  test('is asked for by login only where that would change the verdict', () => {
    expect(needsOf(pullRequest(signatureOf('ada'), null), policy)).toEqual([{ fact: 'membership', login: 'ada' }]);
    expect(needsOf(pullRequest(signatureOf('ada'), 'unknown'), policy)).toEqual([]);
    expect(needsOf(pullRequest(null, null), policy)).toEqual([]);
    expect(needsOf(pullRequest(signatureOf('ada'), null), {})).toEqual([]);
    const signedOff = { ...unsignedBy(ada_, signatureOf('ada')), message: `Fix\n\nSigned-off-by: ${ada}` };
    expect(needsOf([signedOff], policy)).toEqual([]);
  });

  test('is nobody whose membership could not be read: the verdict stays open', () => {
    for (const membership of [null, 'unknown'] as const) {
      const verdict = judged(pullRequest(signatureOf('ada'), membership), policy);
      expect(verdict.outcome).toBe('incomplete');
      expect(codesOf(verdict)).toEqual(['membership-unknown']);
      expect(saidOf(verdict)).toContain('/recheck');
    }
  });

  test('is nobody who is none', () => {
    const verdict = judged(pullRequest(signatureOf('ada'), 'none'), policy);
    expect(codesOf(verdict)).toEqual(['missing']);
    expect(saidOf(verdict)).toContain('Only members of “example-org” need none, and “ada” is not one.');
  });

  test('is not found in what every object has', () => {
    const commit = unsignedBy(userOf('constructor'), signatureOf('constructor'));
    expect(judged([commit], policy).outcome).toBe('incomplete');
  });

  test('is on a personal repository its owner, and nobody else', () => {
    const owned = (owner: string): Contribution => {
      const contribution = pullRequest(signatureOf('ada'), null);
      return {
        ...contribution,
        repository: contribution.repository && { ...contribution.repository, owner, ownerType: 'User' },
      };
    };
    expect(codesOf(judged(owned('Ada'), policy))).toEqual(['member']);
    expect(codesOf(judged(owned('bob'), policy))).toEqual(['missing']);
    expect(needsOf(owned('bob'), policy)).toEqual([]);
  });
});

describe('a commit that touches only exempt paths', () => {
  const policy: Policy = { exempt: { paths: ['docs/**', '*.md'] } };
  const touching = (paths: string[] | null) => [commitBy(ada, 'Fix', { paths })];

  test('needs no sign-off', () => {
    expect(codesOf(judged(touching(['docs/deep/use.txt', 'README.md']), policy))).toEqual(['exempt-paths']);
  });

  test.each([
    ['it touches another path as well', ['docs/use.txt', 'src/main.ts']],
    ['it touches nothing', []],
    ['its paths could not be read', null],
  ])('is none where %s', (_why, paths) => {
    expect(codesOf(judged(touching(paths), policy))).toEqual(['missing']);
  });

  test('is looked for only among commits that fail otherwise, and only where the policy has paths', () => {
    expect(needsOf(touching(null), policy)).toEqual([{ fact: 'commit-paths', sha: shaOf(1) }]);
    expect(needsOf(touching(null), {})).toEqual([]);
    expect(needsOf(touching(['src/main.ts']), policy)).toEqual([]);
    expect(needsOf([commitBy(ada, `Fix\n\nSigned-off-by: ${ada}`)], policy)).toEqual([]);
  });
});

describe('an exempt branch', () => {
  const into = (ref: string) => contributionOf([commitBy(bob, 'Try it')], { base: { ref, sha: shaOf(0) } });
  const policy: Policy = { exempt: { branches: ['experimental/*'] } };

  test.each(['experimental/x', 'refs/heads/experimental/x'])('asks for no sign-off: %s', (ref) => {
    expect(codesOf(judged(into(ref), policy))).toEqual(['exempt-branch']);
  });

  test('is the one merged into, not the one merged', () => {
    const verdict = judged({ ...into('main'), head: { ref: 'experimental/x', sha: shaOf(1) } }, policy);
    expect(codesOf(verdict)).toEqual(['missing']);
  });
});
