// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say, type Text } from '../rules/text.ts';
import { checksOf, isBlocked, namesOfChecks } from './checks.ts';
import { circumstancesOf, once } from './circumstances.ts';
import { readCommands } from './commands.ts';
import { judgeRequest, type Ruling } from './judge-request.ts';
import type { CheckDecision, Comment, Decisions, PermissionNeed, Question, Unasked } from './overrides.ts';
import { ownershipOf } from './ownership.ts';
import { loginKey } from './people.ts';
import { recordsFor } from './records.ts';
import { askedIn, newestFirst, type Request } from './requests.ts';
import { authorityOver } from './settings.ts';

/** Accounts that are asked about in one look at most; those who wrote last come first, and the others may nothing. */
const mostPeople = 20;

/**
 * Whose permission has to be read before `decide`, and in which teams. Nobody where nothing stands in the way, or the
 * policy is broken. `conversation.codeowners` has to be there already where the policy asks for it.
 */
export function whoseNeeded(question: Unasked): readonly PermissionNeed[] {
  const { policy, conversation, contribution } = question;
  if (policy === null) return [];
  const needs = new Map<string, { readonly login: string; readonly teams: Map<string, string> }>();
  const { requests } = askedIn(question);
  const teamsFor = once((check) => {
    const { teams, CODEOWNERS } = authorityOver(check.id, policy.overrides);
    return [...(ownershipOf(check, CODEOWNERS, conversation, contribution)?.teams ?? []), ...teams];
  });
  for (const request of requests.toReversed()) {
    const blocked = request.checks.filter(isBlocked);
    if (blocked.length === 0 || !mayMatter(request)) continue;
    const { login } = request.by;
    const need = needs.get(loginKey(login)) ?? { login, teams: new Map() };
    if (needs.size === mostPeople && !needs.has(loginKey(login))) continue;
    needs.set(loginKey(login), need);
    for (const team of blocked.flatMap(teamsFor)) need.teams.set(loginKey(team), team);
  }
  return [...needs.values()].map(({ login, teams }) => ({ login, teams: [...teams.values()] }));
}

function mayMatter({ by, kind, comment }: Request): boolean {
  return by.type === 'User' && (kind === 'cancel' ? !comment.minimised : !comment.edited);
}

/**
 * What follows from what people wrote: which overrides hold for the present head, and why the others don't. Pure: the
 * same conversation gives the same decisions, so that nothing has to be remembered and nothing can be lost.
 */
export function decide(question: Question): Decisions {
  const { conversation, judgements } = question;
  const asked = askedIn(question);
  const circumstances = circumstancesOf(question, asked.requests);
  const { sight } = circumstances;
  const rulings = asked.requests.flatMap((request) =>
    request.checks.filter(isBlocked).map((check) => judgeRequest(request, check, circumstances)),
  );
  const isCurrent = ({ createdAt, author, own, minimised }: Comment) =>
    !own && !minimised && author?.type === 'User' && sight.isCurrent(createdAt);
  const taken = new Set(
    rulings.flatMap(({ kind, request }) => (kind === 'granted' || kind === 'cancels' ? request.comment : [])),
  );
  return {
    perCheck: new Map(
      checksOf(judgements).flatMap(({ id }) => {
        const own = rulings.filter(({ check, request }) => check.id === id && request.kind === 'override');
        return own.length === 0 ? [] : [[id, decisionOf(own)] as const];
      }),
    ),
    replies: repliesTo(
      [...asked.mistakes, ...refusals(rulings), ...needless(asked.requests)].filter(({ comment }) =>
        isCurrent(comment),
      ),
    ),
    acknowledged: conversation.comments.filter(
      (comment) => isCurrent(comment) && (taken.has(comment) || asksToLook(comment)),
    ),
    records: recordsFor(rulings, question, circumstances.recordOf),
  };
}

function decisionOf(rulings: readonly Ruling[]): CheckDecision {
  const ended = (kind: Ruling['kind']) =>
    newestFirst(rulings.flatMap((ruling) => (ruling.kind === kind && 'ended' in ruling ? ruling.ended : [])));
  return {
    granted: newestFirst(rulings.flatMap((ruling) => (ruling.kind === 'granted' ? ruling.override : []))),
    lapsed: ended('lapsed'),
    withdrawn: ended('withdrawn'),
    refused: ended('refused'),
  };
}

interface Answered {
  readonly comment: Comment;
  readonly text: Text;
}

/** Whoever is a bot gets no answer, or two of them could go on for ever. */
function refusals(rulings: readonly Ruling[]): Answered[] {
  return rulings.flatMap((ruling) => {
    if (ruling.kind !== 'refused') return [];
    const { check, request, ended } = ruling;
    const what = request.kind === 'override' ? 'is not overridden' : 'stays as it is';
    return [{ comment: request.comment, text: say`${check.id} ${[what]}. ${ended.why}` }];
  });
}

/** Whoever overrides what passes anyway may have mistaken the check; not so where it passes only since then. */
function needless(requests: readonly Request[]): Answered[] {
  return requests.flatMap(({ kind, checks, comment }) => {
    const isNeedless = kind === 'override' && checks.length > 0 && !checks.some(isBlocked);
    if (!isNeedless || comment.acknowledged) return [];
    const pass = checks.length === 1 ? 'it passes' : 'they pass';
    return [{ comment, text: say`There is nothing to override in ${namesOfChecks(checks)}: ${[pass]}.` }];
  });
}

/** One for each comment, however many commands are in it. */
function repliesTo(answers: readonly Answered[]): Decisions['replies'] {
  const replies = new Map<string, { readonly to: Comment; readonly texts: Text[] }>();
  for (const { comment, text } of answers) {
    const reply = replies.get(comment.id) ?? { to: comment, texts: [] };
    replies.set(comment.id, reply);
    if (!reply.texts.some((one) => JSON.stringify(one) === JSON.stringify(text))) reply.texts.push(text);
  }
  return [...replies.values()].map(({ to, texts }) => ({
    to,
    text: texts.flatMap((text, index) => (index === 0 ? text : [' ', ...text])),
  }));
}

/** `/recheck` and `/policy` are anybody's to ask. */
function asksToLook({ body }: Comment): boolean {
  return readCommands(body).commands.some(({ kind }) => kind === 'recheck' || kind === 'policy');
}
