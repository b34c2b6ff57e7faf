// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Subject } from './subject.ts';

export { installationOf, type RepositoryRef, type Subject, subjectKey } from './subject.ts';

/** What made us look. */
export interface Hint {
  /** `x-github-delivery` of the webhook that named the subject; null where none did. */
  readonly deliveryId: string | null;
  /**
   * When the subject last changed by the webhook's word (ISO 8601, UTC). GitHub's webhooks can be ahead of its API;
   * a state read that is older than this is not the present one. null: not told.
   */
  readonly updatedAt: string | null;
  /**
   * Who waits for the look: a `person` (unless said otherwise), or nobody, as where a `sweep` or a change of policy goes
   * through many pull requests. Persons come first, and what a sweep puts is no news of a subject that waits already.
   */
  readonly urgency?: Urgency;
}

export type Urgency = 'person' | 'sweep';

/** A subject together with the newest hint. */
export interface Entry extends Hint {
  readonly subject: Subject;
  /** 1 for the first try since something new was heard of the subject. */
  readonly attempt: number;
  /** When it was put, in milliseconds since 1970; left out where the inbox doesn't know. */
  readonly putAt?: number;
}

/**
 * What came of an attempt: done, or to be tried again after so many milliseconds, or `dead`: given up, and kept for a
 * person to see. `counts: false` where nothing was tried, or only a limit was in the way: the next attempt has the same
 * number.
 */
export type Attempt =
  | { readonly done: true }
  | { readonly done: false; readonly retryAfter: number; readonly counts?: boolean }
  | { readonly done: false; readonly dead: true; readonly why: string };

export type Handler = (entry: Entry) => Promise<Attempt>;

/** How an inbox is doing. */
export interface InboxStats {
  /** Entries stored, those being handled included and dead letters not. */
  readonly depth: number;
  /** Milliseconds since the oldest of them was put; 0 where there is none. */
  readonly oldestAgeMs: number;
  readonly deadLetters: number;
}

/** An entry that was given up. */
export interface DeadLetter {
  /** Of its subject. */
  readonly key: string;
  /** null: another version of Countersign wrote it, and this one cannot tell what it is. */
  readonly subject: Subject | null;
  readonly deliveryId: string | null;
  readonly updatedAt: string | null;
  /** The attempt that was the last. */
  readonly attempt: number;
  readonly why: string;
  /** When it was put and when it was given up, in milliseconds since 1970. */
  readonly putAt: number;
  readonly diedAt: number;
}

/** Whether this version can try it again. */
export function isReadable(letter: DeadLetter): letter is DeadLetter & { readonly subject: Subject } {
  return letter.subject !== null;
}

export interface DeadLetters {
  /** The newest first. */
  list(): Promise<readonly DeadLetter[]>;
  /**
   * Has those with the keys tried again, as if they had never failed; those without a subject wait for a version that
   * knows it. Returns how many there were.
   */
  retry(keys: readonly string[]): Promise<number>;
  /** Forgets those with the keys. Returns how many there were. */
  drop(keys: readonly string[]): Promise<number>;
}

/**
 * The queue of subjects to look at. One entry per subject, the newest wins; at most one handler at a time per subject,
 * many across subjects and installations, which take turns; a subject put while it is being handled is handled again
 * afterwards, and one put while it waits to be tried again, or was given up, is tried at once.
 *
 * What a sweep puts without a delivery is no news: it disturbs nothing that is being handled or waits to be tried again,
 * and it has what was given up tried once more at most every hour.
 */
export interface Inbox {
  /** Resolves once the entry is stored as durably as this inbox can; rejects where it could not be stored. */
  put(subject: Subject, hint: Hint): Promise<void>;
  /**
   * Stores everything that a webhook names and, in the same step, its delivery, all or nothing. What a delivery
   * names that was stored before is taken again only where it failed or waits to be tried again: GitHub's redeliveries
   * have the same id. Returns how many subjects were taken.
   */
  receive(subjects: readonly Subject[], hint: Hint & { readonly deliveryId: string }): Promise<number>;
  /** Starts to hand entries out, at most `concurrency` at a time. Called once. */
  work(handler: Handler, concurrency: number): void;
  /** Takes no more work out and resolves when what runs has ended, or rejects after `deadline` milliseconds. */
  stop(deadline: number): Promise<void>;
  stats(): Promise<InboxStats>;
  /** Whether what is put now can be stored, as far as is known. */
  writable(): Promise<boolean>;
  readonly deadLetters: DeadLetters;
}
