// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Account } from '../contribution/contribution.ts';
import { say, type Text } from '../rules/text.ts';
import { type Check, checksOf, isBlocked, lookUp, namesOfChecks } from './checks.ts';
import { readCommands } from './commands.ts';
import type { Command, Comment, Scope, Unasked } from './overrides.ts';
import { readOwnMark } from './own-marks.ts';
import { authorityOver } from './settings.ts';

/** What somebody asks for, names looked up; whether it counts is for others to say. */
export interface Request {
  readonly kind: 'override' | 'cancel';
  readonly comment: Comment;
  readonly by: Account;
  /** Each once. */
  readonly checks: readonly Check[];
  readonly named: boolean;
  readonly scope: Scope;
  readonly reason: string | null;
  readonly line: number;
  /** The commit that it is about, where that is known. */
  readonly subjectHead: string | null;
}

/** What a conversation asks for. */
interface Asked {
  /** In the order in which they were written. */
  readonly requests: readonly Request[];
  /** Comments that ask for something and cannot be followed: nothing in them counts. */
  readonly mistakes: readonly { readonly comment: Comment; readonly text: Text }[];
}

type Matter = Pick<Unasked, 'judgements' | 'policy'> & {
  readonly conversation: Pick<Unasked['conversation'], 'comments'>;
};

/**
 * Reads every comment's commands. A comment is taken as a whole or not at all, so that a slip in one line does not
 * leave half of what somebody meant.
 */
export function askedIn({ conversation, judgements, policy }: Matter): Asked {
  const requests: Request[] = [];
  const mistakes: Asked['mistakes'][number][] = [];
  const checks = checksOf(judgements);
  const comments = [...conversation.comments].sort((a, b) => compare(a.createdAt, b.createdAt));
  for (const comment of comments) {
    const read = comment.own ? pressed(comment) : written(comment);
    if (read === null) continue;
    const { by, subjectHead, commands, problem } = read;
    const found = problem ?? looked(commands, checks, { judgements, policy });
    if ('text' in found) {
      mistakes.push({ comment, text: say`${found.text} ${whatIsUnderstood(checks)}` });
      continue;
    }
    requests.push(...found.map((one) => ({ ...one, comment, by, subjectHead })));
  }
  return { requests, mistakes };
}

interface Read {
  readonly by: Account;
  readonly subjectHead: string | null;
  readonly commands: readonly Command[];
  readonly problem: { readonly text: Text } | null;
}

function written(comment: Comment): Read | null {
  const { author: by, body, subjectHead } = comment;
  if (by === null) return null;
  const { commands, problems } = readCommands(body);
  const deciding = commands.filter(({ kind }) => kind === 'override' || kind === 'cancel');
  if (deciding.length === 0 && problems.length === 0) return null;
  const [first] = problems;
  const problem = first === undefined ? null : { text: say`Line ${first.line}: ${first.text}` };
  return { by, subjectHead, commands: deciding, problem };
}

/** A button of ours, pressed by somebody: noted in a comment of our own, which is worth nothing once it is edited. */
function pressed({ body, edited }: Comment): Read | null {
  const mark = edited ? null : readOwnMark(body);
  if (mark?.kind !== 'button') return null;
  const command: Command = { kind: 'override', checks: [mark.check], scope: null, reason: null, line: 1 };
  return { by: { login: mark.login, type: 'User' }, subjectHead: mark.head, commands: [command], problem: null };
}

type Looked = Pick<Request, 'kind' | 'checks' | 'named' | 'scope' | 'reason' | 'line'>;

function looked(
  commands: readonly Command[],
  checks: readonly Check[],
  { judgements, policy }: Pick<Matter, 'judgements' | 'policy'>,
): Looked[] | { readonly text: Text } {
  const all: Looked[] = [];
  for (const command of commands) {
    if (command.kind !== 'override' && command.kind !== 'cancel') continue;
    const found = lookUp(command.checks, checks, judgements);
    if ('problem' in found) return { text: say`Line ${command.line}: ${found.problem}` };
    const named = command.checks !== 'all';
    const { scope, reason } = command.kind === 'override' ? command : { scope: null, reason: null };
    const strict = found.find((check) => (named || isBlocked(check)) && needsReason(check, policy));
    if (command.kind === 'override' && reason === null && strict !== undefined) {
      return { text: say`Line ${command.line}: an override of ${strict.id} needs a reason.` };
    }
    all.push({ kind: command.kind, checks: found, named, scope, reason, line: command.line });
  }
  return all;
}

function needsReason({ id }: Check, policy: Matter['policy']): boolean {
  return policy !== null && authorityOver(id, policy.overrides).reason === 'required';
}

function whatIsUnderstood(checks: readonly Check[]): Text {
  const start = say`Nothing was changed. What is understood, alone on its line: ${'/override CHECK because REASON'}, with ${'for PATH'} or ${'for COMMIT'} before ${'because'} for a part of the findings, and ${'/override-cancel CHECK'}.`;
  if (checks.length === 0) return say`${start} There is no check here.`;
  return say`${start} CHECK is one or more of ${namesOfChecks(checks)}, with commas between them, or ${'all'}.`;
}

/** GitHub's times are of one format, so that they compare as text. */
export function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** By when they were written. */
export function newestFirst<One extends { readonly at: string }>(all: readonly One[]): readonly One[] {
  return all.toSorted((a, b) => compare(b.at, a.at));
}
