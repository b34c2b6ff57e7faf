// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Account, Issue, Repository } from './model.ts';
import type { World } from './world.ts';

export interface IssueInput {
  readonly title?: string;
  readonly body?: string | null;
  readonly state?: Issue['state'];
  readonly stateReason?: Issue['stateReason'];
}

/** The number of the next issue or pull request. */
export function nextNumber(repository: Repository): number {
  return repository.pullRequests.size + repository.issues.size + 1;
}

/** Opens an issue. No webhook of it is simulated. */
export function openIssue(world: World, repository: Repository, author: Account, input: IssueInput): Issue {
  const number = nextNumber(repository);
  const now = world.now();
  const issue: Issue = {
    kind: 'Issue',
    ...world.identify('I'),
    number,
    repository,
    title: input.title ?? `Issue ${number}`,
    body: input.body ?? null,
    state: 'OPEN',
    stateReason: null,
    author,
    createdAt: now,
    updatedAt: now,
    closedAt: null,
  };
  repository.issues.set(number, world.remember(issue));
  return issue;
}

/** Changes what the input names. */
export function editIssue(world: World, issue: Issue, { title, body, state, stateReason }: IssueInput): Issue {
  issue.updatedAt = world.now();
  if (title !== undefined) issue.title = title;
  if (body !== undefined) issue.body = body;
  if (state === undefined || state === issue.state) return issue;
  issue.state = state;
  issue.closedAt = state === 'CLOSED' ? issue.updatedAt : null;
  issue.stateReason = stateReason ?? (state === 'CLOSED' ? 'COMPLETED' : 'REOPENED');
  return issue;
}
