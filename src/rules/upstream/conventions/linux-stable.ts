// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say } from '../../text.ts';
import { belowSubject, excerpt, type Line, linesOf } from '../commit/lines.ts';
import { isNote } from '../commit/notes.ts';
import { nearMiss, reading } from '../commit/problems.ts';
import { commitOf, provenances } from '../commit/provenance.ts';
import type { CommitConvention, CommitInput, Marker, Problem, Reading } from '../model.ts';

/**
 * The notation of Linux's stable trees. A patch gets there only once it is in mainline, so that `merged` is all that
 * can be said. `git cherry-pick -x` writes the third of its forms.
 */
export const linuxStable: CommitConvention = {
  id: 'linux-stable',
  reads: 'commit',
  documentation: 'https://docs.kernel.org/process/stable-kernel-rules.html#option-3',
  read,
  suggest,
};

const forms = [/^commit ([0-9a-f]{40}) upstream\.$/, /^\[ Upstream commit ([0-9a-f]{40}) \]$/];
const revert = /^This reverts commit [0-9a-f]{7,40},? which is(?: upstream)?(?: commit ([0-9a-f]{40}) upstream\.)?$/;

function read(input: CommitInput): Reading {
  const below = belowSubject(linesOf(input.body));
  const markers: Marker[] = [];
  const problems: Problem[] = [];
  below.forEach((line, index) => {
    const before = index === 0 ? '' : (below[index - 1]?.text ?? '');
    const marker = readLine(line, before);
    const problem = marker === null ? readMeant(line) : null;
    if (marker !== null) markers.push(marker);
    if (problem !== null) problems.push(problem);
  });
  const picked = provenances(below);
  markers.push(...picked.found.map((origin) => markerOf(commitOf(origin), origin.line, origin.raw, {})));
  problems.push(...picked.problems);
  markers.sort((one, other) => one.line - other.line);
  const lastNote = below.findLast(isNote)?.number ?? 0;
  return reading(
    markers.map((marker) => (lastNote > marker.line ? adapted(marker) : marker)),
    problems,
  );
}

function readLine(line: Line, before: string): Marker | null {
  const reverted = revert.exec(line.text)?.[1];
  const sha = reverted ?? forms.map((form) => form.exec(line.text)?.[1]).find((found) => found !== undefined);
  if (sha === undefined) return null;
  const takesBack = reverted !== undefined || (revert.test(before) && !before.endsWith('upstream.'));
  const commit = { kind: 'commit', sha, repository: null, branch: null } as const;
  return markerOf(commit, line.number, line.text, takesBack ? { revert: true } : {});
}

function markerOf(
  commit: Marker['evidence'][number],
  line: number,
  raw: string,
  modifiers: Marker['modifiers'],
): Marker {
  return { state: 'merged', evidence: [commit], modifiers, line, raw: excerpt(raw) };
}

/** Whoever adapts a patch says so in brackets, below what it was taken from: `[ada: Adjusted the context]`. */
function adapted(marker: Marker): Marker {
  return { ...marker, modifiers: { ...marker.modifiers, modified: true } };
}

const meant = [
  /^\s{0,8}[[(]?\s?(?:(?:upstream|mainline) commit|commit):? ([0-9a-f]{7,40})(?: (?:in )?(?:upstream|mainline))?\s?\.?\s?[\])]?$/i,
  /^\s{0,8}[[(]?\s?(?:in )?(?:upstream|mainline):? (?:commit:? )?([0-9a-f]{7,40})\s?\.?\s?[\])]?$/i,
];

function readMeant(line: Line): Problem | null {
  const found = meant.map((form) => form.exec(line.text)?.[1]).find((sha) => sha !== undefined);
  if (found === undefined) return null;
  if (found.length !== 40) {
    const why = say`The commit id is cut short. It has to be whole, with 40 digits: ${excerpt(line.text)}`;
    return nearMiss(line.number, why, null);
  }
  const bracket = /^\s*\[/.test(line.text);
  const sha = found.toLowerCase();
  const why = say`This is not quite the line that names upstream's commit: ${excerpt(line.text)}`;
  return nearMiss(line.number, why, bracket ? `[ Upstream commit ${sha} ]` : `commit ${sha} upstream.`);
}

function suggest(marker: Partial<Marker> | null): readonly string[] {
  if (marker === null || marker.state === undefined) return ['commit COMMIT upstream.', '[ Upstream commit COMMIT ]'];
  if (marker.state !== 'merged') return [];
  const sha = marker.evidence?.find((piece) => piece.kind === 'commit')?.sha ?? 'COMMIT';
  const note = marker.modifiers?.modified === true ? ['[NAME: WHAT WAS CHANGED]'] : [];
  if (marker.modifiers?.revert !== true) return [`commit ${sha} upstream.`, ...note];
  return [`This reverts commit COMMIT-OF-THIS-BRANCH which is commit ${sha} upstream.`, ...note];
}
