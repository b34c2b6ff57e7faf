// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say, type Text } from '../text.ts';
import type { Finding, Place } from '../verdict.ts';
import type { Case } from './case.ts';
import { lackedEvidence, stateWords } from './evidence-of-states.ts';
import type { Convention, Marker, Reading } from './model.ts';
import { finding } from './section.ts';
import { type Verification, verify } from './verify.ts';

/** Where a reading comes from, and how its lines are shown. */
export interface Source {
  readonly convention: Convention;
  /** Of the patch file, or one that the commit touches; null: none is known. */
  readonly path: string | null;
  /** The place of a line of it, from 1. */
  readonly at: (line: number) => Place;
  /** Whether lines stand in a file, so that a suggestion can be put in. */
  readonly isFile: boolean;
}

/** All that is to be said of what was read at one place, which has at least a marker or a problem. */
export function judgeReading({ markers, problems }: Reading, source: Source, judged: Case): Finding[] {
  const wrong = problems.map(({ code, line, text, suggestion }) => {
    if (suggestion === null) return finding(code, 'error', source.at(line), text);
    if (!source.isFile) return finding(code, 'error', source.at(line), say`${text} Write: ${suggestion}`);
    const replaces = code === 'upstream.missing-line' ? {} : { replaces: 1 };
    return finding(code, 'error', source.at(line), text, { line, insert: suggestion, ...replaces });
  });
  const contradiction = contradictionIn(markers, source);
  if (contradiction !== null) return [...wrong, contradiction];
  const settled = new Set(problems.map(({ line }) => line));
  return [...wrong, ...markers.flatMap((marker) => judgeMarker(marker, settled.has(marker.line), source, judged))];
}

/** A change is in one place upstream; several states at once say nothing. */
function contradictionIn(markers: readonly Marker[], { at }: Source): Finding | null {
  const [first] = markers;
  const other = markers.find(({ state }) => state !== first?.state);
  if (first === undefined || other === undefined) return null;
  const text = say`Two lines contradict each other: ${first.raw} says that it is ${[stateWords[first.state]]}, and ${other.raw} that it is ${[stateWords[other.state]]}. Keep the one that is true.`;
  return finding('contradiction', 'error', at(other.line), text);
}

function judgeMarker(marker: Marker, hasProblem: boolean, source: Source, judged: Case): Finding[] {
  const found = say`${marker.raw}: it is ${[stateWords[marker.state]]}${modifierWords(marker)}.`;
  const lacks = hasProblem ? null : lackedEvidence(marker);
  const level = judged.settings.evidence === 'always' ? 'error' : 'warning';
  const lacking =
    lacks === null
      ? []
      : [finding('no-evidence', level, source.at(marker.line), say`${marker.raw} does not say ${[lacks]}. Add it.`)];
  if (hasProblem) return [];
  return [...lacking, verifiedFinding(verify(marker, source.path, judged), found, marker, source, judged)];
}

function modifierWords({ modifiers: { revert, partial, modified, dependsOn } }: Marker): Text {
  const words = [
    ...(revert === true ? ['taken back here'] : []),
    ...(partial === true ? ['in part'] : []),
    ...(modified === true ? ['with changes'] : []),
  ];
  const how = words.length === 0 ? [] : [`, ${words.join(', ')}`];
  return dependsOn === undefined ? how : [...how, ...say`, depending on ${dependsOn}`];
}

const unverifiedLevels = { note: 'note', warn: 'warning', fail: 'error' } as const;

function verifiedFinding(
  { kind, code, text, instead }: Verification,
  found: Text,
  marker: Marker,
  source: Source,
  judged: Case,
): Finding {
  const at = source.at(marker.line);
  switch (kind) {
    case 'nothing':
      return finding('stated', 'ok', at, found);
    case 'verified':
      return finding('verified', 'ok', at, say`${found} Verified: ${text}.`);
    case 'unverified': {
      const level = unverifiedLevels[judged.settings.verify.unverified];
      return finding(code, level, at, say`${found} Well-formed, not verified: ${text}.`);
    }
    case 'wrong':
    case 'outdated':
      return corrected({ code, level: kind === 'wrong' ? 'error' : 'warning', text, instead }, marker, source);
  }
}

interface Correction {
  readonly code: string;
  readonly level: 'error' | 'warning';
  readonly text: Text;
  readonly instead: Partial<Marker> | null;
}

/** What is true, and the exact lines that say so in this notation. */
function corrected({ code, level, text, instead }: Correction, marker: Marker, source: Source): Finding {
  const at = source.at(marker.line);
  const lines = instead === null ? [] : source.convention.suggest(instead);
  const said = say`${marker.raw}: ${text}`;
  const drop = instead?.state === 'merged' ? ', or the change can be dropped once it is in what is carried' : '';
  if (lines.length === 0) {
    return finding(
      code,
      level,
      at,
      drop === '' ? said : say`${said} The change can be dropped once it is in what is carried.`,
    );
  }
  if (lines.every((line) => marker.raw.includes(line))) return finding('verified', 'ok', at, said);
  // What several lines say stands on several lines, or in the path: whoever reads it finds them.
  const single = source.isFile && source.convention.reads === 'patch' && !marker.raw.includes('\n');
  if (!single) return finding(code, level, at, say`${said} Write ${lines.join(' / ')} instead${[drop]}.`);
  const insert = lines.join('\n');
  return finding(code, level, at, say`${said} This can become ${lines.join(' / ')}${[drop]}.`, {
    line: marker.line,
    insert,
    replaces: 1,
  });
}
