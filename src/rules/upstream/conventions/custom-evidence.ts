// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Line } from '../commit/lines.ts';
import { firstTag } from '../commit/tags.ts';
import { bounded, commitInUrl, evidenceIn, isDate, urlIn } from '../evidence.ts';
import type { Evidence, Modifiers } from '../model.ts';
import type { Match } from './custom-marks.ts';

/** What a match and the trailers of its mark bring forward: from the named groups, or from all that follows. */
export function customEvidence({ mark, groups, rest }: Match, lines: readonly Line[]): readonly Evidence[] {
  const named = Object.keys(groups).length > 0 ? fromGroups(groups) : null;
  // A pattern without groups says all that there is to say; without one, what follows may be anything.
  const own = named ?? (mark.pattern === null ? evidenceIn(rest) : []);
  const others = mark.settings.evidence.flatMap((name) => evidenceIn(firstTag(lines, name)?.value ?? ''));
  return [...own, ...others];
}

export function customModifiers({ mark: { settings }, groups }: Match): Modifiers {
  return {
    ...(settings.revert ? { revert: true } : {}),
    ...(settings.partial ? { partial: true } : {}),
    ...(settings.modified ? { modified: true } : {}),
    ...(groups.dependsOn === undefined ? {} : { dependsOn: bounded(groups.dependsOn) }),
  };
}

function fromGroups(groups: Readonly<Record<string, string>>): readonly Evidence[] {
  const { url, commit, release, pullRequest, issue, reason, date } = groups;
  const [repository, branch] = [word(groups.repository), word(groups.branch)];
  const address = url === undefined ? null : urlIn(url);
  const sha = commit === undefined ? null : shaOf(commit);
  const number = /^\D{0,3}([1-9]\d{0,8})$/.exec(pullRequest ?? '')?.[1];
  const found: Evidence[] = [];
  if (address !== null) found.push({ kind: 'url', url: address });
  if (sha !== null) found.push({ kind: 'commit', sha, repository, branch });
  if (number !== undefined) found.push({ kind: 'pull-request', number: Number(number), repository });
  if (release !== undefined) found.push({ kind: 'release', version: bounded(release) });
  if (issue !== undefined) found.push({ kind: 'issue', reference: bounded(issue) });
  if (date !== undefined && isDate(date)) found.push({ kind: 'date', date });
  if (reason !== undefined && /[\p{L}\p{N}]/u.test(reason)) found.push({ kind: 'reason', text: bounded(reason) });
  return found;
}

function shaOf(text: string): string | null {
  return /^[0-9a-f]{7,64}$/i.test(text) ? text.toLowerCase() : commitInUrl(text);
}

function word(text: string | undefined): string | null {
  return text === undefined ? null : bounded(text);
}
