// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Account, Facts } from '../contribution/contribution.ts';
import type { Judgement } from '../engine.ts';
import type { Policy } from '../policy/policy.ts';
import type { Text } from '../rules/text.ts';

/**
 * What was said on a pull request and what was posted on its head: plain data, read anew at each look. All times are
 * GitHub's, in ISO 8601 and UTC (`2026-01-31T12:00:00Z`), so that they compare as text.
 */
export interface Conversation {
  /** Comments, review summaries and inline review comments, in any order. */
  readonly comments: readonly Comment[];
  /** How many there are by GitHub's own count. Where fewer were read a cancellation may be among the rest: nothing is granted. */
  readonly totalComments: number;
  /** Every attempt of every check run of ours on the present head, not only the newest of a name. */
  readonly runs: readonly PostedRun[];
  /** The last force-push and the last change of the base, read in one request with the head: see `runMark`. */
  readonly moves: readonly Move[];
  /**
   * By login in lower case, for those that `whoseNeeded` named. Whoever is absent was not asked about, which denies.
   */
  readonly permissions: Readonly<Record<string, Permission>>;
  /** Logins that GitHub names as authors of the commits beside each one's first author (`Commit.authors`). */
  readonly coAuthors: readonly string[];
  /** The base branch's CODEOWNERS; null: there is none; `unread`: it could not be read. Asked only where the policy has it. */
  readonly codeowners: { readonly text: string } | null | 'unread';
}

export interface Comment {
  /** Node id. */
  readonly id: string;
  readonly kind: 'comment' | 'review' | 'review-comment';
  readonly url: string;
  /** null for a deleted account. */
  readonly author: Account | null;
  readonly body: string;
  /** When its writer began it. A review's draft may be older than its publication by days. */
  readonly createdAt: string;
  /** When others could first see it; the same as `createdAt` but for reviews. */
  readonly publishedAt: string;
  /** Whether anybody changed it since. */
  readonly edited: boolean;
  /** Hidden by somebody; for a review and its comments also: dismissed. */
  readonly minimised: boolean;
  /** The commit that a review, or the inline comment when it was made (`originalCommit`), is about; null where GitHub does not tell. */
  readonly subjectHead: string | null;
  /** Whether we reacted to it, since a command in it was taken. */
  readonly acknowledged: boolean;
  /** Whether this very App wrote it (`viewerDidAuthor`). Only such comments are searched for our own marks. */
  readonly own: boolean;
}

/**
 * One attempt of a check run. It counts only if it carries the mark that `runMark` gives now; a run with another mark,
 * or none, is superseded by a new one and never updated, or it would lend its age to code that nobody has seen here.
 */
export interface PostedRun {
  readonly name: string;
  readonly headSha: string;
  /** null where it has none. */
  readonly mark: string | null;
  /** When GitHub took it (`startedAt`, which we leave to GitHub); an update does not change it. null: not known. */
  readonly startedAt: string | null;
}

/**
 * What changes the code that a pull request holds while its head may be, or become again, a commit that was judged
 * before: a force-push of the head, or another base. By the node id of its event in GitHub's timeline, the last of each
 * kind (HeadRefForcePushedEvent; BaseRefChangedEvent, AutomaticBaseChangeSucceededEvent, BaseRefForcePushedEvent).
 */
export interface Move {
  readonly kind: 'force-push' | 'base';
  readonly id: string;
}

/** What GitHub says an account may do here. */
export interface Permission {
  /** `role_name`: none, read, triage, write, maintain, admin, or a custom role's name; null: could not be read. */
  readonly role: string | null;
  /** Whether the role can push (`permission` is write or admin). */
  readonly canPush: boolean;
  /** Which of the teams asked about it belongs to, as `org/slug`; null: some of them could not be read. */
  readonly teams: readonly string[] | null;
}

/** Whose permission has to be read before `decide`, and in which teams (`org/slug`) to look for the account. */
export interface PermissionNeed {
  readonly login: string;
  readonly teams: readonly string[];
}

/** Narrower than a check: a glob of paths, or the beginning of a commit's id as it was written. */
export type Scope = { readonly path: string } | { readonly commit: string } | null;

/** One command, as it was written. `line` counts from 1; names are not looked up yet. */
export type Command =
  | {
      readonly kind: 'override';
      readonly checks: readonly string[] | 'all';
      readonly scope: Scope;
      /** null: none was given. At most 1,000 characters. */
      readonly reason: string | null;
      readonly line: number;
    }
  | { readonly kind: 'cancel'; readonly checks: readonly string[] | 'all'; readonly line: number }
  | { readonly kind: 'recheck'; readonly line: number }
  | { readonly kind: 'policy'; readonly line: number };

/** What a comment says. Where there are problems, none of its overrides and cancellations count. */
export interface Commands {
  readonly commands: readonly Command[];
  readonly problems: readonly { readonly line: number; readonly text: Text }[];
  /** Whether there were more commands than are read from one comment; that is among the problems, too. */
  readonly truncated: boolean;
}

/** An override that is in force for the present head. */
export interface Override {
  /** The rule's id. */
  readonly check: string;
  readonly by: string;
  /** null where the policy asks for none. */
  readonly reason: string | null;
  readonly url: string;
  /** The comment's node id. */
  readonly comment: string;
  /** A commit with its full id. */
  readonly scope: Scope;
  readonly at: string;
  /** Whether the check was named, rather than meant by `all`. What could not be judged has to be named. */
  readonly named: boolean;
  /** Fingerprints of the only findings that it covers; null: all of them, since it was given for this very head. */
  readonly only: readonly string[] | null;
}

/**
 * Why an override does not hold.
 *
 * - lapsed: `unseen` (written before the check's first result on this head), `older-head` (a review of an earlier commit)
 * - withdrawn: `cancelled`, `hidden`
 * - refused: `edited`, `bot`, `own`, `not-allowed`, `unknown-permission`, `no-reason`, `unread` (comments or commits
 *   could not be read as a whole), `no-policy`, `scope` (it names no commit here, or several)
 */
export type EndCode =
  | 'unseen'
  | 'older-head'
  | 'cancelled'
  | 'hidden'
  | 'edited'
  | 'bot'
  | 'own'
  | 'not-allowed'
  | 'unknown-permission'
  | 'no-reason'
  | 'unread'
  | 'no-policy'
  | 'scope';

/** An override that does not hold. */
export interface Ended extends Pick<Override, 'check' | 'by' | 'reason' | 'url' | 'comment' | 'scope' | 'at'> {
  readonly code: EndCode;
  /** Why, as whole sentences. */
  readonly why: Text;
}

export interface CheckDecision {
  /** The newest first. */
  readonly granted: readonly Override[];
  readonly lapsed: readonly Ended[];
  readonly withdrawn: readonly Ended[];
  readonly refused: readonly Ended[];
}

/** What follows from a conversation. */
export interface Decisions {
  /** By the rule's id; checks that no command concerns are left out. */
  readonly perCheck: ReadonlyMap<string, CheckDecision>;
  /** At most one for each comment: post each once ever. Their words are ours; what strangers wrote is quoted. */
  readonly replies: readonly { readonly to: Comment; readonly text: Text }[];
  /** Comments with a command that was taken: a reaction shows it. */
  readonly acknowledged: readonly Comment[];
  /**
   * For `lifetime: pull-request`: comments to post in the App's own name, each once (they are no longer in the list
   * when they are among the conversation's). `mark` goes in a line of its own, the last one, as it is.
   */
  readonly records: readonly { readonly to: Comment; readonly text: Text; readonly mark: string }[];
}

/** What is decided about: a pull request and what the rules say of it by themselves. */
export interface Question {
  readonly conversation: Conversation;
  /** The pull request's own facts; in a merge group, those of each queued one. */
  readonly contribution: Facts;
  /** The judgements of that pull request, none of them overridden yet. */
  readonly judgements: readonly Judgement[];
  /** null where the policy is broken: then nobody knows who may, and nobody may. */
  readonly policy: Policy | null;
  /** Object ids of the head's files by path, as far as they are known. */
  readonly contents?: ReadonlyMap<string, string>;
}

/** What `whoseNeeded` is asked with: nothing about people is read yet. */
export interface Unasked extends Omit<Question, 'conversation'> {
  readonly conversation: Omit<Conversation, 'permissions' | 'coAuthors'>;
}

/** What overrides do to one judgement. */
export interface AppliedOverride {
  /**
   * - `whole`: nothing that would block is left, so the check passes
   * - `part`: some findings are covered and others are not
   * - `none`: nothing is covered; what lapsed, was withdrawn or refused is still to be shown
   */
  readonly effect: 'whole' | 'part' | 'none';
  /** The overrides that cover something, the newest first. */
  readonly overrides: readonly Override[];
  /** Overrides that are in force and cover nothing: a scope without findings, or `all` where something is missing. */
  readonly idle?: readonly Override[];
  /** How many blocking findings are covered, and how many are not. */
  readonly covered: number;
  readonly open: number;
  readonly lapsed: readonly Ended[];
  readonly withdrawn: readonly Ended[];
  readonly refused: readonly Ended[];
}
