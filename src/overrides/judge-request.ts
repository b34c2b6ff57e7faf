// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say, type Text } from '../rules/text.ts';
import type { Check } from './checks.ts';
import type { Circumstances } from './circumstances.ts';
import type { EndCode, Ended, Override, Question, Scope } from './overrides.ts';
import type { Request } from './requests.ts';

/**
 * What becomes of one request for one check.
 *
 * - `granted`: the override holds
 * - `cancels`: the cancellation counts
 * - `silent`: of no effect, and of no interest to anybody
 */
export type Ruling = { readonly check: Check; readonly request: Request } & (
  | { readonly kind: 'granted'; readonly override: Override }
  | { readonly kind: 'lapsed' | 'withdrawn' | 'refused'; readonly ended: Ended }
  | { readonly kind: 'cancels' | 'silent' }
);

type End = { readonly kind: 'lapsed' | 'withdrawn' | 'refused'; readonly code: EndCode; readonly why: Text };

/** Judges one request for one of its checks. */
export function judgeRequest(request: Request, check: Check, circumstances: Circumstances): Ruling {
  const end = request.kind === 'cancel' ? endOfCancel(request, check, circumstances) : null;
  if (end === 'silent' || end === 'cancels') return { check, request, kind: end };
  const [ended] = end === null ? endsOf(request, check, circumstances) : [end];
  if (ended === undefined) return { check, request, kind: 'granted', override: grant(request, check, circumstances) };
  const { kind, code, why } = ended;
  // Who may not override has nothing that could lapse or be withdrawn.
  if (kind !== 'refused' && !circumstances.mayAsk(request, check).may) return { check, request, kind: 'silent' };
  return { check, request, kind, ended: { ...described(request, check), code, why } };
}

function endOfCancel(request: Request, check: Check, circumstances: Circumstances): End | 'cancels' | 'silent' {
  if (circumstances.cancels(request, check)) return 'cancels';
  const answer = circumstances.mayAsk(request, check);
  const isAnswered = request.by.type === 'User' && !request.comment.minimised && circumstances.question.policy !== null;
  return !isAnswered || answer.may ? 'silent' : refused(answer.code, answer.why);
}

/** Every reason why an override does not hold, the one to be told first. */
function* endsOf(request: Request, check: Check, circumstances: Circumstances): Generator<End, void> {
  const { question, sight } = circumstances;
  const { comment, by } = request;
  const unseen = sight.unseen(request, check);
  if (comment.minimised) yield { kind: 'withdrawn', code: 'hidden', why: ['The comment was hidden or dismissed.'] };
  if (unseen !== null && circumstances.recordOf(comment, check) === null) yield { kind: 'lapsed', ...unseen };
  if (question.policy === null) {
    yield refused('no-policy', [
      'The policy is broken, so that nobody knows who may override what. Once it is mended, this is looked at again.',
    ]);
  }
  if (by.type === 'Bot') yield refused('bot', say`${by.login} is a bot, and no bot may override a check.`);
  if (comment.edited) {
    yield refused('edited', [
      'The comment was changed after it was written, maybe by somebody else, so that it counts for nothing. Write a new one.',
    ]);
  }
  yield* unread(question);
  const part = circumstances.partOf(request, check);
  if (part === 'unread') {
    const why = say`Not all commits could be read, so that nobody can tell whether one of them is by ${by.login}. ${'/recheck'} has them read again.`;
    yield refused('unread', why);
  } else if (part !== null) yield refused('own', part.text);
  const answer = circumstances.mayAsk(request, check);
  if (!answer.may) yield refused(answer.code, answer.why);
  const canceller = circumstances.cancellerOf(request, check);
  if (canceller !== null) yield { kind: 'withdrawn', code: 'cancelled', why: say`${canceller} has taken it back.` };
  const scope = resolveScope(request.scope, question);
  if (scope !== null && 'problem' in scope) yield refused('scope', scope.problem);
}

function* unread({ conversation }: Question): Generator<End, void> {
  if (conversation.comments.length >= conversation.totalComments) return;
  const why = say`Not all comments could be read, so that one may be missing that takes the override back. ${'/recheck'} has them read again.`;
  yield refused('unread', why);
}

function refused(code: EndCode, why: Text): End {
  return { kind: 'refused', code, why };
}

/** A commit's whole id for its beginning, or why there is none. */
function resolveScope(scope: Scope, { contribution }: Question): Scope | { readonly problem: Text } {
  if (scope === null || 'path' in scope) return scope;
  const { commits, totals } = contribution;
  const [commit, other] = new Set(commits.map(({ sha }) => sha).filter((sha) => sha.startsWith(scope.commit)));
  if (commit === undefined) return { problem: say`No commit of this pull request begins with ${scope.commit}.` };
  if (other !== undefined) return { problem: say`Several commits of this pull request begin with ${scope.commit}.` };
  if (commits.length === totals.commits) return { commit };
  return { problem: say`Not all commits could be read, so that others may begin with ${scope.commit}, too.` };
}

function grant(request: Request, check: Check, { question, sight, recordOf }: Circumstances): Override {
  const scope = resolveScope(request.scope, question);
  return {
    ...described(request, check),
    scope: scope !== null && 'problem' in scope ? request.scope : scope,
    named: request.named,
    only: sight.unseen(request, check) === null ? null : recordOf(request.comment, check),
  };
}

function described({ comment, by, reason, scope }: Request, check: Check) {
  return { check: check.id, by: by.login, reason, url: comment.url, comment: comment.id, scope, at: comment.createdAt };
}
