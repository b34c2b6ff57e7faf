// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { ChangedFile } from '../git/diff.ts';
import type { Comment, PullRequest, Reaction, Repository } from '../state/model.ts';
import { association, commitsOf, filesOf } from '../state/pull-requests.ts';
import { fullName, type World } from '../state/world.ts';
import { iso } from '../time.ts';
import { maybeUser, simpleUser } from './account.ts';
import { repositoryResource, repositoryUrl } from './repository.ts';

const href = (address: string) => ({ href: address });

function side(world: World, repository: Repository | null, ref: string, sha: string) {
  return {
    label: `${repository?.owner.login ?? 'unknown'}:${ref}`,
    ref,
    sha,
    user: maybeUser(world, repository?.owner ?? null),
    repo: repository && repositoryResource(world, repository),
  };
}

export function pullRequestPage(world: World, one: PullRequest): string {
  return `${world.origin}/${fullName(one.repository)}/pull/${one.number}`;
}

function addresses(world: World, one: PullRequest) {
  const repository = repositoryUrl(world, one.repository);
  const url = `${repository}/pulls/${one.number}`;
  const issue = `${repository}/issues/${one.number}`;
  const page = pullRequestPage(world, one);
  return {
    url,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: issue,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${repository}/pulls/comments{/number}`,
    comments_url: `${issue}/comments`,
    statuses_url: `${repository}/statuses/${one.headSha}`,
  };
}

/** A pull request as lists show it. */
export function pullRequestSimple(world: World, one: PullRequest) {
  const at = addresses(world, one);
  return {
    ...at,
    id: one.id,
    node_id: one.nodeId,
    number: one.number,
    state: one.state === 'OPEN' ? 'open' : 'closed',
    locked: false,
    title: one.title,
    user: maybeUser(world, one.author),
    body: one.body,
    created_at: iso(one.createdAt),
    updated_at: iso(one.updatedAt),
    closed_at: iso(one.closedAt),
    merged_at: iso(one.merged?.at ?? null),
    merge_commit_sha: one.merged?.sha ?? null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    labels: [],
    milestone: null,
    draft: one.draft,
    head: side(world, one.headRepository, one.headRef, one.headSha),
    base: side(world, one.repository, one.baseRef, one.baseSha),
    _links: {
      self: href(at.url),
      html: href(at.html_url),
      issue: href(at.issue_url),
      comments: href(at.comments_url),
      review_comments: href(at.review_comments_url),
      review_comment: href(at.review_comment_url),
      commits: href(at.commits_url),
      statuses: href(at.statuses_url),
    },
    author_association: association(one.repository, one.author),
    auto_merge: null,
    active_lock_reason: null,
  };
}

/** A pull request as its own route and its webhooks show it, with its counts. */
export async function pullRequestResource(world: World, one: PullRequest) {
  const [commits, files] = await Promise.all([commitsOf(one), filesOf(one)]);
  const sum = (count: (file: ChangedFile) => number) => files.reduce((total, file) => total + count(file), 0);
  return {
    ...pullRequestSimple(world, one),
    merged: one.merged !== null,
    mergeable: true,
    rebaseable: true,
    mergeable_state: 'clean',
    merged_by: maybeUser(world, one.merged?.by ?? null),
    comments: one.comments.length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: commits.length,
    additions: sum((file) => file.additions),
    deletions: sum((file) => file.deletions),
    changed_files: files.length,
  };
}

/** As a check run or suite names the pull requests that it belongs to: those from the same repository only. */
export function minimalPullRequests(world: World, repository: Repository, sha: string) {
  const end = (ref: string, tip: string) => ({
    ref,
    sha: tip,
    repo: { id: repository.id, url: repositoryUrl(world, repository), name: repository.name },
  });
  return [...repository.pullRequests.values()]
    .filter((one) => one.state === 'OPEN' && one.headSha === sha && one.headRepository === repository)
    .map((one) => ({
      id: one.id,
      number: one.number,
      url: `${repositoryUrl(world, repository)}/pulls/${one.number}`,
      head: end(one.headRef, one.headSha),
      base: end(one.baseRef, one.baseSha),
    }));
}

const reactionNames = ['+1', '-1', 'laugh', 'hooray', 'confused', 'heart', 'rocket', 'eyes'] as const;

/** REST's name of a GraphQL reaction: `THUMBS_UP` is `+1`. */
export function reactionName(content: string): string {
  const thumbs: Readonly<Record<string, string>> = { THUMBS_UP: '+1', THUMBS_DOWN: '-1' };
  return thumbs[content] ?? content.toLowerCase();
}

export function reactionContent(name: string): string {
  const thumbs: Readonly<Record<string, string>> = { '+1': 'THUMBS_UP', '-1': 'THUMBS_DOWN' };
  return thumbs[name] ?? name.toUpperCase();
}

export function reactionResource(world: World, one: Reaction) {
  return {
    id: one.id,
    node_id: one.nodeId,
    user: simpleUser(world, one.author),
    content: reactionName(one.content),
    created_at: iso(one.createdAt),
  };
}

export function reactionRollup(url: string, reactions: readonly Reaction[]) {
  const count = (name: string) => reactions.filter((one) => reactionName(one.content) === name).length;
  const counts = Object.fromEntries(reactionNames.map((name) => [name, count(name)]));
  return { url: `${url}/reactions`, total_count: reactions.length, ...counts };
}

export function commentResource(world: World, one: Comment) {
  const { pullRequest } = one;
  const url = `${repositoryUrl(world, pullRequest.repository)}/issues/comments/${one.id}`;
  return {
    url,
    html_url: `${pullRequestPage(world, pullRequest)}#issuecomment-${one.id}`,
    issue_url: addresses(world, pullRequest).issue_url,
    id: one.id,
    node_id: one.nodeId,
    user: maybeUser(world, one.author),
    created_at: iso(one.createdAt),
    updated_at: iso(one.updatedAt),
    author_association: association(pullRequest.repository, one.author),
    body: one.body,
    reactions: reactionRollup(url, one.reactions),
    performed_via_github_app: null,
  };
}

/** A pull request in its other role, as the issue that a comment belongs to. */
export function issueResource(world: World, one: PullRequest) {
  const at = addresses(world, one);
  const simple = pullRequestSimple(world, one);
  return {
    url: at.issue_url,
    repository_url: repositoryUrl(world, one.repository),
    labels_url: `${at.issue_url}/labels{/name}`,
    comments_url: at.comments_url,
    events_url: `${at.issue_url}/events`,
    html_url: at.html_url,
    id: one.id,
    node_id: one.nodeId,
    number: one.number,
    title: one.title,
    user: simple.user,
    labels: [],
    state: simple.state,
    locked: false,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: one.comments.length,
    created_at: simple.created_at,
    updated_at: simple.updated_at,
    closed_at: simple.closed_at,
    author_association: simple.author_association,
    active_lock_reason: null,
    draft: one.draft,
    pull_request: {
      url: at.url,
      html_url: at.html_url,
      diff_url: at.diff_url,
      patch_url: at.patch_url,
      merged_at: simple.merged_at,
    },
    body: one.body,
    reactions: reactionRollup(at.issue_url, []),
    timeline_url: `${at.issue_url}/timeline`,
    performed_via_github_app: null,
    state_reason: null,
  };
}
