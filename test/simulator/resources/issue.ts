// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { App, Issue } from '../state/model.ts';
import { fullName, type World } from '../state/world.ts';
import { iso } from '../time.ts';
import { appResource, simpleUser } from './account.ts';
import { repositoryUrl } from './repository.ts';

/** An issue, as lists and single answers show it. */
export function issueResource(world: World, app: App, one: Issue) {
  const repository = repositoryUrl(world, one.repository);
  const url = `${repository}/issues/${one.number}`;
  return {
    id: one.id,
    node_id: one.nodeId,
    url,
    repository_url: repository,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: `${world.origin}/${fullName(one.repository)}/issues/${one.number}`,
    number: one.number,
    state: one.state.toLowerCase(),
    state_reason: one.stateReason?.toLowerCase() ?? null,
    title: one.title,
    body: one.body,
    user: simpleUser(world, one.author),
    labels: [],
    assignee: null,
    assignees: [],
    milestone: null,
    locked: false,
    active_lock_reason: null,
    comments: 0,
    closed_at: iso(one.closedAt),
    created_at: iso(one.createdAt),
    updated_at: iso(one.updatedAt),
    author_association: 'NONE',
    performed_via_github_app: one.author === app.bot ? appResource(world, app) : null,
  };
}
