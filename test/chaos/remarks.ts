// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Comment } from '../simulator/state/model.ts';
import { runsOn } from './runs.ts';
import type { Watched } from './watched.ts';

// What docs/overrides.md promises, worked out once more from what the simulated GitHub knows, and not from what the App
// thinks of it: nothing here parses a comment, asks for a permission, or imports anything of the App's.

export interface Person {
  readonly login: string;
  readonly role: 'admin' | 'maintain' | 'write' | 'none';
  /** Whether they are a bot, or wrote every commit: then they may override nothing, whatever their role. */
  readonly barred?: 'bot' | 'author';
}

/** `slip`: an override without a reason, which the policy wants. */
export type Command = 'override' | 'cancel' | 'slip';

/** A comment with a command, as its writer meant it. */
export interface Remark {
  readonly comment: Comment;
  readonly by: Person;
  readonly command: Command;
  readonly reason: string;
  /** The head of the moment at which it was written. */
  readonly head: string;
  edited: boolean;
  deleted: boolean;
  holds: boolean;
  /** How often it came to hold. */
  grants: number;
}

/** Why an override does not hold: what the ledger may call that. */
export type WhyNot = 'lapsed' | 'refused' | 'withdrawn';

/** "Whoever has one of the roles may": maintain and admin, where the policy does not say otherwise. */
function hasRole({ role }: Person): boolean {
  return role === 'maintain' || role === 'admin';
}

/** "Our first result for that check on the present head was there before the comment was written, in an earlier second." */
export function couldSee({ state }: Watched['pullRequest'], at: Date): boolean {
  const [first] = runsOn(state.repository, state.headSha).filter(({ name }) => name === 'DCO');
  return first !== undefined && first.startedAt !== null && secondOf(first.startedAt) < secondOf(at);
}

function secondOf(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

/** Every reason why an override does not hold on the present head; empty where it does. */
export function whyNot(remark: Remark, { pullRequest, remarks }: Watched): ReadonlySet<WhyNot> {
  const { comment, by, head, edited, deleted } = remark;
  const reasons = new Set<WhyNot>();
  if (head !== pullRequest.state.headSha || !couldSee(pullRequest, comment.createdAt)) reasons.add('lapsed');
  if (edited || by.barred !== undefined || !hasRole(by)) reasons.add('refused');
  // "Of two maintainers who disagree, the later one prevails; within one second, whoever cancels."
  const cancelled = remarks.some(
    (one) =>
      one.command === 'cancel' &&
      !one.deleted &&
      one.by.barred !== 'bot' &&
      hasRole(one.by) &&
      secondOf(one.comment.createdAt) >= secondOf(comment.createdAt),
  );
  if (deleted || cancelled) reasons.add('withdrawn');
  return reasons;
}

/** The overrides that hold on the present head. */
export function holding(one: Watched): readonly Remark[] {
  return one.remarks.filter((remark) => remark.command === 'override' && whyNot(remark, one).size === 0);
}

/** What GitHub shows of it in an address. */
export function linkOf({ pullRequest }: Watched, { comment }: Remark): string {
  return `${pullRequest.url}#issuecomment-${comment.id}`;
}
