// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { maybeUser } from '../resources/account.ts';
import { pullRequestPage, pullRequestSimple } from '../resources/pull-request.ts';
import type { Review } from '../state/model.ts';
import { association } from '../state/pull-requests.ts';
import type { World } from '../state/world.ts';
import { iso } from '../time.ts';
import type { Payload } from './payloads.ts';

/** The `pull_request_review.submitted` event. */
export function reviewBody(world: World, one: Review): Payload {
  const { pullRequest } = one;
  const simple = pullRequestSimple(world, pullRequest);
  const page = `${pullRequestPage(world, pullRequest)}#pullrequestreview-${one.id}`;
  return {
    action: 'submitted',
    review: {
      id: one.id,
      node_id: one.nodeId,
      user: maybeUser(world, one.author),
      body: one.body || null,
      commit_id: one.sha,
      submitted_at: iso(one.createdAt),
      state: one.state.toLowerCase(),
      html_url: page,
      pull_request_url: simple.url,
      author_association: association(pullRequest.repository, one.author),
      _links: { html: { href: page }, pull_request: { href: simple.url } },
    },
    pull_request: simple,
  };
}
