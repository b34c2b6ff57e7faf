// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Context } from 'probot';
import { readMark } from './github/mark.ts';
import { parseQueueBranch } from './github/queue-branch.ts';
import type { RepositoryRef, Subject } from './inbox/inbox.ts';
import { mentionsCommand } from './overrides/mention.ts';
import { ofPush, withoutHeads } from './push.ts';
import { overrideButton } from './report/override-button.ts';
import { markBegins } from './worker/marks.ts';

/** The webhooks that make us look at something. Others are answered and forgotten. */
export const handledEvents = [
  'pull_request.opened',
  'pull_request.reopened',
  'pull_request.synchronize',
  'pull_request.edited',
  'pull_request.ready_for_review',
  'check_run.rerequested',
  'check_run.requested_action',
  'check_suite.rerequested',
  'merge_group.checks_requested',
  'push',
  'issue_comment.created',
  'issue_comment.edited',
  'issue_comment.deleted',
  'pull_request_review.submitted',
  'pull_request_review.edited',
  'pull_request_review.dismissed',
  'pull_request_review_comment.created',
  'pull_request_review_comment.edited',
  'pull_request_review_comment.deleted',
  'installation.created',
  'installation.unsuspend',
  'installation.new_permissions_accepted',
  'installation_repositories.added',
] as const;

/** Whether it is one of them; by its name alone where an event has no actions. */
export function handles(event: string): boolean {
  return (handledEvents as readonly string[]).includes(event);
}

type Handled = (typeof handledEvents)[number];
type Payload<Name extends Handled> = Context<Name>['payload'];
export type HandledEvent = { [Name in Handled]: { readonly name: Name; readonly payload: Payload<Name> } }[Handled];

/** What an event hints at: the subjects that may have changed, none where it concerns nothing of ours. */
export function subjectsOf(event: HandledEvent): readonly Subject[] {
  switch (event.name) {
    case 'pull_request.edited':
      // The title changes no verdict. Another base branch means another policy and other commits, and the description may
      // say where a change is upstream (the notation scs): who takes that out again must not keep the success.
      return isMaterial(event.payload.changes) ? ofPullRequest(event.payload) : [];
    case 'pull_request.opened':
    case 'pull_request.reopened':
    case 'pull_request.synchronize':
    case 'pull_request.ready_for_review':
      return ofPullRequest(event.payload);
    case 'check_run.rerequested':
      return ofRerequest(
        event.payload,
        event.payload.check_run.head_sha,
        event.payload.check_run.check_suite.head_branch,
      );
    case 'check_run.requested_action':
      return ofButton(event.payload);
    case 'check_suite.rerequested':
      return ofRerequest(event.payload, event.payload.check_suite.head_sha, event.payload.check_suite.head_branch);
    case 'merge_group.checks_requested':
      return ofMergeGroup(event.payload);
    case 'push':
      return ofPush(event.payload, repositoryOf(event.payload));
    case 'issue_comment.created':
    case 'issue_comment.edited':
    case 'issue_comment.deleted':
      return ofComment(event.payload);
    case 'pull_request_review.submitted':
    case 'pull_request_review.edited':
      return ofRemark(event.payload, event.payload.review.body);
    case 'pull_request_review.dismissed':
      // Its inline comments are dismissed with it, and the payload does not hold them.
      return ofPullRequest(event.payload);
    case 'pull_request_review_comment.created':
    case 'pull_request_review_comment.edited':
    case 'pull_request_review_comment.deleted':
      return ofRemark(event.payload, event.payload.comment.body);
    case 'installation.created':
    case 'installation.unsuspend':
    case 'installation.new_permissions_accepted':
      return [{ kind: 'installation', installationId: event.payload.installation.id }];
    case 'installation_repositories.added':
      return ofAddedRepositories(event.payload);
  }
}

function isMaterial({ base, body }: { readonly base?: unknown; readonly body?: unknown }): boolean {
  return base !== undefined || body !== undefined;
}

/** When the pull request last changed by the event's word, in ISO 8601; null where the event does not tell. */
export function updatedAtOf({ payload }: HandledEvent): string | null {
  if ('pull_request' in payload) return payload.pull_request.updated_at;
  return 'issue' in payload ? payload.issue.updated_at : null;
}

interface InRepository {
  readonly installation?: { readonly id: number } | undefined;
  readonly repository?: { readonly name: string; readonly owner: { readonly login: string } | null } | undefined;
}

/** null for a webhook that was not delivered to an installation of the App, such as a repository's own webhook. */
function repositoryOf({ installation, repository }: InRepository): RepositoryRef | null {
  const owner = repository?.owner?.login;
  if (installation === undefined || repository === undefined || owner === undefined) return null;
  return { installationId: installation.id, owner, name: repository.name };
}

function ofPullRequest(payload: InRepository & { readonly pull_request: { readonly number: number } }): Subject[] {
  const repository = repositoryOf(payload);
  return repository === null ? [] : [{ kind: 'pull-request', repository, number: payload.pull_request.number }];
}

/**
 * A check run's own list of pull requests is empty where the head lies in a fork, so that the open ones with that head
 * commit are looked up.
 */
function ofRerequest(payload: InRepository, headSha: string, headBranch: string | null | undefined): Subject[] {
  const repository = repositoryOf(payload);
  if (repository === null) return [];
  const queued = parseQueueBranch(headBranch ?? '');
  if (queued === null) return [{ kind: 'open-pull-requests', repository, base: null, headSha }];
  const headRef = headBranch ?? '';
  return [{ kind: 'merge-group', repository, headSha, headRef, baseSha: queued.baseSha, baseRef: queued.baseRef }];
}

/** Our run's mark names the pull request whose result it is. Of several, nobody knows which one the button was meant for. */
function ofButton(payload: Payload<'check_run.requested_action'>): Subject[] {
  const repository = repositoryOf(payload);
  const { check_run, requested_action, sender } = payload;
  const mark = readMark(check_run.external_id ?? null);
  const [number, ...others] = mark?.pullRequests ?? [];
  const pressed = requested_action?.identifier === overrideButton.identifier && sender.type === 'User';
  if (repository === null || mark === null || number === undefined || others.length > 0 || !pressed) return [];
  const { head_sha: headSha, name: check } = check_run;
  return [{ kind: 'button', repository, number, headSha, stretch: mark.stretch, check, login: sender.login }];
}

function ofMergeGroup(payload: Payload<'merge_group.checks_requested'>): Subject[] {
  const repository = repositoryOf(payload);
  if (repository === null) return [];
  const { head_sha, head_ref, base_sha, base_ref } = payload.merge_group;
  return [
    {
      kind: 'merge-group',
      repository,
      headSha: head_sha,
      headRef: withoutHeads(head_ref),
      baseSha: base_sha,
      baseRef: withoutHeads(base_ref),
    },
  ];
}

/** A comment on an open pull request that may hold or have held a command, whoever wrote it: looking again grants nothing. */
function ofComment(payload: Payload<'issue_comment.created' | 'issue_comment.edited' | 'issue_comment.deleted'>) {
  const repository = repositoryOf(payload);
  const { issue, comment } = payload;
  if (repository === null || issue.pull_request === undefined || issue.state !== 'open') return [];
  if (!concernsUs(payload, comment.body)) return [];
  return [{ kind: 'pull-request' as const, repository, number: issue.number }];
}

function ofRemark(
  payload: InRepository & { readonly pull_request: { readonly number: number; readonly state: string } },
  body: string | null,
): Subject[] {
  return payload.pull_request.state === 'open' && concernsUs(payload, body) ? ofPullRequest(payload) : [];
}

/** An edit counts by what it took away as well. Our own marks are looked at when somebody tampers with them. */
function concernsUs(payload: object, body: string | null): boolean {
  const { action, changes } = payload as { action?: string; changes?: { body?: { from?: string } } };
  const texts = [body ?? '', changes?.body?.from ?? ''];
  if (action !== 'created' && texts.some((text) => text.includes(markBegins))) return true;
  return texts.some(mentionsCommand);
}

function ofAddedRepositories(payload: Payload<'installation_repositories.added'>): Subject[] {
  const installationId = payload.installation.id;
  return payload.repositories_added.flatMap(({ full_name }) => {
    const [owner, name] = full_name.split('/');
    if (owner === undefined || name === undefined) return [];
    return [{ kind: 'open-pull-requests', repository: { installationId, owner, name }, base: null, headSha: null }];
  });
}
