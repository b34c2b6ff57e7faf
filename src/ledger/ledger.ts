// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * What a line of the ledger tells.
 * - `policy`: another policy holds for a base branch
 * - `result`: a check came to another result
 * - `granted`, `refused`, `lapsed`, `withdrawn`: what became of an override
 */
export type Kind = 'policy' | 'result' | 'granted' | 'refused' | 'lapsed' | 'withdrawn';

/** One decision that let something in or held it back. */
export interface Entry {
  readonly kind: Kind;
  /** GitHub's host. */
  readonly host: string;
  /** `owner/name`. */
  readonly repository: string;
  /** null for a policy and for a merge group. */
  readonly pullRequest: number | null;
  readonly head: string | null;
  /** A rule's id, or `policy`. */
  readonly check: string | null;
  /** Login of whoever commanded it; null where it followed from the rules. */
  readonly by: string | null;
  /** A check run's conclusion, why an override does not hold, or whether a policy is `valid` or `broken`. */
  readonly code: string | null;
  /** How many findings stand in the way, by their code. */
  readonly findings: Readonly<Record<string, number>>;
  readonly reason: string | null;
  readonly link: string | null;
  /** Commit whose policy holds. */
  readonly policyCommit: string | null;
}

/**
 * An entry, and of what it tells the state: it is written only where the topic's newest entry tells of another, so
 * that an event that repeats, or a look that is tried again, leaves one line.
 */
export interface Statement {
  readonly topic: string;
  readonly state: string;
  readonly entry: Entry;
}

/** A line as it was written. */
export interface Line extends Entry {
  /** From 1, without gaps. */
  readonly seq: number;
  /** When it was written, by this machine's clock; ISO 8601, UTC. */
  readonly at: string;
  readonly topic: string;
  readonly state: string;
  /** Hash of the line before; 64 zeros in the first. */
  readonly previous: string;
  /** SHA-256 in hexadecimal, over `previous` and everything else in the line. */
  readonly hash: string;
}

export type Verification =
  | { readonly intact: true; readonly lines: number; readonly head: string }
  | { readonly intact: false; readonly seq: number; readonly why: string };

/** What one look has to say. */
export interface Account {
  readonly statements: readonly Statement[];
  /** What `statements` tells everything of; null: of nothing, such as where not all comments could be read. */
  readonly all: Whole | null;
}

/** What was granted in one of these topics, and of which nothing is told any more, holds no more. */
export interface Whole {
  /** Beginning of the topics. */
  readonly topics: string;
  /** Links of the comments that are there. */
  readonly links: ReadonlySet<string>;
}

/**
 * An append-only record. Nothing is read from it to reach a verdict. Each store keeps the rows that `chain.ts` makes of
 * the statements that `news.ts` finds to be new.
 */
export interface Ledger {
  /**
   * Writes what is new in one transaction, within which nobody else writes: a line holds the hash of the one before.
   * Returns how many lines that were. Throws where they cannot be stored.
   */
  record(account: Account): Promise<number>;
  /** Oldest first, from a time on (ISO 8601, UTC). */
  lines(since: string | null): AsyncIterable<Line>;
  verify(): Promise<Verification>;
  close(): Promise<void>;
}
