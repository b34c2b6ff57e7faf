// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say } from '../../text.ts';
import { belowSubject, excerpt, type Line, linesOf, subjectOf } from '../commit/lines.ts';
import { missingEvidence, missingLine, nearMiss, reading, unreadable } from '../commit/problems.ts';
import { provenances } from '../commit/provenance.ts';
import { urlIn } from '../commit/tags.ts';
import { bounded, evidenceText } from '../evidence.ts';
import type { CommitConvention, CommitInput, Evidence, Marker, Problem, Reading } from '../model.ts';
import { rhelTags } from './rhel-tags.ts';

/**
 * The notation of Red Hat's kernels (RHEL, CentOS Stream, ARK). Without an `Upstream Status`, the commits that are
 * named are in mainline.
 */
export const rhelKernel: CommitConvention = {
  id: 'rhel-kernel',
  reads: 'commit',
  documentation: 'https://redhat.gitlab.io/centos-stream/src/kernel/documentation/docs/commitrules.html',
  read,
  suggest,
};

/** A commit that the message names. */
interface Named {
  readonly line: number;
  readonly raw: string;
  readonly sha: string;
}

function read(input: CommitInput): Reading {
  const lines = linesOf(input.body);
  const below = belowSubject(lines);
  const picked = provenances(below);
  const named = [...below.flatMap(namedBy), ...picked.found].sort((one, other) => one.line - other.line);
  const status = below.flatMap((line) => statusOf(line) ?? []);
  const tags = rhelTags(below);
  const states = status.length > 0 ? status.map((one) => stateOf(one, named, subjectOf(lines))) : [mainline(named)];
  const markers = states.flatMap((state) => state.markers);
  const problems = [
    ...below.flatMap(meantBy),
    ...picked.problems,
    ...states.flatMap((state) => state.problems),
    ...tags.problems,
  ];
  if (markers.length === 0) return reading([], problems);
  const modifiers = tags.hasConflicts ? { modified: true } : {};
  return reading(
    markers.map((marker) => ({ ...marker, modifiers })),
    tags.hasTicket ? problems : [...problems, missingTicket(markers[0])],
  );
}

function missingTicket(marker: Marker | undefined): Problem {
  const why = say`Every change needs the ticket that it is for.`;
  return missingLine(marker?.line ?? 1, why, 'JIRA: https://issues.redhat.com/browse/RHEL-NUMBER');
}

function namedBy({ text, number }: Line): readonly Named[] {
  const sha = /^commit ([0-9a-f]{40})(?: \(.*\))?$/.exec(text)?.[1];
  return sha === undefined ? [] : [{ line: number, raw: excerpt(text), sha }];
}

function mainline(named: readonly Named[]): Reading {
  const markers = named.map(({ line, raw, sha }) => {
    const evidence: readonly Evidence[] = [{ kind: 'commit', sha, repository: null, branch: null }];
    return { state: 'merged', evidence, modifiers: {}, line, raw } as const;
  });
  return { markers, problems: [] };
}

/** A line `Upstream Status: …`. */
interface Status {
  readonly line: Line;
  readonly value: string;
}

function statusOf(line: Line): Status | null {
  const match = /^Upstream[ -][Ss]tatus:(.*)$/.exec(line.text);
  return match === null ? null : { line, value: (match[1] ?? '').trim() };
}

const only = /^RHEL[ -]?[oO]nly\.?(?:$|[\s:,(-]+)/;
const linus = /\bLinus\b|^(?:[Mm]ainline\b|[Mm]erged\b)|torvalds\/linux(?:\.git)?(?:\/|\s|$)|^v\d{1,3}\.\d/;
const tree = /^(?:(?:git|https?|ssh):\/\/\S+|[\w~-][\w.~/-]{0,200}\.git\/?)(?:\s|$)/;
const list =
  /^https?:\/\/(?:lore\.kernel\.org|lkml\.|patch\.msgid\.link|patchwork\.|lists?\.|[^\s/]+\/(?:pipermail|archives|hyperkitty)\/)/i;

function stateOf(status: Status, named: readonly Named[], subject: Line): Reading {
  const { line, value } = status;
  const marker = (state: Marker['state'], evidence: readonly Evidence[], problems: readonly Problem[] = []) => ({
    markers: [{ state, evidence, modifiers: {}, line: line.number, raw: excerpt(line.text) }],
    problems,
  });
  if (only.test(value)) {
    const reason = value.replace(only, '');
    return marker('downstream-only', [{ kind: 'reason', text: bounded(reason === '' ? subject.text : reason) }]);
  }
  const url = urlIn(value);
  if (/^[Pp]osted\b/.test(value) || list.test(value)) {
    if (url !== null) return marker('submitted', [{ kind: 'url', url }]);
    const why = say`What has been posted needs the address of the mail.`;
    return marker('submitted', [], [missingEvidence(line.number, why, 'Upstream Status: URL')]);
  }
  const inMainline = linus.test(value);
  if (!inMainline && !tree.test(value)) return { markers: [], problems: [unknownStatus(status)] };
  const [repository = null, branch = null] = inMainline ? [] : value.split(/\s+/);
  const commits = named.map(({ sha }) => ({ kind: 'commit', sha, repository, branch }) as const);
  const missing = missingEvidence(line.number, say`No line names upstream's commit.`, 'commit COMMIT');
  return marker(inMainline ? 'merged' : 'accepted', commits, commits.length === 0 ? [missing] : []);
}

function unknownStatus({ line, value }: Status): Problem {
  if (value === '') {
    const why = say`Upstream Status says nothing.`;
    return missingEvidence(line.number, why, 'Upstream Status: RHEL Only');
  }
  const isOnly = /^rhel[\W_]{0,3}only\b/i.test(value);
  const why = say`Upstream Status is RHEL Only, the address of a mail, or that of a tree: ${excerpt(line.text)}`;
  return isOnly ? nearMiss(line.number, why, 'Upstream Status: RHEL Only') : unreadable(line.number, why, null);
}

const meantCommit = /^\s{0,2}(?:upstream )?commit(?: id)?:? ([0-9a-f]{7,40})(?![0-9a-z])(?: upstream)?\.?$/i;
const meantStatus = /^[\s*>#-]{0,4}upstream[-_ ]?status\s?[:=]?\s?(\S.*)$/i;

function meantBy(line: Line): readonly Problem[] {
  if (namedBy(line).length > 0 || statusOf(line) !== null) return [];
  const sha = meantCommit.exec(line.text)?.[1];
  if (sha !== undefined) {
    const why = say`This is not quite the line that names upstream's commit: ${excerpt(line.text)}`;
    return [nearMiss(line.number, why, sha.length === 40 ? `commit ${sha.toLowerCase()}` : null)];
  }
  const value = meantStatus.exec(line.text)?.[1];
  if (value === undefined) return [];
  const why = say`This is not quite an Upstream Status line: ${excerpt(line.text)}`;
  const canonical = /^rhel[\W_]{0,3}only\b/i.test(value) ? 'RHEL Only' : value.trim();
  return [nearMiss(line.number, why, `Upstream Status: ${canonical}`)];
}

function suggest(marker: Partial<Marker> | null): readonly string[] {
  const ticket = 'JIRA: https://issues.redhat.com/browse/RHEL-NUMBER';
  const commit = marker?.evidence?.find((piece) => piece.kind === 'commit');
  const named = `commit ${commit?.sha ?? 'COMMIT'}`;
  const conflicts = marker?.modifiers?.modified === true ? ['Conflicts: WHAT WAS CHANGED'] : [];
  switch (marker?.state) {
    case undefined:
      return [named, 'Upstream Status: URL', 'Upstream Status: RHEL Only'].map((line) => `${ticket}\n${line}`);
    case 'merged':
      return [ticket, named, ...conflicts];
    case 'accepted':
      return [ticket, `Upstream Status: ${commit?.repository ?? 'REPOSITORY'}`, named, ...conflicts];
    case 'submitted':
      return [ticket, `Upstream Status: ${evidenceText(marker?.evidence, ['url'], 'URL')}`, ...conflicts];
    case 'downstream-only':
      return [ticket, 'Upstream Status: RHEL Only'];
    default:
      return [];
  }
}
