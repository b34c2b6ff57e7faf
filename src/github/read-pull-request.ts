// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Contribution } from '../contribution/contribution.ts';
import { runMark } from '../overrides/run-mark.ts';
import type { Misnamed } from '../policy/misnamed.ts';
import type { Location, PolicyFile, PolicyFiles, Traits } from '../policy/policy.ts';
import { checked } from './checked.ts';
import type { Client } from './client.ts';
import type { ContentsMemory } from './contents-memory.ts';
import { type ExtendedReader, filesAlong } from './extended.ts';
import {
  type CommitsPage,
  type FilesPage,
  moreCommitsAnswer,
  moreFilesAnswer,
  type PullRequestAnswer,
  pullRequestAnswer,
} from './graphql/answers.ts';
import { extendedFields, isExtendedField } from './graphql/extended.ts';
import { moreCommitsQuery, moreFilesQuery, pullRequestQuery } from './graphql/queries.ts';
import { withoutMissing } from './missing.ts';
import { allPages, assertSameHead } from './pages.ts';
import { basePolicyFiles, headPolicyFiles, misnamedFiles, traitsOf } from './policy-files.ts';
import { type PostedCheckRuns, postedCheckRuns } from './posted.ts';
import { movesOf, readSaid, type Said } from './read-said.ts';
import { toContribution } from './to-contribution.ts';

/** A pull request, and how to ask for it. */
export interface PullRequestRef {
  readonly owner: string;
  readonly name: string;
  readonly number: number;
}

/** What is the same for every question to GitHub. */
export interface Asking {
  readonly client: Client;
  /** Host of the web pages and of no-reply addresses: `github.com`, or the GitHub Enterprise Server's. */
  readonly host: string;
  /** Whose check runs are read; null: whoever asks is no App, and needs none. */
  readonly appId: number | null;
  /** Commits and files a page; fewer than 100 only after GitHub failed to answer a full page in time. */
  readonly pageSize: number;
  /** Through which installation it is asked; absent: none is known. */
  readonly installationId?: number;
  /** Files that policies extend; absent: none are expected. */
  readonly extended?: Pick<ExtendedReader, 'expected'>;
  /** What was read of files before; absent: all of it is read. */
  readonly contents?: ContentsMemory;
}

/** A pull request as it is now. */
export interface PullRequestFacts {
  readonly state: 'OPEN' | 'CLOSED' | 'MERGED';
  /** ISO 8601, UTC. */
  readonly updatedAt: string;
  /** GraphQL node id of the repository, for mutations. */
  readonly repositoryId: string;
  readonly contribution: Contribution;
  /** null where there is no base branch. */
  readonly policyFiles: PolicyFiles | null;
  /** What a floor's exemptions ask about the repository. */
  readonly traits: Traits;
  /** The policy files at the head, where the pull request changes one; null where it changes none. */
  readonly proposedPolicyFiles: readonly PolicyFile[] | null;
  /** Files that look like a policy and are not read. */
  readonly misnamed: readonly Misnamed[];
  readonly posted: PostedCheckRuns;
  /** GraphQL node id of the pull request, for comments. */
  readonly pullRequestId: string;
  /** Tip of the base branch, whose policy holds; null where the branch is gone. */
  readonly policyCommit: string | null;
  readonly said: Said;
}

/**
 * Reads a pull request: one request as long as no page is full, one more for each further page.
 * Throws MovedError where its head moved between two pages, and whatever Octokit throws.
 */
export async function readPullRequest(asking: Asking, ref: PullRequestRef): Promise<PullRequestFacts> {
  const along = asking.extended?.expected(ref) ?? [];
  const answer = await ask(asking, ref, along);
  const { repository, organisationRefused } = answer;
  const { pullRequest } = repository;
  const owner = repository.owner.login;
  // GitHub follows a repository to its new owner, but the organisation was asked for by its old name.
  if (owner.toLowerCase() !== ref.owner.toLowerCase()) {
    return readPullRequest(asking, { ...ref, owner, name: repository.name });
  }
  const commits = await allCommits(asking, ref, pullRequest.headRefOid, pullRequest.commits);
  const proposed = headPolicyFiles(answer);
  const base = basePolicyFiles(answer);
  const maybeEdited = fingerprint(proposed) !== fingerprint(base?.repository ?? []);
  const files = maybeEdited
    ? await allFiles(asking, ref, pullRequest.headRefOid, pullRequest.files)
    : firstFiles(pullRequest.files);
  return {
    state: pullRequest.state,
    updatedAt: pullRequest.updatedAt,
    repositoryId: repository.id,
    contribution: toContribution(asking.host, repository, commits, files),
    policyFiles: base && { ...base, organisationRefused, extended: filesAlong(along, answer, ref) },
    traits: traitsOf(answer),
    proposedPolicyFiles: maybeEdited && touchesPolicy(files, base?.repository ?? [], proposed) ? proposed : null,
    posted: postedCheckRuns(
      pullRequest.headRefOid,
      pullRequest.head.nodes[0]?.commit ?? null,
      runMark(pullRequest.number, movesOf(pullRequest)),
    ),
    pullRequestId: pullRequest.id,
    policyCommit: pullRequest.baseRef?.target?.oid ?? null,
    said: await readSaid(asking, ref, pullRequest),
    misnamed: misnamedFiles(answer, files ?? []),
  };
}

type Answer = PullRequestAnswer & Pick<PolicyFiles, 'organisationRefused'>;

async function ask(asking: Asking, ref: PullRequestRef, along: readonly Location[]): Promise<Answer> {
  const { variables, ...further } = extendedFields(along);
  const { appId, pageSize } = asking;
  const query = asking.client.graphql(pullRequestQuery(further, appId !== null), {
    ...ref,
    ...variables,
    ...(appId === null ? {} : { appId }),
    pageSize,
  });
  // The organisation may have no `.github` repository that we may read, and what a policy extends may be gone.
  const refused = new Set<unknown>();
  const answer = await withoutMissing(
    query,
    ([field]) => field === 'organisation' || isExtendedField(field),
    ([field]) => refused.add(field),
  );
  return {
    ...checked(pullRequestAnswer, { organisation: null, ...answer }, 'the pull request query'),
    organisationRefused: refused.has('organisation'),
  };
}

type FileNode = FilesPage['nodes'][number];

async function allCommits(asking: Asking, ref: PullRequestRef, head: string, first: CommitsPage) {
  const nodes = await allPages(first, async (after) => {
    const answer = await asking.client.graphql(moreCommitsQuery, { ...ref, pageSize: asking.pageSize, after });
    const { headRefOid, commits } = checked(moreCommitsAnswer, answer, 'the query for more commits').repository
      .pullRequest;
    assertSameHead(head, headRefOid, 'it was');
    return commits;
  });
  return nodes.map(({ commit }) => commit);
}

/** The first page of changed files where it is the only one; null otherwise, since no rule asked for the others. */
function firstFiles(first: FilesPage | null): readonly FileNode[] | null {
  return first === null || first.pageInfo.hasNextPage ? null : first.nodes;
}

async function allFiles(asking: Asking, ref: PullRequestRef, head: string, first: FilesPage | null) {
  return first === null ? null : allPages(first, (after) => filesPage(asking, ref, head, after));
}

/** Every page of changed files from the first, of a pull request whose head is `head`. Throws MovedError where it is not. */
export async function readFilePages(asking: Asking, ref: PullRequestRef, head: string): Promise<readonly FileNode[]> {
  return allPages(await filesPage(asking, ref, head, null), (after) => filesPage(asking, ref, head, after));
}

async function filesPage(asking: Asking, ref: PullRequestRef, head: string, after: string | null): Promise<FilesPage> {
  const answer = await asking.client.graphql(moreFilesQuery, { ...ref, pageSize: asking.pageSize, after });
  const { headRefOid, files } = checked(moreFilesAnswer, answer, 'the query for more files').repository.pullRequest;
  assertSameHead(head, headRefOid, 'it was');
  return files;
}

function fingerprint(files: readonly PolicyFile[]): string {
  return JSON.stringify(files.map(({ path, oid }) => [path, oid]));
}

/**
 * A head that lags behind its base has other policy files without changing any; the changed files tell. Of one that was
 * renamed GitHub gives no former path: where the head lacks a policy file, it may be that one.
 */
function touchesPolicy(
  files: readonly FileNode[] | null,
  base: readonly PolicyFile[],
  head: readonly PolicyFile[],
): boolean {
  if (files === null) return true;
  const mayBeMoved = base.some(({ path }) => !head.some((file) => file.path === path));
  return files.some(
    ({ path, changeType }) =>
      (changeType === 'RENAMED' && mayBeMoved) || /^\.github\/(?:countersign\.ya?ml|dco\.yml)$/.test(path),
  );
}
