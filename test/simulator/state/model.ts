// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { GitStore } from '../git/store.ts';

export type Access = 'read' | 'write' | 'admin';
/** As in `app.yml` and on a token: `checks` → `write`. */
export type Permissions = Readonly<Record<string, Access>>;

interface Entity {
  readonly id: number;
  readonly nodeId: string;
}

/** `kind` is everywhere the GraphQL type's name. A bot's login is stored as GraphQL has it, without `[bot]`. */
export interface Account extends Entity {
  readonly kind: 'User' | 'Bot' | 'Organization';
  readonly login: string;
  name: string | null;
  /** Addresses by which GitHub finds the account of a commit's author. */
  emails: readonly string[];
  /** An organisation's members, by login in lower case. */
  readonly members: Set<string>;
  /** An organisation's teams by their slug; members by login in lower case. */
  readonly teams: Map<string, Set<string>>;
  readonly createdAt: Date;
}

export interface App extends Entity {
  readonly kind: 'App';
  readonly slug: string;
  readonly name: string;
  readonly owner: Account;
  readonly bot: Account;
  readonly clientId: string;
  readonly privateKey: string;
  readonly publicKey: string;
  readonly permissions: Permissions;
  readonly events: readonly string[];
  readonly webhookSecret: string;
  /** Where webhooks go; null until the App runs. */
  webhookUrl: string | null;
  readonly createdAt: Date;
}

export interface Installation extends Entity {
  readonly kind: 'Installation';
  readonly account: Account;
  permissions: Permissions;
  events: readonly string[];
  selection: 'all' | 'selected';
  /** Ids of the repositories that were selected. */
  readonly repositories: Set<number>;
  suspended: { at: Date; by: Account } | null;
  deleted: boolean;
  readonly createdAt: Date;
  updatedAt: Date;
}

/** What GitHub says of a commit's signature; a test configures it, nothing is verified. */
export interface SignatureState {
  readonly valid: boolean;
  readonly signer: string | null;
  readonly byGitHub: boolean;
}

export interface MergeSettings {
  squashAllowed: boolean;
  squashMessage: 'PR_BODY' | 'COMMIT_MESSAGES' | 'BLANK';
  squashTitle: 'PR_TITLE' | 'COMMIT_OR_PR_TITLE';
  mergeAllowed: boolean;
  rebaseAllowed: boolean;
}

export type Role = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none';

export interface Repository extends Entity {
  readonly kind: 'Repository';
  readonly owner: Account;
  readonly name: string;
  readonly git: GitStore;
  readonly defaultBranch: string;
  readonly isPrivate: boolean;
  archived: boolean;
  /** GraphQL answers FORBIDDEN for it where it is read by its owner. */
  refused: boolean;
  topics: readonly string[];
  readonly parent: Repository | null;
  readonly merging: MergeSettings;
  readonly collaborators: Map<string, Role>;
  readonly pullRequests: Map<number, PullRequest>;
  /** They share their numbers with pull requests. */
  readonly issues: Map<number, Issue>;
  hasIssues: boolean;
  /** Names of the check runs that a branch requires. */
  readonly requiredChecks: Map<string, readonly string[]>;
  readonly mergeQueues: Map<string, MergeQueue>;
  /** By commit. */
  readonly checkSuites: Map<string, CheckSuite[]>;
  /** By commit, one map for a repository and its forks. */
  readonly signatures: Map<string, SignatureState>;
  /**
   * What the dependency review answers, whatever is compared, beside the actions that workflows use; null: the dependency
   * graph is off.
   */
  dependencyReview: readonly DependencyChange[] | null;
  /** Tags that were published as releases; each names a ref of the repository. */
  releases: readonly { readonly tag: string; readonly at: Date }[];
  readonly createdAt: Date;
}

/** One change in an answer of the dependency review; what is left out has a usual value. */
export interface DependencyChange {
  readonly change?: 'added' | 'removed';
  readonly manifest: string;
  readonly purl: string;
  readonly license: string | null;
}

export type Association = 'OWNER' | 'MEMBER' | 'COLLABORATOR' | 'CONTRIBUTOR' | 'FIRST_TIME_CONTRIBUTOR' | 'NONE';

export interface PullRequest extends Entity {
  readonly kind: 'PullRequest';
  readonly number: number;
  readonly repository: Repository;
  title: string;
  body: string | null;
  state: 'OPEN' | 'CLOSED' | 'MERGED';
  draft: boolean;
  /** null for a deleted account. */
  author: Account | null;
  baseRef: string;
  /** The base branch's tip when the pull request was last pushed or retargeted, as on GitHub. */
  baseSha: string;
  readonly headRef: string;
  /** null where the fork was deleted. */
  headRepository: Repository | null;
  headSha: string;
  readonly comments: Comment[];
  readonly reviews: Review[];
  /** What its timeline tells of its branches, oldest first. */
  readonly timeline: TimelineEvent[];
  readonly createdAt: Date;
  updatedAt: Date;
  closedAt: Date | null;
  merged: { at: Date; by: Account; sha: string } | null;
}

export interface Issue extends Entity {
  readonly kind: 'Issue';
  readonly number: number;
  readonly repository: Repository;
  title: string;
  body: string | null;
  state: 'OPEN' | 'CLOSED';
  stateReason: 'COMPLETED' | 'NOT_PLANNED' | 'REOPENED' | null;
  readonly author: Account;
  readonly createdAt: Date;
  updatedAt: Date;
  closedAt: Date | null;
}

export interface Comment extends Entity {
  readonly kind: 'IssueComment';
  readonly pullRequest: PullRequest;
  body: string;
  author: Account | null;
  readonly createdAt: Date;
  updatedAt: Date;
  editedAt: Date | null;
  minimised: boolean;
  readonly reactions: Reaction[];
}

export interface Review extends Entity {
  readonly kind: 'PullRequestReview';
  readonly pullRequest: PullRequest;
  body: string;
  author: Account | null;
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING';
  readonly sha: string;
  readonly createdAt: Date;
  /** Later than `createdAt` where it was drafted first. */
  readonly submittedAt: Date;
  editedAt: Date | null;
  minimised: boolean;
  readonly comments: ReviewComment[];
  readonly reactions: Reaction[];
}

/** An inline comment; on GitHub each belongs to a review. */
export interface ReviewComment extends Entity {
  readonly kind: 'PullRequestReviewComment';
  readonly pullRequest: PullRequest;
  readonly review: Review;
  readonly path: string;
  body: string;
  author: Account | null;
  readonly createdAt: Date;
  updatedAt: Date;
  editedAt: Date | null;
  minimised: boolean;
  readonly reactions: Reaction[];
}

export type Remark = Comment | Review | ReviewComment;

export type TimelineEvent =
  | {
      readonly kind: 'HeadRefForcePushedEvent';
      readonly nodeId: string;
      readonly createdAt: Date;
      readonly repository: Repository;
      readonly after: string;
    }
  | { readonly kind: 'BaseRefChangedEvent'; readonly nodeId: string; readonly createdAt: Date };

export interface Reaction extends Entity {
  readonly kind: 'Reaction';
  readonly content: string;
  readonly author: Account;
  readonly createdAt: Date;
}

export type CheckStatus = 'QUEUED' | 'IN_PROGRESS' | 'COMPLETED' | 'WAITING' | 'PENDING' | 'REQUESTED';
export type Conclusion =
  | 'SUCCESS'
  | 'FAILURE'
  | 'NEUTRAL'
  | 'CANCELLED'
  | 'SKIPPED'
  | 'TIMED_OUT'
  | 'ACTION_REQUIRED'
  | 'STALE'
  | 'STARTUP_FAILURE';

export interface CheckSuite extends Entity {
  readonly kind: 'CheckSuite';
  readonly repository: Repository;
  readonly app: App;
  readonly sha: string;
  readonly branch: string | null;
  status: CheckStatus;
  conclusion: Conclusion | null;
  /** In the order in which they were created. */
  readonly runs: CheckRun[];
  readonly createdAt: Date;
  updatedAt: Date;
}

export interface Annotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly startColumn: number | null;
  readonly endColumn: number | null;
  readonly level: 'NOTICE' | 'WARNING' | 'FAILURE';
  readonly message: string;
  readonly title: string | null;
  readonly rawDetails: string | null;
}

export interface CheckAction {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}

export interface CheckRun extends Entity {
  readonly kind: 'CheckRun';
  readonly suite: CheckSuite;
  name: string;
  status: CheckStatus;
  conclusion: Conclusion | null;
  externalId: string | null;
  detailsUrl: string | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  readonly annotations: Annotation[];
  actions: readonly CheckAction[];
  startedAt: Date | null;
  completedAt: Date | null;
}

export type MergeMethod = 'MERGE' | 'SQUASH' | 'REBASE';

export interface MergeQueue extends Entity {
  readonly kind: 'MergeQueue';
  readonly repository: Repository;
  readonly branch: string;
  readonly method: MergeMethod;
  readonly entries: MergeQueueEntry[];
}

export interface MergeQueueEntry extends Entity {
  readonly kind: 'MergeQueueEntry';
  readonly queue: MergeQueue;
  readonly pullRequest: PullRequest;
  readonly enqueuer: Account;
  state: 'QUEUED' | 'AWAITING_CHECKS' | 'MERGEABLE' | 'UNMERGEABLE' | 'LOCKED';
  headRef: string;
  headSha: string;
  baseSha: string;
  readonly enqueuedAt: Date;
}
