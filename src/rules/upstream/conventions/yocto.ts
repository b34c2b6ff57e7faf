// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say, type Text } from '../../text.ts';
import { bounded } from '../evidence.ts';
import type { Marker, PatchConvention, PatchInput, Problem, Reading } from '../model.ts';
import { looseField } from '../patch/fields.ts';
import { type HeaderLine, readPatchHeader } from '../patch/header.ts';
import { mendedYoctoStatus, readYoctoStatus, statesSentence, yoctoStatuses } from './yocto-status.ts';

const tag = 'Upstream-Status:';
const most = 50;
/** How many lines brackets may go on for. */
const longestBrackets = 8;

interface Finds {
  readonly markers: Marker[];
  /** What stands behind the exact tag and is wrong, or lacks something: wrong whatever else the header says. */
  readonly problems: Problem[];
  /** Lines that look as if they were meant: they matter only where nothing better is there. */
  readonly near: Problem[];
}

/**
 * `Upstream-Status:` in the header of OpenEmbedded's patches, with the values of the Yocto Project's style guide,
 * letter case included. Its own check reads the whole file; this one reads what stands above the diff, so that no
 * patch is covered by what it changes.
 */
export const yocto: PatchConvention = {
  id: 'yocto',
  reads: 'patch',
  documentation: 'https://docs.yoctoproject.org/contributor-guide/recipe-style-guide.html#patch-upstream-status',
  read,
  suggest: (marker) => yoctoStatuses(marker).map((value) => `${tag} ${value}`),
};

function read({ text }: PatchInput): Reading {
  const { lines, behind } = readPatchHeader(text);
  const finds: Finds = { markers: [], problems: [], near: [] };
  lines.forEach((_, index) => {
    readLine(finds, lines, index);
  });
  if (finds.markers.length + finds.problems.length + finds.near.length === 0) readBehind(finds, behind);
  const { markers, problems, near } = finds;
  const all = markers.length + problems.length === 0 ? near : problems;
  return { markers: markers.slice(0, most), problems: all.slice(0, most) };
}

function readLine(finds: Finds, lines: readonly HeaderLine[], index: number): void {
  const { text, line } = lines[index] ?? { text: '', line: 0 };
  if (finds.markers.length + finds.problems.length + finds.near.length > most || !/status/i.test(text)) return;
  if (!text.startsWith(tag)) {
    const value = nearValue(text);
    if (value !== null)
      finds.near.push(nearMiss(value, text, line, ['This is close to an Upstream-Status, but not one: ']));
    return;
  }
  const raw = withBrackets(lines, index);
  const status = raw.startsWith(`${tag} `) ? readYoctoStatus(raw.slice(tag.length + 1)) : null;
  if (status === null) {
    finds.problems.push(nearMiss(raw.slice(tag.length), raw, line, ['This is no valid Upstream-Status: ']));
    return;
  }
  const { state, evidence, lacksBrackets } = status;
  finds.markers.push({ state, evidence, modifiers: {}, line, raw: bounded(raw) });
  if (lacksBrackets) finds.problems.push(lacking(raw, line));
}

/** The value of a line that is all but a status; null: the line is about something else. */
function nearValue(text: string): string | null {
  const field = looseField(text);
  if (field?.key === 'upstreamstatus') return field.value;
  const [, value = ''] = /^[\s>#*]{0,8}upstream[-_ ]status\s{1,8}(\S.*)$/is.exec(text) ?? [];
  return /^(?:pending|submitted|backport|denied|inactive-upstream|inappropriate)\b/i.test(value) ? value : null;
}

/** A line with those that follow it up to the bracket that closes, if one does before the paragraph ends. */
function withBrackets(lines: readonly HeaderLine[], index: number): string {
  const first = lines[index]?.text ?? '';
  if (!first.includes('[') || first.includes(']')) return first;
  const more = lines.slice(index + 1, index + 1 + longestBrackets).map(({ text }) => text);
  const end = more.findIndex((text) => text === '' || text.startsWith(tag) || text.includes(']'));
  if (end < 0 || more[end]?.includes(']') !== true) return first;
  return [first, ...more.slice(0, end + 1).map((text) => text.trim())].join(' ');
}

function nearMiss(value: string, written: string, line: number, start: Text): Problem {
  const mended = mendedYoctoStatus(value);
  const text: Text = [
    ...start,
    ...say`${bounded(written)}. Letter case counts, a blank follows the colon and the state, and what belongs to the state stands in square brackets.`,
    ...(mended === null ? [` ${statesSentence}`] : []),
  ];
  return { code: 'upstream.near-miss', line, text, suggestion: mended === null ? null : `${tag} ${mended}` };
}

function lacking(raw: string, line: number): Problem {
  const text = say`${bounded(raw)} needs square brackets that say more: Submitted, where; Inappropriate, why; Inactive-Upstream, when the last commit or release was.`;
  const mended = mendedYoctoStatus(/^\S+ \S+/.exec(raw)?.[0].slice(tag.length) ?? '');
  return { code: 'upstream.missing-evidence', line, text, suggestion: mended === null ? null : `${tag} ${mended}` };
}

function readBehind(finds: Finds, behind: readonly HeaderLine[]): void {
  for (const { text, line } of behind) {
    const value = /status/i.test(text) ? nearValue(text) : null;
    if (value === null || finds.near.length >= most) continue;
    const isExact = text.startsWith(`${tag} `) && readYoctoStatus(text.slice(tag.length + 1)) !== null;
    const mended = mendedYoctoStatus(value);
    const suggestion = isExact ? text : mended === null ? null : `${tag} ${mended}`;
    const words: Text = [
      'This stands below the line ---, where Git drops it when it applies the patch. It has to stand above that line.',
    ];
    finds.near.push({ code: 'upstream.near-miss', line, text: words, suggestion });
  }
}
