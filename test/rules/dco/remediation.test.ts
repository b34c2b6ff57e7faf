// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import type { Commit } from '../../../src/contribution/contribution.ts';
import { botOf, commitBy, contributionOf, gitHubSignature, personOf, shaOf } from '../../helpers/contribution.ts';
import { ada, bob, codesOf, cy, judged, needsOf, type Policy, saidOf } from './judge.ts';

const individual: Policy = { allowRemediationCommits: { individual: true } };
const thirdParty: Policy = { allowRemediationCommits: { individual: true, thirdParty: true } };
const merge = (position: number): Partial<Commit> => ({ parents: [shaOf(position - 1), shaOf(99)] });

const own = (who: string, sha: string) => `I, ${who}, hereby add my Signed-off-by to this commit: ${sha}`;
const others = (of: string, by: string, sha: string) =>
  `On behalf of ${of}, I, ${by}, hereby add my Signed-off-by to this commit: ${sha}`;
const signed = (by: string, text: string, more?: Partial<Commit>) =>
  commitBy(by, `Remedy\n\n${text}\n\nSigned-off-by: ${by}`, more);
const unsigned = (by: string, text: string, more?: Partial<Commit>) => commitBy(by, `Remedy\n\n${text}`, more);

describe('a remediation commit', () => {
  test.each([
    ['of the same author', individual, [signed(ada, own(ada, shaOf(1)))], ['remediated', 'signed-off']],
    [
      'as a merge that is signed off',
      individual,
      [signed(ada, own(ada, shaOf(1)), merge(2))],
      ['remediated', 'signed-off'],
    ],
    [
      'that a later one remedies in turn',
      individual,
      [unsigned(ada, own(ada, shaOf(1))), signed(ada, own(ada, shaOf(2)))],
      ['remediated', 'remediated', 'signed-off'],
    ],
    [
      'that is an unsigned merge, and remedied in turn',
      individual,
      [unsigned(ada, own(ada, shaOf(1)), merge(2)), signed(ada, own(ada, shaOf(2)))],
      ['remediated', 'remediated', 'signed-off'],
    ],
    [
      'by somebody else, on behalf of the author',
      thirdParty,
      [signed(bob, others(ada, bob, shaOf(1)))],
      ['remediated', 'signed-off'],
    ],
    [
      'by its committer, on behalf of the author',
      thirdParty,
      [signed(bob, others(ada, bob, shaOf(1)), { author: personOf(cy) })],
      ['remediated', 'signed-off'],
    ],
    [
      'that is signed off, preferred to one that is not',
      individual,
      [unsigned(ada, own(ada, shaOf(1)), merge(2)), signed(ada, own(ada, shaOf(1)))],
      ['remediated', 'merge', 'signed-off'],
    ],
    [
      'as a merge that is signed off, preferred to one that is not',
      individual,
      [unsigned(ada, own(ada, shaOf(1)), merge(2)), signed(ada, own(ada, shaOf(1)), merge(3))],
      ['remediated', 'merge', 'signed-off'],
    ],
    [
      'as a merge that is remedied in turn, preferred to one that is not',
      individual,
      [
        unsigned(ada, own(ada, shaOf(1)), merge(2)),
        unsigned(ada, own(ada, shaOf(1)), merge(3)),
        signed(ada, own(ada, shaOf(3))),
      ],
      ['remediated', 'merge', 'remediated', 'signed-off'],
    ],
  ])('signs off an earlier commit: one %s', (_what, policy, remedies, codes) => {
    const verdict = judged([commitBy(ada, 'Fix it'), ...remedies], policy);
    expect(codesOf(verdict)).toEqual(codes);
    expect(verdict.outcome).toBe('pass');
  });

  test('joins identities by .mailmap', () => {
    const mailmap = 'Ada Example <ada@example.org> <ada@home.example>';
    const commits = [commitBy('A. <ada@home.example>', 'Fix it'), signed(ada, own(ada, shaOf(1)))];
    expect(judged(contributionOf(commits, { mailmap }), individual).outcome).toBe('pass');
  });

  test('may name commits by SHA-256', () => {
    const sha = 'ab'.repeat(32);
    expect(judged([commitBy(ada, 'Fix it', { sha }), signed(ada, own(ada, sha))], individual).outcome).toBe('pass');
  });

  test('that is not signed off fails itself, and alone: signing it off mends both', () => {
    const verdict = judged([commitBy(ada, 'Fix it'), unsigned(ada, own(ada, shaOf(1)))], individual);
    expect(codesOf(verdict)).toEqual(['remediated', 'missing']);
  });

  test.each([
    ['a merge', merge(2), individual],
    [
      'by a proven bot',
      { author: personOf(ada), authorAccount: botOf('robot[bot]'), signature: gitHubSignature },
      individual,
    ],
    ['in exempt paths', { paths: ['README.md'] }, { ...individual, exempt: { paths: ['*.md'] } }],
  ])('needs a sign-off of its own even as a commit %s', (_what, more, policy) => {
    const verdict = judged(
      [commitBy(ada, 'Fix it', { paths: ['x'] }), unsigned(ada, own(ada, shaOf(1)), more)],
      policy,
    );
    expect(codesOf(verdict)).toEqual(['remediated', 'remediation-unsigned']);
    expect(verdict.outcome).toBe('fail');
  });

  test('keeps its exemption where nothing rests on it', () => {
    const commits = [commitBy(ada, `Fix\n\nSigned-off-by: ${ada}`), unsigned(ada, own(ada, shaOf(1)), merge(2))];
    expect(codesOf(judged(commits, individual))).toEqual(['signed-off', 'merge']);
  });
});

describe('a remediation does not count', () => {
  test.each([
    ['where the policy allows none', {}, signed(ada, own(ada, shaOf(1))), 'policy does not allow remediation commits'],
    [
      'by somebody else, where the policy wants the author',
      individual,
      signed(bob, others(ada, bob, shaOf(1))),
      'lets only the author of a commit do that',
    ],
    [
      'by somebody else, where the policy allows only that',
      { allowRemediationCommits: { thirdParty: true } },
      signed(bob, others(ada, bob, shaOf(1))),
      'policy does not allow remediation commits',
    ],
    [
      'of an abbreviated id',
      individual,
      signed(ada, own(ada, shaOf(1).slice(0, 12))),
      `by its whole id, “${shaOf(1)}”`,
    ],
    ['by somebody else', individual, signed(bob, own(bob, shaOf(1))), `the author here is “${ada}”`],
    [
      'in a name that is not its author’s',
      individual,
      signed(bob, own(ada, shaOf(1))),
      `“${ada}” is neither the author nor the committer of that commit`,
    ],
    [
      'on behalf of somebody else',
      thirdParty,
      signed(bob, others(cy, bob, shaOf(1))),
      `it speaks for “${cy}”, and the author here is “${ada}”`,
    ],
    [
      'by GitHub',
      thirdParty,
      signed(ada, others(ada, 'GitHub <noreply@github.com>', shaOf(1)), {
        committer: personOf('GitHub <noreply@github.com>'),
      }),
      'is neither the author nor the committer',
    ],
  ])('%s, and is told so', (_why, policy, remedy, reason) => {
    const verdict = judged([commitBy(ada, 'Fix it'), remedy], policy);
    expect(codesOf(verdict)).toEqual(['missing', 'signed-off']);
    expect(saidOf(verdict)).toContain(`The commit “${shaOf(2)}” tries to sign it off, but that does not count: `);
    expect(saidOf(verdict)).toContain(reason);
  });

  test.each([
    ['that is not a whole one', individual, 'Ada Example <ada@laptop>'],
    [
      'that the policy rejects',
      { ...individual, noreply: 'reject' as const },
      'Ada Example <1+ada@users.noreply.github.com>',
    ],
  ])('from an address %s, though its committer has a better one', (_what, policy, author) => {
    const text = `Remedy\n\n${own(author, shaOf(1))}\n\nSigned-off-by: ${bob}`;
    const verdict = judged([commitBy(author, 'Fix it'), commitBy(author, text, { committer: personOf(bob) })], policy);
    expect(codesOf(verdict)).toEqual(['missing', 'signed-off']);
    expect(saidOf(verdict)).toContain('is not an address that a sign-off may have here');
  });

  test('for co-authors, and what could still exempt the commit is asked for', () => {
    const policy: Policy = { ...individual, coAuthors: 'require', exempt: { paths: ['*.md'] } };
    const shared = (paths: string[] | null) => commitBy(ada, `Explain\n\nCo-authored-by: ${bob}`, { paths });
    const remedy = signed(ada, own(ada, shaOf(1)));
    expect(needsOf([shared(null), remedy], policy)).toEqual([{ fact: 'commit-paths', sha: shaOf(1) }]);
    expect(codesOf(judged([shared(['README.md']), remedy], policy))).toEqual(['exempt-paths', 'signed-off']);
  });

  test('for co-authors, where each of them has to sign off', () => {
    const shared = commitBy(ada, `Fix it\n\nCo-authored-by: ${bob}\nCo-authored-by: ${ada}`);
    const verdict = judged([shared, signed(ada, own(ada, shaOf(1)))], { ...individual, coAuthors: 'require' });
    expect(codesOf(verdict)).toEqual(['co-author', 'signed-off']);
    expect(saidOf(verdict)).toContain(`the sign-off of “${bob}” is missing`);
    expect(verdict.remedies).toHaveLength(1);
  });

  test('before the commit that it names', () => {
    const verdict = judged([signed(ada, own(ada, shaOf(2))), commitBy(ada, 'Fix it')], individual);
    expect(codesOf(verdict)).toEqual(['signed-off', 'missing']);
    expect(saidOf(verdict, 1)).toContain('it has to come after the commit that it signs off');
  });

  test('for the very commit that makes it', () => {
    expect(codesOf(judged([unsigned(ada, own(ada, shaOf(1)))], individual))).toEqual(['missing']);
  });

  test('in other words, which gets a warning that shows the right ones', () => {
    const line = `For ${ada}, I, ${bob}, hereby add my Signed-off-by to this commit: ${shaOf(1)}`;
    const { findings } = judged([commitBy(ada, 'Fix it'), signed(bob, line)], thirdParty);
    expect(findings.at(-1)).toMatchObject({
      code: 'dco.remediation-malformed',
      level: 'warning',
      at: { commit: shaOf(2) },
    });
  });

  test('for a commit that is not there, which gets a warning', () => {
    const { findings } = judged([commitBy(ada, 'Fix it'), signed(ada, own(ada, shaOf(50)))], individual);
    expect(findings.at(-1)).toMatchObject({
      code: 'dco.remediation-stray',
      level: 'warning',
      at: { commit: shaOf(2) },
    });
  });

  test('and passes without a word where nothing needs it', () => {
    const commits = [commitBy(ada, `Fix\n\nSigned-off-by: ${ada}`), signed(ada, own(ada, shaOf(50)))];
    expect(codesOf(judged(commits, individual))).toEqual(['signed-off', 'signed-off']);
  });
});
