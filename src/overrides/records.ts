// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say } from '../rules/text.ts';
import { blocking, type Check } from './checks.ts';
import { covers } from './cover.ts';
import { fingerprint } from './fingerprint.ts';
import type { Ruling } from './judge-request.ts';
import type { Comment, Decisions, Question } from './overrides.ts';
import { mostRemembered, readOwnMark, writeOwnMark } from './own-marks.ts';
import { authorityOver } from './settings.ts';

/**
 * The fingerprints of the findings that an override covered when it was granted on an earlier head, or null where
 * there is no record of it or the policy wants overrides to end with each push.
 */
export type RecordOf = (comment: Comment, check: Check) => readonly string[] | null;

/**
 * Reads the records among the comments. A record is a comment of ours, since it has to outlive the head and the
 * database. Others may delete or edit it, which ends the override, and nobody but this App can write one.
 */
export function recordsIn({ conversation, policy }: Pick<Question, 'conversation' | 'policy'>): RecordOf {
  const records = new Map<string, readonly string[]>();
  for (const { own, edited, minimised, body } of conversation.comments) {
    const mark = own && !edited && !minimised ? readOwnMark(body) : null;
    if (mark?.kind === 'record') records.set(`${mark.check} ${mark.comment}`, mark.findings);
  }
  return ({ id }, check) => (holdsAcrossPushes(check, policy) ? (records.get(`${check.id} ${id}`) ?? null) : null);
}

function holdsAcrossPushes({ id }: Check, policy: Question['policy']): boolean {
  return policy !== null && authorityOver(id, policy.overrides).lifetime === 'pull-request';
}

/** The records to be written: of overrides that are granted on the head that their writers saw, once each. */
export function recordsFor(rulings: readonly Ruling[], question: Question, recordOf: RecordOf): Decisions['records'] {
  const { contribution, contents = new Map<string, string>() } = question;
  return rulings.flatMap((ruling) => {
    if (ruling.kind !== 'granted' || ruling.override.only !== null) return [];
    const { override, check, request } = ruling;
    const { comment } = request;
    if (!holdsAcrossPushes(check, question.policy) || recordOf(comment, check) !== null) return [];
    const covered = blocking(check.judgement).filter((finding) => covers(override, finding, contents));
    const findings = [...new Set(covered.flatMap((finding) => fingerprint(finding, contents) ?? []))];
    if (findings.length === 0 || findings.length > mostRemembered) return [];
    const amount =
      findings.length === 1
        ? '1 finding, as long as it stays as it is'
        : `${findings.length} findings, as long as they stay as they are`;
    const text = say`The override of ${check.id} by ${override.by} holds across pushes for ${[amount]} on ${contribution.head.sha}.`;
    const { sha: head } = contribution.head;
    const mark = writeOwnMark({ kind: 'record', comment: comment.id, check: check.id, head, findings });
    return [{ to: comment, text, mark }];
  });
}
