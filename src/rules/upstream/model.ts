// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Text } from '../text.ts';

/**
 * Where a change is upstream, whatever the notation that says so:
 *
 * - `pending`: not sent yet; why, or an issue that tracks it
 * - `submitted`: sent; where
 * - `accepted`: taken by a maintainer, but not in the mainline yet; commit, repository and branch
 * - `merged`: in the mainline; commit or release
 * - `denied`: refused; where, and why it is carried all the same
 * - `inactive`: nobody maintains upstream any more; its last commit or release
 * - `downstream-only`: never meant for upstream; why
 * - `drop`: goes away by itself; when
 * - `embargoed`: must not be shown upstream yet; until when
 */
export type State =
  | 'pending'
  | 'submitted'
  | 'accepted'
  | 'merged'
  | 'denied'
  | 'inactive'
  | 'downstream-only'
  | 'drop'
  | 'embargoed';

/** What a marker brings forward for its state. Strings are as a stranger wrote them, bounded in length. */
export type Evidence =
  /** A web address (`http` or `https`), never fetched. */
  | { readonly kind: 'url'; readonly url: string }
  /** `sha` may be abbreviated (7 digits or more, lower case). `repository` as it was written; null: not named. */
  | {
      readonly kind: 'commit';
      readonly sha: string;
      readonly repository: string | null;
      readonly branch: string | null;
    }
  | { readonly kind: 'release'; readonly version: string }
  /** `repository` as it was written, such as `openstack/nova`; null: the upstream repository of the policy. */
  | { readonly kind: 'pull-request'; readonly number: number; readonly repository: string | null }
  /** An issue or ticket that is no URL, such as `bsc#1234567` or `LP: #1234`. */
  | { readonly kind: 'issue'; readonly reference: string }
  | { readonly kind: 'reason'; readonly text: string }
  /** As `YYYY-MM-DD`. */
  | { readonly kind: 'date'; readonly date: string };

/** What changes the meaning of a state. A field that is absent says nothing. */
export interface Modifiers {
  /** The change takes back what the evidence names. */
  readonly revert?: boolean;
  /** Only a part of what the evidence names. */
  readonly partial?: boolean;
  /** Adapted, so that it no longer equals what the evidence names: a backport that is not clean. */
  readonly modified?: boolean;
  /** Another change that this one needs, as it was written. */
  readonly dependsOn?: string;
}

/** One statement about where a change is upstream. */
export interface Marker {
  readonly state: State;
  readonly evidence: readonly Evidence[];
  readonly modifiers: Modifiers;
  /** In the patch file or the message, from 1; for a path, 1. */
  readonly line: number;
  /** The marker's own line or lines as they stand there, bounded in length; for a path, the path. */
  readonly raw: string;
}

/** Something in a notation that has to be mended, at its place in the patch file or the message. */
export interface Problem {
  /**
   * - `upstream.near-miss`: meant as part of the notation, and not written as it asks
   * - `upstream.missing-evidence`: the notation itself asks for more than is there
   * - `upstream.contradiction`: two fields that exclude each other
   * - `upstream.duplicate`: a field that may be given only once
   * - `upstream.missing-reference`: the bug or feature is not named that the notation asks for beside the state
   */
  readonly code: string;
  /** From 1. */
  readonly line: number;
  /** Why, as one or more whole sentences. */
  readonly text: Text;
  /** The exact line to write instead, which may hold what a stranger wrote; null: there is no telling. */
  readonly suggestion: string | null;
}

/**
 * What a convention finds in one patch, commit, path or pull request. Nothing found: no markers, no problems. A near
 * miss is a problem and no marker. A marker without the evidence that its notation requires is both, on one line.
 */
export interface Reading {
  /** In the order in which they stand there. More than one state among them is a contradiction, for the rule to judge. */
  readonly markers: readonly Marker[];
  readonly problems: readonly Problem[];
}

/** A patch file of the repository. */
export interface PatchInput {
  readonly path: string;
  /** Whole, decoded as UTF-8 with U+FFFD for what isn't; line ends as they are. */
  readonly text: string;
}

/** A commit, or a pull request's body alone (then `subject` and `body` are empty). */
export interface CommitInput {
  readonly sha: string;
  readonly subject: string;
  /** The whole message, subject line included. */
  readonly body: string;
  readonly pullRequestBody: string | null;
}

/** What every notation has, wherever it lives. */
interface Notation {
  /** The preset's name, such as `yocto`. */
  readonly id: string;
  /** URL of the convention's own page. */
  readonly documentation: string;
  /**
   * Ready to paste, in this notation. For a state and its evidence: the lines to write, together; empty where the
   * notation can't say that state. For null or no state: what the usual cases look like, one each, which may hold
   * several lines. What is missing is in capitals (`URL`, `REASON`).
   */
  readonly suggest: (marker: Partial<Marker> | null) => readonly string[];
}

/** A notation in patch files (`patch`), or in their names (`path`). */
export interface PatchConvention extends Notation {
  readonly reads: 'patch' | 'path';
  /** Never throws; linear time in the length of what stands before the diff. */
  readonly read: (input: PatchInput) => Reading;
}

/** A notation in commit messages (`commit`), or in the body of a pull request too (`pull-request`). */
export interface CommitConvention extends Notation {
  readonly reads: 'commit' | 'pull-request';
  /** Never throws; linear time. */
  readonly read: (input: CommitInput) => Reading;
}

/** A community's notation, mapped to the one model. */
export type Convention = PatchConvention | CommitConvention;
