// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { installationResource, organizationOf, simpleUser } from '../resources/account.ts';
import { checkRunResource, checkSuiteResource, fullCheckSuiteResource } from '../resources/checks.ts';
import { commentResource, issueResource, pullRequestResource } from '../resources/pull-request.ts';
import { repositoryResource } from '../resources/repository.ts';
import type { Happening } from '../state/events.ts';
import type { Installation, Repository } from '../state/model.ts';
import { appOf, type World } from '../state/world.ts';
import { iso } from '../time.ts';
import { mergeGroup } from './merge-group.ts';
import { pushBody } from './push.ts';
import { reviewBody, reviewCommentBody } from './review.ts';

export type Payload = Readonly<Record<string, unknown>>;

/** The repository in which something happened; null for what concerns an installation as a whole. */
export function repositoryOf(happening: Happening): Repository | null {
  switch (happening.event) {
    case 'pull_request':
      return happening.pullRequest.repository;
    case 'pull_request_review':
      return happening.review.pullRequest.repository;
    case 'push':
      return happening.repository;
    case 'issue_comment':
    case 'pull_request_review_comment':
      return happening.comment.pullRequest.repository;
    case 'check_run':
      return happening.checkRun.suite.repository;
    case 'check_suite':
      return happening.checkSuite.repository;
    case 'merge_group':
      return happening.entry.queue.repository;
    default:
      return null;
  }
}

const reference = (one: Repository) => ({
  id: one.id,
  node_id: one.nodeId,
  name: one.name,
  full_name: `${one.owner.login}/${one.name}`,
  private: one.isPrivate,
});

function pingBody(world: World) {
  const app = appOf(world);
  const url = `${world.origin}/api/v3/app/hook`;
  return {
    zen: 'Keep it logically awesome.',
    hook_id: app.id,
    hook: {
      type: 'App',
      id: app.id,
      name: 'web',
      active: true,
      app_id: app.id,
      events: app.events,
      config: { content_type: 'json', url: app.webhookUrl ?? 'http://127.0.0.1/', insecure_ssl: '0' },
      updated_at: iso(app.createdAt),
      created_at: iso(app.createdAt),
      url,
      ping_url: `${url}/pings`,
      deliveries_url: `${url}/deliveries`,
    },
  };
}

async function suiteBody(world: World, happening: Extract<Happening, { event: 'check_suite' }>) {
  const { checkSuite, action } = happening;
  const commit = await checkSuite.repository.git.commit(checkSuite.sha);
  if (!commit) throw new Error(`No commit ${checkSuite.sha} behind check suite ${checkSuite.id}`);
  const resource = fullCheckSuiteResource(world, checkSuite, commit);
  return { action, check_suite: action === 'rerequested' ? resource : { ...resource, status: 'requested' } };
}

/** What is particular to the event. */
async function body(world: World, happening: Happening): Promise<Payload> {
  switch (happening.event) {
    case 'ping':
      return pingBody(world);
    case 'pull_request': {
      const { action, pullRequest, extra } = happening;
      const resource = await pullRequestResource(world, pullRequest);
      return { action, number: pullRequest.number, pull_request: resource, ...extra };
    }
    case 'pull_request_review':
      return reviewBody(world, happening);
    case 'pull_request_review_comment':
      return reviewCommentBody(world, happening);
    case 'push':
      return pushBody(world, happening);
    case 'issue_comment': {
      const { action, comment, from } = happening;
      const changes = action === 'edited' ? { changes: { body: { from } } } : {};
      return {
        action,
        issue: issueResource(world, comment.pullRequest),
        comment: commentResource(world, comment),
        ...changes,
      };
    }
    case 'check_run': {
      const { action, checkRun, requested: identifier } = happening;
      const check_suite = checkSuiteResource(world, checkRun.suite);
      const pressed = identifier === undefined ? {} : { requested_action: { identifier } };
      return { action, check_run: { ...checkRunResource(world, checkRun), check_suite }, ...pressed };
    }
    case 'check_suite':
      return suiteBody(world, happening);
    case 'merge_group':
      return mergeGroup(happening);
    case 'installation': {
      const { action, installation } = happening;
      const repositories = happening.repositories.map(reference);
      return { action, installation: installationResource(world, appOf(world), installation), repositories };
    }
    case 'installation_repositories': {
      const { action, installation, repositories } = happening;
      return {
        action,
        installation: installationResource(world, appOf(world), installation),
        repository_selection: installation.selection,
        repositories_added: action === 'added' ? repositories.map(reference) : [],
        repositories_removed: action === 'removed' ? repositories.map(reference) : [],
        requester: null,
      };
    }
  }
}

/** The payload that GitHub sends of what happened, as the state is now. */
export async function payloadOf(
  world: World,
  happening: Happening,
  installation: Installation | null,
): Promise<Payload> {
  const repository = repositoryOf(happening);
  const lite = installation && { id: installation.id, node_id: installation.nodeId };
  const owner = repository?.owner.kind === 'Organization' ? repository.owner : null;
  return {
    ...(repository ? { repository: repositoryResource(world, repository) } : {}),
    ...(owner ? { organization: organizationOf(world, owner) } : {}),
    ...(repository && lite ? { installation: lite } : {}),
    sender: simpleUser(world, happening.sender),
    ...(await body(world, happening)),
  };
}
