// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say, type Text } from '../text.ts';
import type { Finding } from '../verdict.ts';
import { altered } from './altered.ts';
import type { Case } from './case.ts';
import { judgeReading } from './judge-marker.ts';
import type { Marker, PatchConvention } from './model.ts';
import { changesInPatch } from './patch/changes.ts';
import { readPatchHeader } from './patch/header.ts';
import { type Patch, type PatchReading, patchesIn, readPatch, saysTheSame } from './patches.ts';
import { finding } from './section.ts';
import { dateOf, staleness } from './stale.ts';

/** What is found of one change, for the table and the title. */
export interface Judged {
  /** Our own words: `Patches`. */
  readonly kind: string;
  readonly findings: readonly Finding[];
  /** Lines of which one has to be added; empty where nothing is missing. */
  readonly options: readonly string[];
}

export function judgePatches(judged: Case): Judged[] {
  return patchesIn(judged).map((patch) => {
    if (judged.baseline.has(patch.path))
      return only(finding('baseline', 'ok', { path: patch.path }, ['It was there before the policy.']));
    const read = readPatch(patch, judged);
    if (read === 'unread') {
      return only(
        finding('unread', 'gap', { path: patch.path }, [
          'This patch is among the changed files, and it could not be read.',
        ]),
      );
    }
    if (read === 'other')
      return only(
        finding('no-patch', 'ok', { path: patch.path }, ['No file of its own, so that it has nothing to say.']),
      );
    if (read === 'opaque') return only(finding('no-text', 'error', { path: patch.path }, noText));
    return judgePatch(read, judged);
  });
}

const noText: Text = [
  'This is no text file, or a symbolic link to what is no patch by the policy, so that it cannot say where it is upstream. ',
  'Make it text, link to a patch that says it, or have a maintainer name it in `upstream.exempt.paths`.',
];

function only(...findings: readonly Finding[]): Judged {
  return { kind: 'Patches', findings, options: [] };
}

function judgePatch(read: PatchReading, judged: Case): Judged {
  const { patch, text, truncated, now, before, convention } = read;
  const at = (line: number) => placeOf(patch, line, convention);
  const aged = (marker: Marker) => staleness(marker, dateOf(patch.path, marker, judged), at(marker.line), judged);
  const kept = before !== null && saysTheSame(now, before) && keeps(patch, judged);
  if (kept) return only(...refreshed(read), ...now.markers.flatMap(aged));
  if (now.markers.length + now.problems.length === 0) return missing(read);
  const source = { convention, path: patch.path, at, isFile: true };
  const own = truncated ? null : () => changesInPatch(text);
  return only(
    ...judgeReading(now, source, judged),
    ...now.markers.flatMap((marker) => [...altered(marker, own, source, judged), ...aged(marker)]),
  );
}

function placeOf({ path }: Patch, line: number, { reads }: PatchConvention) {
  return reads === 'path' ? { path } : { path, line };
}

/** Whether the policy lets a patch be whose words did not change. */
function keeps({ renamed }: Patch, { settings }: Case): boolean {
  return (renamed ? settings.renamed : settings.refreshed) === 'keep';
}

function refreshed({ patch, now }: PatchReading): Finding[] {
  const what = patch.renamed ? 'Only renamed' : 'Only refreshed';
  const [first] = now.markers;
  const says =
    first === undefined
      ? say`${[what]}; it did not say where it is upstream before, either.`
      : say`${[what]}: ${first.raw} is as it was.`;
  return [finding(patch.renamed ? 'renamed' : 'refreshed', 'ok', { path: patch.path }, says)];
}

function missing(read: PatchReading): Judged {
  const { patch, before, convention, text, truncated } = read;
  const at = { path: patch.path };
  const lost = before?.markers[0];
  if (lost !== undefined) {
    const words = say`The line ${lost.raw} was here, and is gone. Put it back, or write what is true now.`;
    const line = insertionLine(text);
    const back = convention.reads === 'path' ? undefined : { line, insert: lost.raw };
    return { ...only(finding('lost', 'error', { ...at, line }, words, back)), options: convention.suggest(null) };
  }
  const lines = convention.suggest(null);
  const header = truncated && readPatchHeader(text).diffLine === null;
  const why = header ? ' Only the first 64 KiB were looked at, and no diff begins there.' : '';
  const notation = say`This patch does not say where it is upstream, in the notation ${[convention.id]} (${[convention.documentation]}).${[why]}`;
  if (convention.reads === 'path') {
    return {
      ...only(finding('missing', 'error', at, say`${notation} It is said by the path: ${lines.join(', ')}`)),
      options: [],
    };
  }
  const line = insertionLine(text);
  const [first] = lines;
  const suggestion = first === undefined ? undefined : { line, insert: first };
  return { ...only(finding('missing', 'error', { ...at, line }, notation, suggestion)), options: lines };
}

/** The line before which a header's new line goes: above the line `---`, or above the diff; from 1. */
function insertionLine(text: string): number {
  const { lines, behind, diffLine } = readPatchHeader(text);
  const [first] = behind;
  if (first !== undefined) return Math.max(1, first.line - 1);
  if (diffLine === null) return (lines.at(-1)?.line ?? 0) + 1;
  const before = text.split('\n', diffLine)[diffLine - 2];
  return before?.trimEnd() === '---' ? diffLine - 1 : diffLine;
}
