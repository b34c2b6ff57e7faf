// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { account } from './accounts.ts';
import type { PullRequestAction } from './events.ts';
import { nextNumber } from './issues.ts';
import type { Account, Association, Comment, PullRequest, Repository } from './model.ts';
import { roleOf } from './repositories.ts';
import type { World } from './world.ts';

export interface NewPullRequest {
  /** Login of who opens it; a bot's may end in `[bot]`. */
  readonly author: string;
  /** Branch, in `from` or in the repository itself. */
  readonly head: string;
  readonly base?: string;
  readonly from?: Repository;
  readonly title?: string;
  readonly body?: string | null;
  readonly draft?: boolean;
}

export function branchTip(repository: Repository, branch: string): string {
  const sha = repository.git.refs.get(`refs/heads/${branch}`);
  if (!sha) throw new Error(`${repository.owner.login}/${repository.name} has no branch «${branch}»`);
  return sha;
}

function emit(world: World, action: PullRequestAction, pullRequest: PullRequest, sender: Account, extra = {}) {
  return world.emit({ event: 'pull_request', action, pullRequest, sender, extra });
}

/** Who acts where a test didn't say: the author, or the repository's owner for a deleted account. */
export function actor(world: World, pullRequest: PullRequest, login?: string): Account {
  return login ? account(world, login) : (pullRequest.author ?? pullRequest.repository.owner);
}

/** Opens a pull request; sends `pull_request.opened`. */
export async function openPullRequest(world: World, repository: Repository, input: NewPullRequest) {
  const author = account(world, input.author);
  const headRepository = input.from ?? repository;
  const baseRef = input.base ?? repository.defaultBranch;
  const number = nextNumber(repository);
  const now = world.now();
  const pullRequest: PullRequest = {
    kind: 'PullRequest',
    ...world.identify('PR'),
    number,
    repository,
    title: input.title ?? `Pull request ${number}`,
    body: input.body ?? null,
    state: 'OPEN',
    draft: input.draft ?? false,
    author,
    baseRef,
    baseSha: branchTip(repository, baseRef),
    headRef: input.head,
    headRepository,
    headSha: branchTip(headRepository, input.head),
    comments: [],
    reviews: [],
    timeline: [],
    createdAt: now,
    updatedAt: now,
    closedAt: null,
    merged: null,
  };
  repository.pullRequests.set(number, world.remember(pullRequest));
  repository.git.setRef(`refs/pull/${number}/head`, pullRequest.headSha);
  await emit(world, 'opened', pullRequest, author);
  return pullRequest;
}

/** After a push: brings the open pull requests from that branch up to date; sends `synchronize` for each. */
export async function synchronize(world: World, pushed: Repository, branch: string, sender: Account): Promise<void> {
  const tip = pushed.git.refs.get(`refs/heads/${branch}`);
  const open = [...world.repositories.values()]
    .flatMap((repository) => [...repository.pullRequests.values()])
    .filter((one) => one.state === 'OPEN' && one.headRepository === pushed && one.headRef === branch);
  for (const pullRequest of open) {
    if (!tip || pullRequest.headSha === tip) continue;
    const before = pullRequest.headSha;
    if ((await pushed.git.mergeBase(before, tip)) !== before) {
      const { repository } = pullRequest;
      pullRequest.timeline.push({
        kind: 'HeadRefForcePushedEvent',
        nodeId: eventId(pullRequest),
        createdAt: world.now(),
        repository,
        after: tip,
      });
    }
    pullRequest.headSha = tip;
    pullRequest.baseSha = branchTip(pullRequest.repository, pullRequest.baseRef);
    pullRequest.updatedAt = world.now();
    pullRequest.repository.git.setRef(`refs/pull/${pullRequest.number}/head`, tip);
    await emit(world, 'synchronize', pullRequest, sender, { before, after: tip });
  }
}

function eventId({ id, timeline }: PullRequest): string {
  return `EV_${Buffer.from(`${id}:${timeline.length}`).toString('base64url')}`;
}

export interface PullRequestEdit {
  readonly title?: string;
  readonly body?: string;
  readonly base?: string;
}

/** Edits title, body or base branch; sends `pull_request.edited` with what changed. */
export async function editPullRequest(world: World, pullRequest: PullRequest, edit: PullRequestEdit, by?: string) {
  const changes: Record<string, unknown> = {};
  if (edit.title !== undefined) changes.title = { from: pullRequest.title };
  if (edit.body !== undefined) changes.body = { from: pullRequest.body ?? '' };
  if (edit.base !== undefined) {
    changes.base = { ref: { from: pullRequest.baseRef }, sha: { from: pullRequest.baseSha } };
    pullRequest.baseSha = branchTip(pullRequest.repository, edit.base);
    pullRequest.baseRef = edit.base;
    const nodeId = eventId(pullRequest);
    pullRequest.timeline.push({ kind: 'BaseRefChangedEvent', nodeId, createdAt: world.now() });
  }
  pullRequest.title = edit.title ?? pullRequest.title;
  pullRequest.body = edit.body ?? pullRequest.body;
  pullRequest.updatedAt = world.now();
  await emit(world, 'edited', pullRequest, actor(world, pullRequest, by), { changes });
}

export async function setDraft(world: World, pullRequest: PullRequest, draft: boolean): Promise<void> {
  pullRequest.draft = draft;
  pullRequest.updatedAt = world.now();
  const action = draft ? 'converted_to_draft' : 'ready_for_review';
  await emit(world, action, pullRequest, actor(world, pullRequest));
}

export async function setOpen(world: World, pullRequest: PullRequest, open: boolean): Promise<void> {
  pullRequest.state = open ? 'OPEN' : 'CLOSED';
  pullRequest.closedAt = open ? null : world.now();
  pullRequest.updatedAt = world.now();
  await emit(world, open ? 'reopened' : 'closed', pullRequest, actor(world, pullRequest));
}

/** Comments on a pull request; sends `issue_comment.created`. */
export async function comment(world: World, pullRequest: PullRequest, by: Account, body: string): Promise<Comment> {
  const now = world.now();
  const made: Comment = {
    kind: 'IssueComment',
    ...world.identify('IC'),
    pullRequest,
    body,
    author: by,
    createdAt: now,
    updatedAt: now,
    editedAt: null,
    minimised: false,
    reactions: [],
  };
  pullRequest.comments.push(world.remember(made));
  pullRequest.updatedAt = now;
  await world.emit({ event: 'issue_comment', action: 'created', comment: made, sender: by });
  return made;
}

export async function editComment(world: World, edited: Comment, body: string, by: Account): Promise<void> {
  const from = edited.body;
  edited.body = body;
  edited.updatedAt = world.now();
  edited.editedAt = edited.updatedAt;
  await world.emit({ event: 'issue_comment', action: 'edited', comment: edited, sender: by, from });
}

export async function deleteComment(world: World, deleted: Comment, by: Account): Promise<void> {
  const { comments } = deleted.pullRequest;
  comments.splice(comments.indexOf(deleted), 1);
  await world.emit({ event: 'issue_comment', action: 'deleted', comment: deleted, sender: by });
}

/** GitHub's `author_association`, as far as the simulator knows. */
export function association(repository: Repository, author: Account | null): Association {
  if (!author) return 'NONE';
  if (repository.owner === author) return 'OWNER';
  if (repository.owner.members.has(author.login.toLowerCase())) return 'MEMBER';
  return ['read', 'none'].includes(roleOf(repository, author)) ? 'NONE' : 'COLLABORATOR';
}

/** The pull request's own commits, as GitHub lists them: between base and head, parents first. */
export function commitsOf(pullRequest: PullRequest): Promise<readonly string[]> {
  return pullRequest.repository.git.range(pullRequest.baseSha, pullRequest.headSha);
}

/** Changed files against the merge base, as the «Files changed» tab shows them. */
export async function filesOf(pullRequest: PullRequest) {
  const { git } = pullRequest.repository;
  const from = await git.mergeBase(pullRequest.baseSha, pullRequest.headSha);
  return git.diff(from ?? pullRequest.baseSha, pullRequest.headSha);
}
