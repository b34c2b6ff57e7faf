// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say } from '../../text.ts';
import { belowSubject, excerpt, type Line, linesOf } from '../commit/lines.ts';
import { missingEvidence, nearMiss, reading } from '../commit/problems.ts';
import { saidLines } from '../commit/pull-request.ts';
import { urlIn } from '../commit/tags.ts';
import { evidenceText } from '../evidence.ts';
import type { CommitConvention, CommitInput, Evidence, Marker, Problem, Reading } from '../model.ts';
import { mendedYoctoStatus, readYoctoStatus, statesSentence, yoctoStatuses } from './yocto-status.ts';

/**
 * Yocto's states as a trailer of the commit, or else in the body of the pull request, which then speaks for all of its
 * commits; `Upstream: URL` beside it says where. To carry what is merged upstream anyway needs a reason.
 *
 * Lines are those of the message, or of the body where the message says nothing. Read them apart to tell which.
 */
export const scs: CommitConvention = {
  id: 'scs',
  reads: 'pull-request',
  documentation: 'https://docs.yoctoproject.org/contributor-guide/recipe-style-guide.html#patch-upstream-status',
  read,
  suggest,
};

const tag = 'Upstream-Status:';
const upstream = 'Upstream:';

function read(input: CommitInput): Reading {
  const message = readTrailers(belowSubject(linesOf(input.body)));
  const saysNothing = message.markers.length + message.problems.length === 0;
  if (!saysNothing || input.pullRequestBody === null) return message;
  return readTrailers(saidLines(input.pullRequestBody));
}

function readTrailers(lines: readonly Line[]): Reading {
  const urls = lines.flatMap(({ text }) => (text.startsWith(upstream) ? (urlIn(text) ?? []) : []));
  const where: readonly Evidence[] = [...new Set(urls)].slice(0, 5).map((url) => ({ kind: 'url', url }));
  const markers: Marker[] = [];
  const problems: Problem[] = [];
  for (const line of lines) {
    const read = line.text.startsWith(tag) ? readStatus(line, where) : readMeant(line);
    if (read === null) continue;
    if ('state' in read.found) markers.push(read.found);
    else problems.push(read.found);
    problems.push(...read.lacks);
  }
  if (markers.length === 0 && problems.length === 0) return reading([], loneUrl(lines));
  return reading(markers, problems);
}

interface Read {
  readonly found: Marker | Problem;
  readonly lacks: readonly Problem[];
}

function readStatus(line: Line, where: readonly Evidence[]): Read {
  const value = line.text.slice(tag.length);
  const status = value.startsWith(' ') ? readYoctoStatus(value.slice(1)) : null;
  if (status === null) return { found: invalid(line, value), lacks: [] };
  const { state } = status;
  const said = status.evidence.filter((piece) => piece.kind === 'url').map(({ url }) => url);
  const evidence = [...status.evidence, ...where.filter((piece) => piece.kind === 'url' && !said.includes(piece.url))];
  const found: Marker = { state, evidence, modifiers: {}, line: line.number, raw: excerpt(line.text) };
  return { found, lacks: lacking(found) };
}

function invalid(line: Line, value: string): Problem {
  const mended = mendedYoctoStatus(value);
  if (value.trim() === '') {
    return missingEvidence(line.number, say`Upstream-Status says nothing.`, `${tag} Submitted [URL]`);
  }
  const states = mended === null ? [` ${statesSentence}`] : [];
  const why = say`This is no valid Upstream-Status: ${excerpt(line.text)}. Letter case counts, and what belongs to the state stands in square brackets.${states}`;
  return nearMiss(line.number, why, mended === null ? null : `${tag} ${mended}`);
}

const says: Readonly<Partial<Record<Marker['state'], readonly Evidence['kind'][]>>> = {
  pending: ['reason', 'issue', 'url'],
  submitted: ['url', 'pull-request'],
  merged: ['url', 'commit', 'pull-request', 'release'],
  denied: ['url', 'pull-request'],
  inactive: ['date', 'release', 'commit', 'reason', 'url'],
  'downstream-only': ['reason'],
};

function lacking(marker: Marker): readonly Problem[] {
  const { state, evidence, line } = marker;
  const has = (kinds: readonly Evidence['kind'][]) => evidence.some(({ kind }) => kinds.includes(kind));
  if (!has(says[state] ?? [])) {
    const why = say`${marker.raw} lacks what goes with its state: Pending and Inappropriate, why; Submitted, Backport and Denied, where; Inactive-Upstream, when the last commit or release was.`;
    return [missingEvidence(line, why, suggest(marker)[0] ?? null)];
  }
  if ((state !== 'merged' && state !== 'denied') || has(['reason'])) return [];
  const why = say`${marker.raw} has to say why the change is carried all the same: for a backport, why it can't wait for the release.`;
  return [missingEvidence(line, why, suggest(marker)[0] ?? null)];
}

const meantTag =
  /^[\s>*+#-]{0,8}(?:\*\*|__|`)?upstream[-_ ]?status(?:\*\*|__|`)?\s{0,3}[:=]?(?:\*\*|__|`)?(?=\W)(.*)$/i;

/** Another case, a blank in the name, a list's mark or Markdown around it. */
function readMeant(line: Line): Read | null {
  const value = meantTag.exec(line.text)?.[1]?.replace(/`$/, '');
  if (value === undefined) return null;
  const mended = mendedYoctoStatus(value);
  // Prose may speak of the status, and a heading may announce it.
  if (mended === null && !/^\s*upstream[-_ ]status\s{0,3}[:=]/i.test(line.text)) return null;
  const why = say`This is close to an Upstream-Status, but not one: ${excerpt(line.text)}`;
  return { found: nearMiss(line.number, why, mended === null ? null : `${tag} ${mended}`), lacks: [] };
}

/** An address without a state: it was merged, sent or refused there, and nobody says which. */
function loneUrl(lines: readonly Line[]): readonly Problem[] {
  const line = lines.find(({ text }) => text.startsWith(upstream) && urlIn(text) !== null);
  if (line === undefined) return [];
  const why = say`${excerpt(line.text)} needs an Upstream-Status that says what has become of the change there.`;
  return [missingEvidence(line.number, why, `${tag} Submitted [${urlIn(line.text) ?? 'URL'}]`)];
}

function suggest(marker: Partial<Marker> | null): readonly string[] {
  const state = marker?.state;
  if (state === undefined)
    return yoctoStatuses(null).map((value) => `${tag} ${value.replace('Backport [URL]', backport)}`);
  if (state !== 'merged' && state !== 'accepted' && state !== 'denied') {
    return yoctoStatuses(marker).map((value) => `${tag} ${value}`);
  }
  const kinds: readonly Evidence['kind'][] = ['url', 'commit', 'pull-request', 'release'];
  const where = evidenceText(marker?.evidence, kinds, 'URL');
  const why = evidenceText(marker?.evidence, ['reason'], 'REASON');
  const brackets = `[${(why.includes(where) ? why : `${where} ${why}`).replaceAll(/[[\]]/g, ' ')}]`;
  return [`${tag} ${state === 'denied' ? 'Denied' : 'Backport'} ${brackets}`];
}

const backport = 'Backport [URL REASON]';
