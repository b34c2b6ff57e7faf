// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createHash } from 'node:crypto';
import type { Account, Commit, Contribution, Person, Signature } from '../../src/contribution/contribution.ts';
import { contributionVersion } from '../../src/contribution/contribution.ts';

/** A commit before it has a place in a contribution. */
export type CommitDraft = Partial<Commit> & Pick<Commit, 'message' | 'author' | 'committer'>;

/** Object id of a contribution's commit, counted from 1; 0 is the base. */
export function shaOf(position: number): string {
  return createHash('sha1').update(`commit ${position}`).digest('hex');
}

/** `Ada Example <ada@example.org>` → the identity. */
export function personOf(text: string): Person {
  const open = text.lastIndexOf('<');
  return { name: text.slice(0, open).trim(), email: text.slice(open + 1, -1) };
}

/** A commit made by one person, unless `more` says otherwise. */
export function commitBy(person: string, message: string, more: Partial<Commit> = {}): CommitDraft {
  return { message, author: personOf(person), committer: personOf(person), ...more };
}

/** The same with that person's sign-off at the end of the message. */
export function signedCommitBy(person: string, subject: string, more: Partial<Commit> = {}): CommitDraft {
  return commitBy(person, `${subject}\n\nSigned-off-by: ${person}`, more);
}

/**
 * The pull request #12 of the user `ada` into `main` of `example-org/widget`, complete and without contradictions:
 * each commit on top of the one before, ids from `shaOf`.
 */
export function contributionOf(drafts: readonly CommitDraft[], more: Partial<Contribution> = {}): Contribution {
  const commits = drafts.map((draft, index) => ({
    sha: shaOf(index + 1),
    authorAccount: null,
    committerAccount: null,
    signature: null,
    parents: [drafts[index - 1]?.sha ?? shaOf(index)],
    paths: null,
    ...draft,
  }));
  return {
    version: contributionVersion,
    source: 'github',
    repository: {
      host: 'github.com',
      owner: 'example-org',
      ownerType: 'Organization',
      name: 'widget',
      squash: null,
    },
    pullRequest: {
      number: 12,
      url: 'https://github.com/example-org/widget/pull/12',
      author: userOf('ada'),
      draft: false,
    },
    base: { ref: 'main', sha: shaOf(0) },
    head: { ref: 'topic', sha: commits.at(-1)?.sha ?? shaOf(0) },
    commits,
    files: null,
    totals: { commits: commits.length, files: null },
    mailmap: null,
    contents: [],
    dependencies: null,
    submodules: [],
    actions: [],
    judgedOn: null,
    memberships: {},
    queued: null,
    ...more,
  };
}

export function userOf(login: string): Account {
  return { login, type: 'User' };
}

export function botOf(login: string): Account {
  return { login, type: 'Bot' };
}

/** A verified signature with a key of this account's. */
export function signatureOf(login: string): Signature {
  return { valid: true, signer: login, byGitHub: false };
}

/** A verified signature with GitHub's own key. */
export const gitHubSignature: Signature = { valid: true, signer: 'web-flow', byGitHub: true };
