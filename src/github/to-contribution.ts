// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Account, ChangedFile, Commit, Contribution, Signature } from '../contribution/contribution.ts';
import { contributionVersion } from '../contribution/contribution.ts';
import type { CommitAnswer, FilesPage, PullRequestAnswer, TreeEntry } from './graphql/answers.ts';
import { today } from './today.ts';

type RepositoryAnswer = PullRequestAnswer['repository'];

/** GitHub's answers → the facts of a pull request. `commits` and `files` come from all pages. */
export function toContribution(
  host: string,
  repository: RepositoryAnswer,
  commits: readonly CommitAnswer[],
  files: readonly FilesPage['nodes'][number][] | null,
): Contribution {
  const pullRequest = repository.pullRequest;
  const target = pullRequest.baseRef?.target;
  return {
    version: contributionVersion,
    source: 'github',
    repository: {
      host,
      owner: repository.owner.login,
      ownerType: repository.owner.__typename === 'Organization' ? 'Organization' : 'User',
      name: repository.name,
      squash:
        repository.squashMergeCommitMessage == null
          ? null
          : { allowed: repository.squashMergeAllowed, message: repository.squashMergeCommitMessage },
    },
    pullRequest: {
      number: pullRequest.number,
      url: pullRequest.url,
      author: toAuthor(pullRequest.author),
      draft: pullRequest.isDraft,
    },
    base: { ref: pullRequest.baseRefName, sha: pullRequest.baseRefOid },
    head: { ref: pullRequest.headRefName, sha: pullRequest.headRefOid },
    commits: commits.map((commit) => toCommit(commit, host)),
    files: files === null ? null : files.map(toChangedFile),
    totals: { commits: pullRequest.commits.totalCount, files: pullRequest.files?.totalCount ?? null },
    mailmap: blobText(target?.mailmap ?? null),
    contents: [],
    dependencies: null,
    submodules: [],
    actions: [],
    judgedOn: today(),
    memberships: {},
    queued: null,
  };
}

export function toCommit(answer: CommitAnswer, host: string): Commit {
  return {
    sha: answer.oid,
    message: answer.message,
    author: toPerson(answer.author),
    committer: toPerson(answer.committer),
    authorAccount: toAccount(answer.author, host),
    committerAccount: toAccount(answer.committer, host),
    signature: toSignature(answer.signature),
    authoredOn: dayIn(answer.authoredDate),
    parents: answer.parents.nodes.map((parent) => parent.oid),
    paths: null,
  };
}

/** GitHub gives ISO 8601 in UTC; Git itself takes any number of seconds, and years of five digits. */
export function dayIn(date: string): string | null {
  return /^\d{4}-\d{2}-\d{2}(?=T)/.exec(date)?.[0] ?? null;
}

function toPerson(actor: CommitAnswer['author']): Commit['author'] {
  if (actor === null) return null;
  return { name: actor.name ?? '', email: actor.email ?? '' };
}

/** `GitActor.user` is null for a bot, which is known by its no-reply address alone: `ID+NAME[bot]@users.noreply.HOST`. */
function toAccount(actor: CommitAnswer['author'], host: string): Account | null {
  if (actor === null) return null;
  if (actor.user !== null) return { login: actor.user.login, type: 'User' };
  return botByAddress(actor.email ?? '', host);
}

/** The bot that a no-reply address names, or null. The address is a claim of whoever made the commit. */
export function botByAddress(email: string, host: string): Account | null {
  const [local, domain, ...rest] = email.toLowerCase().split('@');
  if (local === undefined || rest.length > 0 || !local.endsWith('[bot]')) return null;
  if (domain !== 'users.noreply.github.com' && domain !== `users.noreply.${host.toLowerCase()}`) return null;
  const login = local.slice(local.indexOf('+') + 1);
  return { login, type: 'Bot' };
}

/** GraphQL names a bot without the `[bot]` that its login ends in everywhere else. */
export function toAuthor(author: RepositoryAnswer['pullRequest']['author']): Account | null {
  if (author === null) return null;
  if (author.__typename !== 'Bot') return { login: author.login, type: 'User' };
  return { login: author.login.endsWith('[bot]') ? author.login : `${author.login}[bot]`, type: 'Bot' };
}

function toSignature(signature: CommitAnswer['signature']): Signature | null {
  if (signature === null) return null;
  return {
    valid: signature.isValid,
    signer: signature.signer?.login ?? null,
    byGitHub: signature.wasSignedByGitHub,
  };
}

export function toChangedFile(file: FilesPage['nodes'][number]): ChangedFile {
  return { path: file.path, change: file.changeType.toLowerCase() as ChangedFile['change'] };
}

export function blobText(entry: TreeEntry): string | null {
  if (entry?.object == null || !('text' in entry.object)) return null;
  return entry.object.isTruncated ? null : entry.object.text;
}
