// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type {
  Account,
  CheckRun,
  CheckSuite,
  Comment,
  Installation,
  MergeQueueEntry,
  PullRequest,
  Repository,
  Review,
  ReviewComment,
} from './model.ts';

export type PullRequestAction =
  | 'opened'
  | 'reopened'
  | 'closed'
  | 'edited'
  | 'synchronize'
  | 'converted_to_draft'
  | 'ready_for_review'
  | 'enqueued'
  | 'dequeued';

/** Something that happened, of which GitHub sends a webhook. */
export type Happening = { readonly sender: Account } & (
  | { readonly event: 'ping' }
  | {
      readonly event: 'pull_request';
      readonly action: PullRequestAction;
      readonly pullRequest: PullRequest;
      /** What the action adds to the payload: `before` and `after`, `changes`. */
      readonly extra?: Readonly<Record<string, unknown>>;
    }
  | {
      readonly event: 'push';
      readonly repository: Repository;
      readonly ref: string;
      readonly before: string | null;
      readonly after: string | null;
    }
  | {
      readonly event: 'issue_comment';
      readonly action: 'created' | 'edited' | 'deleted';
      readonly comment: Comment;
      readonly from?: string;
    }
  | {
      readonly event: 'pull_request_review';
      readonly action: 'submitted' | 'edited' | 'dismissed';
      readonly review: Review;
      readonly from?: string;
    }
  | {
      readonly event: 'pull_request_review_comment';
      readonly action: 'created' | 'edited' | 'deleted';
      readonly comment: ReviewComment;
      readonly from?: string;
    }
  | {
      readonly event: 'check_run';
      readonly action: 'created' | 'completed' | 'rerequested' | 'requested_action';
      readonly checkRun: CheckRun;
      /** Identifier of the button. */
      readonly requested?: string;
    }
  | { readonly event: 'check_suite'; readonly action: 'requested' | 'rerequested'; readonly checkSuite: CheckSuite }
  | {
      readonly event: 'merge_group';
      readonly action: 'checks_requested' | 'destroyed';
      readonly entry: MergeQueueEntry;
      readonly reason?: string;
    }
  | {
      readonly event: 'installation';
      readonly action: 'created' | 'deleted' | 'suspend' | 'unsuspend' | 'new_permissions_accepted';
      readonly installation: Installation;
      readonly repositories: readonly Repository[];
    }
  | {
      readonly event: 'installation_repositories';
      readonly action: 'added' | 'removed';
      readonly installation: Installation;
      readonly repositories: readonly Repository[];
    }
);
