// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Comment, Move } from '../overrides/overrides.ts';
import { checked } from './checked.ts';
import {
  type ConversationAnswer,
  moreCommentsAnswer,
  moreReviewCommentsAnswer,
  moreReviewsAnswer,
  type ReviewAnswer,
  type ReviewCommentAnswer,
  type SaidAnswer,
} from './graphql/answers.ts';
import { moreCommentsQuery, moreReviewCommentsQuery, moreReviewsQuery } from './graphql/queries.ts';
import { allPages, assertSameHead } from './pages.ts';
import type { Asking, PullRequestRef } from './read-pull-request.ts';
import { toAuthor } from './to-contribution.ts';

/** What people said on a pull request, as it stands now. */
export interface Said {
  readonly comments: readonly Comment[];
  /** By GitHub's count. */
  readonly totalComments: number;
  readonly moves: readonly Move[];
}

/** The reaction that says that a command was taken. */
export const acknowledgement = 'THUMBS_UP';

/** Comments, reviews and inline comments from the first answer, and older pages only where there are some. */
export async function readSaid(
  asking: Asking,
  ref: PullRequestRef,
  first: ConversationAnswer & { readonly headRefOid: string },
): Promise<Said> {
  const [comments, reviews] = await Promise.all([olderComments(asking, ref, first), olderReviews(asking, ref, first)]);
  const inline = await Promise.all(reviews.map((review) => inlineComments(asking, review)));
  return {
    comments: [
      ...comments.map((answer) => toComment(answer)),
      ...reviews.filter(isPublished).map(fromReview),
      ...reviews.flatMap((review, index) =>
        isPublished(review) ? (inline[index] ?? []).map((answer) => fromReviewComment(answer, review)) : [],
      ),
    ],
    totalComments: totalOf(first, reviews),
    moves: movesOf(first),
  };
}

/** A pending review is seen by nobody but its writer. */
function isPublished({ state }: ReviewAnswer): boolean {
  return state !== 'PENDING';
}

function totalOf(first: ConversationAnswer, reviews: readonly ReviewAnswer[]): number {
  const pending = reviews.filter((review) => !isPublished(review)).length;
  const inline = reviews.filter(isPublished).reduce((sum, { comments }) => sum + comments.totalCount, 0);
  return first.comments.totalCount + (first.reviews?.totalCount ?? 0) - pending + inline;
}

function isAcknowledged({ reactionGroups }: SaidAnswer): boolean {
  return (reactionGroups ?? []).some((group) => group.content === acknowledgement && group.viewerHasReacted);
}

function toComment(answer: SaidAnswer): Comment {
  return {
    id: answer.id,
    kind: 'comment',
    url: answer.url,
    author: toAuthor(answer.author),
    body: answer.body,
    createdAt: answer.createdAt,
    publishedAt: answer.publishedAt ?? answer.createdAt,
    edited: answer.lastEditedAt !== null || answer.includesCreatedEdit,
    minimised: answer.isMinimized,
    subjectHead: null,
    acknowledged: isAcknowledged(answer),
    own: answer.viewerDidAuthor,
  };
}

function fromReview(review: ReviewAnswer): Comment {
  return {
    ...toComment(review),
    kind: 'review',
    publishedAt: review.submittedAt ?? review.publishedAt ?? review.createdAt,
    minimised: review.isMinimized || review.state === 'DISMISSED',
    subjectHead: review.commit?.oid ?? null,
  };
}

function fromReviewComment(answer: ReviewCommentAnswer, review: ReviewAnswer): Comment {
  return {
    ...toComment(answer),
    kind: 'review-comment',
    publishedAt: review.submittedAt ?? answer.publishedAt ?? answer.createdAt,
    minimised: answer.isMinimized || review.state === 'DISMISSED',
    subjectHead: answer.originalCommit?.oid ?? null,
  };
}

/** The last move of each kind. */
export function movesOf({ forcePushes, baseMoves }: ConversationAnswer): readonly Move[] {
  return [
    ...forcePushes.nodes.map(({ id }): Move => ({ kind: 'force-push', id })),
    ...baseMoves.nodes.map(({ id }): Move => ({ kind: 'base', id })),
  ];
}

interface Backwards<Node> {
  readonly pageInfo: { readonly hasPreviousPage: boolean; readonly startCursor: string | null };
  readonly nodes: readonly Node[];
}

/** Follows the pages to the beginning. A page that leads nowhere ends it too; the totals then tell. */
async function older<Node>(first: Backwards<Node>, read: (before: string) => Promise<Backwards<Node>>) {
  const nodes = [...first.nodes];
  let page = first;
  while (page.pageInfo.hasPreviousPage && page.pageInfo.startCursor !== null && page.nodes.length > 0) {
    page = await read(page.pageInfo.startCursor);
    nodes.unshift(...page.nodes);
  }
  return nodes;
}

type First = ConversationAnswer & { readonly headRefOid: string };

function olderComments(asking: Asking, ref: PullRequestRef, first: First) {
  return older(first.comments, async (before) => {
    const answer = await asking.client.graphql(moreCommentsQuery, { ...ref, pageSize: asking.pageSize, before });
    const { pullRequest } = checked(moreCommentsAnswer, answer, 'the query for older comments').repository;
    assertSameHead(first.headRefOid, pullRequest.headRefOid, 'its comments were');
    return pullRequest.comments;
  });
}

async function olderReviews(asking: Asking, ref: PullRequestRef, first: First) {
  if (first.reviews === null) return [];
  return older(first.reviews, async (before) => {
    const answer = await asking.client.graphql(moreReviewsQuery, { ...ref, pageSize: asking.pageSize, before });
    const { pullRequest } = checked(moreReviewsAnswer, answer, 'the query for older reviews').repository;
    assertSameHead(first.headRefOid, pullRequest.headRefOid, 'its comments were');
    return pullRequest.reviews;
  });
}

async function inlineComments(asking: Asking, { id, comments }: ReviewAnswer): Promise<readonly ReviewCommentAnswer[]> {
  return allPages<ReviewCommentAnswer>(comments, async (after) => {
    const answer = await asking.client.graphql(moreReviewCommentsQuery, { id, pageSize: asking.pageSize, after });
    const { node } = checked(moreReviewCommentsAnswer, answer, 'the query for more comments of a review');
    // A review that is gone meanwhile; the totals then tell.
    return node?.comments ?? { pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] };
  });
}
