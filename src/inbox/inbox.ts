// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** A repository as seen through one installation of the App. */
export interface RepositoryRef {
  readonly installationId: number;
  readonly owner: string;
  readonly name: string;
}

/** Something to look at. It holds no state of what it names: whoever takes it reads the state as it is then. */
export type Subject =
  | { readonly kind: 'pull-request'; readonly repository: RepositoryRef; readonly number: number }
  /** What a change to the policy, in that pull request, would do to others. */
  | { readonly kind: 'preview'; readonly repository: RepositoryRef; readonly number: number }
  | {
      readonly kind: 'merge-group';
      readonly repository: RepositoryRef;
      /** Head and base of the group that the merge queue built. */
      readonly headSha: string;
      readonly headRef: string;
      readonly baseSha: string;
      readonly baseRef: string;
    }
  /** A repository's open pull requests: those into one base branch, those with one head commit, or all (null). */
  | {
      readonly kind: 'open-pull-requests';
      readonly repository: RepositoryRef;
      readonly base: string | null;
      readonly headSha: string | null;
    }
  /** The button of a check run on that head, pressed by somebody: to be noted on the pull request. */
  | {
      readonly kind: 'button';
      readonly repository: RepositoryRef;
      readonly number: number;
      readonly headSha: string;
      /** What the check run was posted for: the mark's stretch. */
      readonly stretch: string;
      /** The check run's name. */
      readonly check: string;
      readonly login: string;
    }
  /** Every open pull request that an installation reaches. */
  | { readonly kind: 'installation'; readonly installationId: number };

/** What made us look. */
export interface Hint {
  /** `x-github-delivery` of the webhook that named the subject; null where none did. */
  readonly deliveryId: string | null;
  /**
   * When the subject last changed by the webhook's word (ISO 8601, UTC). GitHub's webhooks can be ahead of its API;
   * a state read that is older than this is not the present one. null: not told.
   */
  readonly updatedAt: string | null;
}

/** A subject together with the newest hint. */
export interface Entry extends Hint {
  readonly subject: Subject;
  /** 1 for the first try since something new was heard of the subject. */
  readonly attempt: number;
}

/**
 * What came of an attempt: done, or to be tried again after so many milliseconds. `counts: false` where nothing was
 * tried, or only a limit was in the way: the next attempt has the same number.
 */
export type Attempt =
  | { readonly done: true }
  | { readonly done: false; readonly retryAfter: number; readonly counts?: boolean };

export type Handler = (entry: Entry) => Promise<Attempt>;

/**
 * The queue of subjects to look at. One entry per subject, the newest wins; at most one handler at a time per
 * subject, many across subjects; a subject put while it is being handled is handled again afterwards, and one put while
 * it waits to be tried again is tried at once.
 */
export interface Inbox {
  /** Resolves once the entry is stored as durably as this inbox can. */
  put(subject: Subject, hint: Hint): Promise<void>;
  /** Starts to hand entries out, at most `concurrency` at a time. Called once. */
  work(handler: Handler, concurrency: number): void;
  /** Takes no more work out and resolves when what runs has ended, or rejects after `deadline` milliseconds. */
  stop(deadline: number): Promise<void>;
  /** Entries stored, those being handled included. */
  depth(): number;
}

/** A string that is equal for equal subjects. */
export function subjectKey(subject: Subject): string {
  if (subject.kind === 'installation') return `${subject.installationId}`;
  const { installationId, owner, name } = subject.repository;
  const repository = `${installationId}/${owner}/${name}`.toLowerCase();
  switch (subject.kind) {
    case 'pull-request':
      return `${repository}#${subject.number}`;
    case 'preview':
      return `${repository}#${subject.number}?preview`;
    case 'button':
      return `${repository}#${subject.number}!${subject.headSha} ${subject.stretch} ${subject.login} ${subject.check}`;
    case 'merge-group':
      return `${repository}@${subject.headSha}`;
    case 'open-pull-requests':
      return `${repository}?base=${subject.base ?? '*'}&head=${subject.headSha ?? '*'}`;
  }
}

/** The installation through which a subject is seen. */
export function installationOf(subject: Subject): number {
  return subject.kind === 'installation' ? subject.installationId : subject.repository.installationId;
}
