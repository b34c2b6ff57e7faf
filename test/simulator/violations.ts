// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

export type ViolationKind =
  /** GitHub has no such field, argument, route, parameter or property. */
  | 'contract'
  /** GitHub has it; the simulator doesn't, yet. */
  | 'not-simulated'
  /** The token's permissions don't allow it. */
  | 'permission'
  /** A limit that GitHub publishes: characters, annotations, actions, nodes. */
  | 'limit'
  /** The simulator's own answer or payload is not what GitHub's schema says: a bug in the simulator. */
  | 'simulator';

export interface Violation {
  readonly kind: ViolationKind;
  /** What was asked for, such as `POST /repos/{owner}/{repo}/check-runs` or a GraphQL operation's name. */
  readonly where: string;
  readonly message: string;
}

export interface Violations {
  readonly list: readonly Violation[];
  report(kind: ViolationKind, where: string, message: string): void;
  /** Forgets what was recorded: for a test that provokes a violation and has looked at it. */
  clear(): void;
}

/** Records every request that GitHub would not have understood, so that a test can assert that there was none. */
export function createViolations(): Violations {
  const list: Violation[] = [];
  return {
    list,
    report: (kind, where, message) => void list.push({ kind, where, message }),
    clear: () => void list.splice(0),
  };
}
