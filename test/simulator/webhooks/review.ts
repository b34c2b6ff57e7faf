// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { maybeUser } from '../resources/account.ts';
import { pullRequestPage, pullRequestSimple, reactionRollup } from '../resources/pull-request.ts';
import type { Happening } from '../state/events.ts';
import { association } from '../state/pull-requests.ts';
import type { World } from '../state/world.ts';
import { iso } from '../time.ts';
import type { Payload } from './payloads.ts';

type ReviewHappening = Extract<Happening, { event: 'pull_request_review' }>;
type CommentHappening = Extract<Happening, { event: 'pull_request_review_comment' }>;

/** The `pull_request_review` event. */
export function reviewBody(world: World, { action, review: one, from }: ReviewHappening): Payload {
  const { pullRequest } = one;
  const simple = pullRequestSimple(world, pullRequest);
  const page = `${pullRequestPage(world, pullRequest)}#pullrequestreview-${one.id}`;
  return {
    action,
    review: {
      id: one.id,
      node_id: one.nodeId,
      user: maybeUser(world, one.author),
      body: one.body || null,
      commit_id: one.sha,
      submitted_at: iso(one.submittedAt),
      state: one.state.toLowerCase(),
      html_url: page,
      pull_request_url: simple.url,
      author_association: association(pullRequest.repository, one.author),
      _links: { html: { href: page }, pull_request: { href: simple.url } },
    },
    pull_request: simple,
    ...(action === 'edited' ? { changes: { body: { from } } } : {}),
  };
}

/** The `pull_request_review_comment` event. */
export function reviewCommentBody(world: World, { action, comment: one, from }: CommentHappening): Payload {
  const { pullRequest, review } = one;
  const simple = pullRequestSimple(world, pullRequest);
  const page = `${pullRequestPage(world, pullRequest)}#discussion_r${one.id}`;
  const url = `${simple.url.replace(/\/\d+$/, '')}/comments/${one.id}`;
  return {
    action,
    comment: {
      url,
      pull_request_review_id: review.id,
      id: one.id,
      node_id: one.nodeId,
      diff_hunk: '@@ -1 +1 @@',
      path: one.path,
      position: 1,
      original_position: 1,
      commit_id: review.sha,
      original_commit_id: review.sha,
      user: maybeUser(world, one.author),
      body: one.body,
      created_at: iso(one.createdAt),
      updated_at: iso(one.updatedAt),
      html_url: page,
      pull_request_url: simple.url,
      author_association: association(pullRequest.repository, one.author),
      _links: { self: { href: url }, html: { href: page }, pull_request: { href: simple.url } },
      reactions: reactionRollup(url, one.reactions),
      start_line: null,
      original_start_line: null,
      start_side: null,
      line: 1,
      original_line: 1,
      side: 'RIGHT',
      subject_type: 'line',
    },
    pull_request: simple,
    ...(action === 'edited' ? { changes: { body: { from } } } : {}),
  };
}
