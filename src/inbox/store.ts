// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { DeadLetter, DeadLetters, Hint } from './inbox.ts';
import type { Subject } from './subject.ts';

/** An entry as it is stored. Times are milliseconds since 1970. */
export interface Row {
  readonly key: string;
  readonly subject: Subject;
  readonly hint: Hint;
  readonly attempt: number;
  /** When the oldest put was that it stands for. */
  readonly putAt: number;
  /** Not to be tried before that. */
  readonly dueAt: number;
  /** Being handled; who finds it so at the start knows that the process ended meanwhile. */
  readonly running: boolean;
  /** How often the process ended while it was being handled. */
  readonly interruptions: number;
}

/** What a key stands for from now on: an entry, a dead letter, or (null) nothing. */
export type Stored = { readonly row: Row } | { readonly deadLetter: DeadLetter } | null;

/** What is to be stored in one step. */
export interface Changes {
  readonly keys: ReadonlyMap<string, Stored>;
  /** Ids to be remembered for as long as GitHub can repeat them. */
  readonly deliveries: readonly string[];
}

/** What outlives the process that runs an inbox. */
export interface Store {
  /** All of it or nothing; rejects where it could not be made durable. An entry takes the place of a dead letter. */
  write(changes: Changes): Promise<void>;
  isKnown(deliveryId: string): boolean;
  deadLetter(key: string): DeadLetter | null;
  deadLetterCount(): number;
  /** Dead letters that somebody wants to have tried again, and that can be: the command, in another process, for one. */
  revived(): readonly (DeadLetter & { readonly subject: Subject })[];
  readonly deadLetters: DeadLetters;
}
