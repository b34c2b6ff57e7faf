// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { DeadLetter, Entry, Hint } from './inbox.ts';
import type { Row } from './store.ts';
import type { Subject } from './subject.ts';

/** An entry in the scheduler's memory. */
export interface Waiting {
  readonly key: string;
  readonly subject: Subject;
  hint: Hint;
  attempt: number;
  putAt: number;
  /** Not to be tried before that. */
  dueAt: number;
  interruptions: number;
  state: 'ready' | 'running' | 'waiting';
  /** Put again while it was running: to be looked at once more. */
  again: boolean;
  timer: NodeJS.Timeout | null;
}

/** What its handler gets. */
export function handedOut({ subject, hint: { deliveryId, updatedAt, urgency }, attempt, putAt }: Waiting): Entry {
  return { subject, deliveryId, updatedAt, attempt, putAt, ...(urgency === 'sweep' && { urgency }) };
}

/** What is stored of it. */
export function rowOf({ key, subject, hint, attempt, putAt, dueAt, state, interruptions }: Waiting): Row {
  return { key, subject, hint, attempt, putAt, dueAt, running: state === 'running', interruptions };
}

/** What is left of it when it was given up, at a time in milliseconds since 1970. */
export function deadLetterOf(entry: Omit<Row, 'running'>, why: string, diedAt: number): DeadLetter {
  const { key, subject, hint, attempt, putAt } = entry;
  const { deliveryId, updatedAt } = hint;
  return { key, subject, deliveryId, updatedAt, attempt, why, putAt, diedAt };
}
