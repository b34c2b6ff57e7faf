// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { commitBy, contributionOf, personOf, shaOf, signedCommitBy } from '../../helpers/contribution.ts';
import { ada, bob, codesOf, cy, judged, type Policy, plain, saidOf } from './judge.ts';

const gitHub = 'GitHub <noreply@github.com>';

function signedOff(by: string, as: { author: string; committer?: string; mailmap?: string; policy?: Policy }) {
  const committer = personOf(as.committer ?? as.author);
  const commit = commitBy(as.author, `Fix it\n\nSigned-off-by: ${by}`, { committer });
  return judged(contributionOf([commit], { mailmap: as.mailmap ?? null }), as.policy);
}

describe('a commit is signed off', () => {
  test.each([
    ['by its author', ada, { author: ada }],
    ['by its author, somebody else having committed it', ada, { author: ada, committer: bob }],
    ['by its committer', bob, { author: ada, committer: bob }],
    ['by its author in other case', 'ADA example <Ada@Example.ORG>', { author: ada }],
    ['by a name that is composed otherwise', 'Zoe\u0308 <z@x.org>', { author: 'Zo\u00eb <z@x.org>' }],
    ['by a name with white space around it in Git', 'Ada <ada@x.org>', { author: ' Ada  <ada@x.org>' }],
    [
      'by a name whose last dot Git left out',
      'Ada Example, Ph.D. <ada@x.org>',
      { author: 'Ada Example, Ph.D <ada@x.org>' },
    ],
    ['by a name in quotes', '"Ada Example" <ada@x.org>', { author: 'Ada Example <ada@x.org>' }],
    ['by its author, whom GitHub committed for', ada, { author: ada, committer: gitHub }],
    ['from an international address', 'Jö <jö@müller.example>', { author: 'Jö <jö@müller.example>' }],
    ['from a no-reply address', 'A <1+a@users.noreply.github.com>', { author: 'A <1+a@users.noreply.github.com>' }],
    [
      'by another address of the same person, by .mailmap',
      'Ada Example <ada@home.example>',
      { author: ada, mailmap: 'Ada Example <ada@example.org> <ada@home.example>' },
    ],
    [
      'by another name of the same person, by .mailmap',
      'ada <ada@example.org>',
      { author: ada, mailmap: 'Ada Example <ada@example.org>' },
    ],
    [
      'by the proper identity of an author known by an older one',
      ada,
      { author: 'old <old@x.org>', mailmap: 'Ada Example <ada@example.org> old <old@x.org>' },
    ],
  ])('%s', (_how, by, as) => {
    const verdict = signedOff(by, as);
    expect(codesOf(verdict)).toEqual(['signed-off']);
    expect(verdict.outcome).toBe('pass');
  });

  test('where one of several sign-offs is right', () => {
    const verdict = judged([
      commitBy(ada, `Fix\n\nSigned-off-by: ${bob}\nSigned-off-by: ${ada}\nSigned-off-by: ${cy}`),
    ]);
    expect(saidOf(verdict)).toBe('Signed off by its author, “Ada Example <ada@example.org>”.');
  });

  test('by its committer, even where the author could not be read', () => {
    const commit = commitBy(bob, `Fix\n\nSigned-off-by: ${bob}`, { author: null });
    expect(judged([commit]).outcome).toBe('pass');
  });
});

describe('a commit is not signed off', () => {
  test.each([
    ['by somebody else', 'mismatch', bob, { author: ada }],
    [
      'by the name of one and the address of another',
      'mismatch',
      'Ada Example <bob@example.org>',
      { author: ada, committer: bob },
    ],
    ['by the same name with another address', 'mismatch', 'Ada Example <ada@home.example>', { author: ada }],
    ['by another name with the same address', 'mismatch', 'A. Example <ada@example.org>', { author: ada }],
    ['by GitHub, who committed it', 'github-sign-off', gitHub, { author: ada, committer: gitHub }],
    [
      'by GitHub Enterprise Server, which committed it',
      'github-sign-off',
      'GitHub Enterprise <noreply@ghe.example.org>',
      { author: ada, committer: 'GitHub Enterprise <noreply@ghe.example.org>' },
    ],
    [
      'by GitHub, whoever .mailmap says that is',
      'github-sign-off',
      gitHub,
      { author: ada, mailmap: `${ada} <noreply@github.com>` },
    ],
    ['from an address without a top-level domain', 'invalid-email', 'Ada <ada@laptop>', { author: 'Ada <ada@laptop>' }],
    [
      'from a no-reply address, where the policy rejects those',
      'noreply',
      'A <1+a@users.noreply.github.com>',
      { author: 'A <1+a@users.noreply.github.com>', policy: { noreply: 'reject' as const } },
    ],
    [
      'by another address, where .mailmap is silent',
      'mismatch',
      'Ada Example <a@x.org>',
      { author: ada, mailmap: `${bob} <b@x.org>` },
    ],
  ])('%s', (_how, code, by, as) => {
    const verdict = signedOff(by, as);
    expect(codesOf(verdict)).toEqual([code]);
    expect(verdict.outcome).toBe('fail');
  });

  test('where its message has no sign-off, and is told which line it needs', () => {
    const verdict = judged([commitBy(ada, 'Fix it')]);
    expect(verdict.findings[0]).toMatchObject({
      code: 'dco.missing',
      level: 'error',
      at: { commit: shaOf(1), subject: 'Fix it' },
    });
    expect(saidOf(verdict)).toBe(
      'It is not signed off. Its message needs the line “Signed-off-by: Ada Example <ada@example.org>”.',
    );
  });

  test('and is not told to sign with an address that would not count', () => {
    expect(saidOf(judged([commitBy('Ada <ada@laptop>', 'Fix')]))).toContain(
      '“Signed-off-by: Your Name <you@example.org>”',
    );
  });

  test.each([
    [`Signed-off-by: ${ada}`, 'first line, the subject'],
    [`Fix\n\n  Signed-off-by: ${ada}`, 'at the very start of its line'],
    [`Fix\n\nSigned-of-by: ${ada}`, 'looks like a sign-off'],
    ['Fix\n\nSigned-off-by: Ada Example ada@example.org', 'needs “<” and “>”'],
    ['Fix\n\nSigned-off-by: <ada@example.org>', 'has no name'],
    ['Fix\n\nSigned-off-by: Ada Example', 'has no e-mail address'],
    [`Fix\n\nSigned-off-by: ${ada} (work)`, 'has to end with the “>”'],
  ])('where only %j tries to', (message, reason) => {
    const verdict = judged([commitBy(ada, message)]);
    expect(codesOf(verdict)).toEqual(['malformed']);
    expect(saidOf(verdict)).toContain(reason);
    expect(saidOf(verdict)).toContain('A sign-off reads “Signed-off-by: Ada Example <ada@example.org>”.');
  });

  test.each([
    ['Ada Example <a@x.org>', ada, 'The name is the same, the e-mail address is not.'],
    ['A <ada@example.org>', ada, 'The e-mail address is the same, the name is not.'],
    ['Ada Example <bob@example.org>', bob, 'Name and e-mail address have to be those of the same person.'],
  ])('by %s, and is told what is different', (by, committer, difference) => {
    const verdict = signedOff(by, { author: ada, committer });
    expect(saidOf(verdict)).toContain(`It is signed off by “${by}”, but its author is “${ada}”`);
    expect(saidOf(verdict)).toContain(difference);
  });

  test('by any of many, of whom a few are named', () => {
    const many = Array.from({ length: 40 }, (_, index) => `Signed-off-by: N${index} <n${index}@x.org>`).join('\n');
    expect(saidOf(judged([commitBy(ada, `Fix\n\n${many}`)]))).toContain(
      '“N0 <n0@x.org>”, “N1 <n1@x.org>” and 38 more,',
    );
  });
});

describe('co-authors', () => {
  const policy: Policy = { coAuthors: 'require' };
  const message = (...lines: string[]) => ['Fix', '', `Signed-off-by: ${ada}`, ...lines].join('\n');

  test('need no sign-off unless the policy asks for it', () => {
    expect(judged([commitBy(ada, message(`Co-authored-by: ${bob}`))]).outcome).toBe('pass');
  });

  test.each([
    ['each one signs', message(`Co-authored-by: ${bob}`, `Signed-off-by: ${bob}`)],
    ['there are none', message()],
    ['the author is named among them', message(`Co-authored-by: ${ada}`)],
    ['one is a bot', message('Co-authored-by: x[bot] <1+x[bot]@users.noreply.github.com>')],
  ])('are in order where %s', (_what, text) => {
    expect(codesOf(judged([commitBy(ada, text)], policy))).toEqual(['signed-off']);
  });

  test.each([
    ['one does not sign', message(`Co-authored-by: ${bob}`, `Co-authored-by: ${cy}`, `Signed-off-by: ${cy}`), bob],
    ['one signs with half an address', message('Co-authored-by: B <b@x>', 'Signed-off-by: B <b@x>'), 'B <b@x>'],
    ['one is only called a bot', message('Co-authored-by: x[bot] <x[bot]@x.org>'), 'x[bot] <x[bot]@x.org>'],
    ['one is named without an address', message('Co-authored-by: Bob'), 'Co-authored-by: Bob'],
  ])('are not where %s', (_what, text, shown) => {
    const verdict = judged([commitBy(ada, text)], policy);
    expect(codesOf(verdict)).toEqual(['co-author']);
    expect(saidOf(verdict)).toContain(`“${shown}”`);
  });
});

describe('merge commits', () => {
  test('are skipped, whatever they say', () => {
    const merge = commitBy(ada, 'Merge main', { parents: [shaOf(1), shaOf(9)] });
    expect(codesOf(judged([signedCommitBy(ada, 'Fix'), merge]))).toEqual(['signed-off', 'merge']);
  });

  test('are none where all parents are the same commit, which Git lets anybody write', () => {
    const twice = commitBy(ada, 'Fix', { parents: [shaOf(0), shaOf(0)] });
    expect(codesOf(judged([twice]))).toEqual(['missing']);
  });
});

describe('the title', () => {
  const signed = signedCommitBy(ada, 'Good');
  const unsigned = commitBy(ada, 'Bad');
  const merge = commitBy(ada, 'Merge', { parents: [shaOf(1), shaOf(9)] });

  test.each([
    [[signed], 'The commit is signed off'],
    [[signed, signed, signed], 'All 3 commits are signed off'],
    [[signed, merge], 'All 2 commits are in order: 1 signed off, 1 needs no sign-off'],
    [[unsigned], 'The commit needs a sign-off'],
    [[unsigned, signed, signed, signed, unsigned], '2 of 5 commits need a sign-off'],
    [[signed, unsigned], '1 of 2 commits needs a sign-off'],
    [[], 'There are no commits to judge'],
  ])('counts', (commits, title) => {
    expect(plain(judged(commits).title)).toBe(title);
  });
});

describe('squash merges', () => {
  const withSquash = (allowed: boolean, message: 'PR_BODY' | 'COMMIT_MESSAGES' | 'BLANK') => {
    const contribution = contributionOf([signedCommitBy(ada, 'Fix')]);
    const repository = contribution.repository && { ...contribution.repository, squash: { allowed, message } };
    return judged({ ...contribution, repository });
  };

  test.each(['PR_BODY', 'BLANK'] as const)('get a note where their message is %s, which blocks nothing', (message) => {
    const verdict = withSquash(true, message);
    expect(verdict.findings.at(-1)).toMatchObject({ code: 'dco.squash', level: 'note', at: null });
    expect(verdict.outcome).toBe('pass');
  });

  test.each([
    [true, 'COMMIT_MESSAGES'],
    [false, 'BLANK'],
  ] as const)('get none where allowed is %s and their message is %s', (allowed, message) => {
    expect(withSquash(allowed, message).findings).toHaveLength(1);
  });

  test('get none where the settings could not be read', () => {
    expect(judged([signedCommitBy(ada, 'Fix')]).findings).toHaveLength(1);
  });
});
