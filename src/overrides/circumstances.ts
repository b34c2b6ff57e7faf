// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type Answer, mayOverride } from './authority.ts';
import type { Check } from './checks.ts';
import type { Question } from './overrides.ts';
import { ownershipOf } from './ownership.ts';
import { loginKey, type Part, partIn } from './people.ts';
import { type RecordOf, recordsIn } from './records.ts';
import { compare, type Request } from './requests.ts';
import { type Sight, sightOf } from './seen.ts';
import { authorityOver } from './settings.ts';

/** What requests are judged by: worked out once, since anybody may write thousands of them. */
export interface Circumstances {
  readonly question: Question;
  readonly sight: Sight;
  readonly recordOf: RecordOf;
  /** What the writer has to do with the pull request; null also where that does not matter. */
  partOf(request: Request, check: Check): Part;
  /** Whether the writer may override that check. */
  mayAsk(request: Request, check: Check): Answer;
  /** Whether a cancellation counts. */
  cancels(request: Request, check: Check): boolean;
  /** Who took the override back later, or null. */
  cancellerOf(request: Request, check: Check): string | null;
}

export function circumstancesOf(question: Question, requests: readonly Request[]): Circumstances {
  const { policy, conversation, contribution } = question;
  const part = partIn(contribution, conversation.coAuthors);
  const ownershipFor = once((check) => {
    const wanted = policy !== null && authorityOver(check.id, policy.overrides).CODEOWNERS;
    return ownershipOf(check, wanted, conversation, contribution);
  });
  const mayAsk = remembered((request, check) => {
    if (policy === null) return { may: false, code: 'unknown-permission', why: [] };
    const authority = authorityOver(check.id, policy.overrides);
    const key = loginKey(request.by.login);
    const { permissions } = conversation;
    const permission = Object.hasOwn(permissions, key) ? (permissions[key] ?? null) : null;
    return mayOverride(request.by.login, authority, permission, ownershipFor(check), request.scope);
  });
  // Taking back lets nothing in: an edited comment does it, and so does somebody whose permission could not be read.
  const cancels = (request: Request, check: Check) => {
    if (request.by.type === 'Bot' || request.comment.minimised || policy === null) return false;
    const answer = mayAsk(request, check);
    return answer.may || answer.code === 'unknown-permission';
  };
  return {
    question,
    sight: sightOf(question),
    recordOf: recordsIn(question),
    partOf: (request, check) =>
      policy === null || authorityOver(check.id, policy.overrides).allowOwn ? null : part(request.by.login),
    mayAsk,
    cancels,
    cancellerOf: cancellersAmong(requests, cancels),
  };
}

/** Works out what concerns a check once. */
export function once<Value>(of: (check: Check) => Value): (check: Check) => Value {
  const memory = new Map<Check, Value>();
  return (check) => {
    const known = memory.get(check);
    if (known !== undefined) return known;
    const value = of(check);
    memory.set(check, value);
    return value;
  };
}

/** The same people ask about the same checks again and again. */
function remembered(answer: (request: Request, check: Check) => Answer): (request: Request, check: Check) => Answer {
  const memory = new Map<string, Answer>();
  return (request, check) => {
    const key = JSON.stringify([loginKey(request.by.login), check.id, request.scope]);
    const known = memory.get(key) ?? answer(request, check);
    memory.set(key, known);
    return known;
  };
}

/**
 * Finds who took an override back. What a review says is as old as its draft where it grants, and as new as its
 * publication where it takes back; within a second, taking back wins. In one comment the later line does.
 */
function cancellersAmong(
  requests: readonly Request[],
  cancels: Circumstances['cancels'],
): Circumstances['cancellerOf'] {
  const latest = new Map<string, Request[]>();
  const within = new Map<string, Request>();
  for (const request of requests) {
    if (request.kind !== 'cancel') continue;
    for (const check of request.checks) {
      if (!cancels(request, check)) continue;
      within.set(`${check.id} ${request.comment.id}`, request);
      latest.set(check.id, twoLatest([...(latest.get(check.id) ?? []), request]));
    }
  }
  return ({ comment, line }, check) => {
    const same = within.get(`${check.id} ${comment.id}`);
    if (same !== undefined && same.line > line) return same.by.login;
    const other = latest.get(check.id)?.find((one) => one.comment.id !== comment.id);
    return other !== undefined && compare(other.comment.publishedAt, comment.createdAt) >= 0 ? other.by.login : null;
  };
}

/** Of two different comments, so that there is one beside any given comment. */
function twoLatest(all: readonly Request[]): Request[] {
  const sorted = all.toSorted((a, b) => compare(b.comment.publishedAt, a.comment.publishedAt));
  const [first] = sorted;
  const second = sorted.find((one) => one.comment.id !== first?.comment.id);
  return [first, second].flatMap((one) => one ?? []);
}
