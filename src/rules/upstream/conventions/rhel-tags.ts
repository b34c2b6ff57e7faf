// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say } from '../../text.ts';
import { excerpt, type Line } from '../commit/lines.ts';
import { missingLine, nearMiss } from '../commit/problems.ts';
import type { Problem } from '../model.ts';

/** What a message of Red Hat's kernels says beside where a change comes from. */
export interface RhelTags {
  /** Whether a line names one, or was meant to. */
  readonly hasTicket: boolean;
  readonly hasConflicts: boolean;
  readonly problems: readonly Problem[];
}

const ticket =
  /^(?:JIRA: https:\/\/[\w.-]{1,100}\/(?:browse|projects\/[A-Z]{2,20}\/issues)\/[A-Z][A-Z0-9]{1,20}-\d{1,8}|Bugzilla: https?:\/\/bugzilla\.redhat\.com\/(?:show_bug\.cgi\?id=)?\d{1,9}|(?:JIRA|Bugzilla): INTERNAL)$/;
const meantTicket = /^\s{0,3}(?:jira|rhel ticket|ticket)\s?[:=]?\s/i;
const ticketKey = /(?<![A-Za-z0-9])(RHEL-\d{1,8})(?!\d)/i;
// A fix of upstream's for the very commit, left out on purpose.
const omitted = /^Omitted[ -][Ff]ix: [0-9a-f]{12,40}(?![0-9a-z])/;
const meantOmitted = /^\s{0,3}omitted[-_ ]?fix(?:es)?\s?[:=]?\s?([0-9a-f]{0,40})(?![0-9a-z])/i;

/** Reads the ticket, the conflicts and the omitted fixes. */
export function rhelTags(below: readonly Line[]): RhelTags {
  const conflicts = below.findIndex(({ text }) => /^Conflicts:/.test(text));
  const tickets = below.flatMap(ticketProblem);
  return {
    hasTicket: tickets.length > 0 || below.some(({ text }) => ticket.test(text)),
    hasConflicts: conflicts >= 0,
    problems: [...tickets, ...below.flatMap(omittedProblem), ...conflictProblem(below, conflicts)],
  };
}

function ticketProblem(line: Line): readonly Problem[] {
  if (ticket.test(line.text) || !meantTicket.test(line.text)) return [];
  const key = ticketKey.exec(line.text)?.[1]?.toUpperCase();
  const why = say`This is not quite the line that names the ticket: ${excerpt(line.text)}`;
  return [nearMiss(line.number, why, key === undefined ? null : `JIRA: https://issues.redhat.com/browse/${key}`)];
}

function omittedProblem(line: Line): readonly Problem[] {
  const match = omitted.test(line.text) ? null : meantOmitted.exec(line.text);
  if (match === null) return [];
  const sha = match[1] ?? '';
  const why = say`Omitted-fix names a commit of upstream's by at least 12 digits: ${excerpt(line.text)}`;
  return [nearMiss(line.number, why, sha.length < 12 ? null : `Omitted-fix: ${sha.toLowerCase()}`)];
}

function conflictProblem(below: readonly Line[], index: number): readonly Problem[] {
  const line = below[index];
  if (line === undefined) return [];
  const said = `${line.text.slice('Conflicts:'.length)}${below[index + 1]?.text ?? ''}`;
  if (said.trim() !== '') return [];
  const why = say`Conflicts has to say what was changed.`;
  return [missingLine(line.number, why, 'Conflicts: WHAT WAS CHANGED')];
}
