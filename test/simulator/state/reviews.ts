// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Account, PullRequest, Remark, Review, ReviewComment } from './model.ts';
import type { World } from './world.ts';

export interface NewReview {
  readonly state: Review['state'];
  readonly body?: string;
  /** Inline comments, on the first file of the repository's imagination. */
  readonly inline?: readonly string[];
  /** When it was begun, where it was drafted before it was submitted. */
  readonly draftedAt?: Date;
  /** The commit that it is about; the head unless given. */
  readonly sha?: string;
}

/** Reviews a pull request; sends `pull_request_review.submitted`, and `…_comment.created` for each inline comment. */
export async function review(world: World, pullRequest: PullRequest, by: Account, input: NewReview): Promise<Review> {
  const now = world.now();
  const made: Review = {
    kind: 'PullRequestReview',
    ...world.identify('PRR'),
    pullRequest,
    body: input.body ?? '',
    author: by,
    state: input.state,
    sha: input.sha ?? pullRequest.headSha,
    createdAt: input.draftedAt ?? now,
    submittedAt: now,
    editedAt: null,
    minimised: false,
    comments: [],
    reactions: [],
  };
  pullRequest.reviews.push(world.remember(made));
  for (const body of input.inline ?? []) made.comments.push(world.remember(inlineComment(world, made, body)));
  await world.emit({ event: 'pull_request_review', action: 'submitted', review: made, sender: by });
  for (const comment of made.comments) {
    await world.emit({ event: 'pull_request_review_comment', action: 'created', comment, sender: by });
  }
  return made;
}

function inlineComment(world: World, of: Review, body: string): ReviewComment {
  return {
    kind: 'PullRequestReviewComment',
    ...world.identify('PRRC'),
    pullRequest: of.pullRequest,
    review: of,
    path: 'README.md',
    body,
    author: of.author,
    createdAt: of.createdAt,
    updatedAt: of.submittedAt,
    editedAt: null,
    minimised: false,
    reactions: [],
  };
}

export async function dismissReview(world: World, dismissed: Review, by: Account): Promise<void> {
  dismissed.state = 'DISMISSED';
  await world.emit({ event: 'pull_request_review', action: 'dismissed', review: dismissed, sender: by });
}

export async function editReview(world: World, edited: Review, body: string, by: Account): Promise<void> {
  const from = edited.body;
  edited.body = body;
  edited.editedAt = world.now();
  await world.emit({ event: 'pull_request_review', action: 'edited', review: edited, sender: by, from });
}

export async function editReviewComment(world: World, edited: ReviewComment, body: string, by: Account): Promise<void> {
  const from = edited.body;
  edited.body = body;
  edited.editedAt = world.now();
  edited.updatedAt = edited.editedAt;
  await world.emit({ event: 'pull_request_review_comment', action: 'edited', comment: edited, sender: by, from });
}

export async function deleteReviewComment(world: World, deleted: ReviewComment, by: Account): Promise<void> {
  const { comments } = deleted.review;
  comments.splice(comments.indexOf(deleted), 1);
  await world.emit({ event: 'pull_request_review_comment', action: 'deleted', comment: deleted, sender: by });
}

/** Hides what somebody said. GitHub sends no webhook of it. */
export function minimise(hidden: Remark, minimised = true): void {
  hidden.minimised = minimised;
}
