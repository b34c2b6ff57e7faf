// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { closestMatch } from 'leven';
import { bounded, evidenceIn, evidenceText } from '../evidence.ts';
import type { Evidence, Marker, State } from '../model.ts';

/** A value of Yocto's `Upstream-Status`. */
export interface YoctoStatus {
  readonly state: State;
  readonly evidence: readonly Evidence[];
  /** Whether the value is one that requires brackets, and they are missing or empty. */
  readonly lacksBrackets: boolean;
}

const states: Readonly<Record<string, State>> = {
  Pending: 'pending',
  Submitted: 'submitted',
  Backport: 'merged',
  Denied: 'denied',
  'Inactive-Upstream': 'inactive',
  Inappropriate: 'downstream-only',
};

/** For whoever wrote what is close to none of them. */
export const statesSentence = `The states are ${Object.keys(states).join(', ')}.`;

/** What goes into the brackets where somebody has to fill them in. */
const placeholders: Readonly<Record<string, string>> = {
  Pending: 'REASON',
  Submitted: 'URL',
  Backport: 'URL',
  Denied: 'URL REASON',
  'Inactive-Upstream': 'lastcommit: DATE lastrelease: DATE',
  Inappropriate: 'REASON',
};

/** Other words for the values. `Accepted` was one until the style guide took it out. */
const synonyms: Readonly<Record<string, string>> = {
  todo: 'Pending',
  unknown: 'Pending',
  sent: 'Submitted',
  posted: 'Submitted',
  forwarded: 'Submitted',
  accepted: 'Backport',
  applied: 'Backport',
  merged: 'Backport',
  upstreamed: 'Backport',
  backported: 'Backport',
  refused: 'Denied',
  rejected: 'Denied',
  inactive: 'Inactive-Upstream',
  dead: 'Inactive-Upstream',
  na: 'Inappropriate',
  'n/a': 'Inappropriate',
  never: 'Inappropriate',
  none: 'Inappropriate',
};

const longestWord = 20;
const mostTypos = 3;

/**
 * Reads a value exactly as OpenEmbedded's own check does: case counts, and a blank separates the state from the rest
 * (`check_upstream_status` in meta/lib/oe/qa.py). `Submitted` and `Inappropriate` need their brackets, and brackets
 * that open have to close. null: no such value.
 */
export function readYoctoStatus(value: string): YoctoStatus | null {
  const [, word = '', rest = ''] = /^([A-Z][A-Za-z-]*)(?: (.+))?$/s.exec(value) ?? [];
  const state = states[word];
  if (state === undefined) return null;
  const brackets = /^\[([^\]]*)\]/.exec(rest.trimStart());
  if (brackets === null && rest.includes('[') && !rest.includes(']')) return null;
  const needsBrackets = word === 'Submitted' || word === 'Inappropriate';
  if (needsBrackets && brackets === null && rest.trim() !== '') return null;
  const said = brackets === null ? rest : `${brackets[1]} ${rest.trimStart().slice(brackets[0].length)}`;
  const evidence = state === 'inactive' ? lastSigns(said) : evidenceIn(said);
  const lacksBrackets = needsBrackets || state === 'inactive' ? evidence.length === 0 : false;
  return { state, evidence, lacksBrackets };
}

/** `lastcommit: …` and `lastrelease: …`, either or both; without one of them nothing is said of the last sign of life. */
function lastSigns(text: string): readonly Evidence[] {
  return /\blast(?:commit|release)\b\s*:?\s*[^\s:\]]/i.test(text) ? evidenceIn(text) : [];
}

/** The value as it has to be written, for one that `readYoctoStatus` does not accept; null: there is no telling. */
export function mendedYoctoStatus(value: string): string | null {
  const text = value.replace(/^[\s"'`:([<]+/, '');
  const written = /^(?:n\/a|[a-z]+(?:[-_ ]upstream(?![-\w]))?)/i.exec(text.slice(0, longestWord + 1))?.[0] ?? '';
  const word = nearestWord(written);
  if (word === null) return null;
  const inside = insideOf(text.slice(written.length));
  const needsBrackets = word === 'Submitted' || word.startsWith('Ina');
  if (inside === '') return needsBrackets ? `${word} [${placeholders[word]}]` : word;
  return `${word} [${inside}]`;
}

function nearestWord(written: string): string | null {
  const plain = written.toLowerCase().replaceAll(/[_ ]/g, '-');
  const synonym = synonyms[plain];
  if (synonym !== undefined) return synonym;
  const words = Object.keys(states).map((word) => word.toLowerCase());
  const maxDistance = Math.min(mostTypos, Math.floor(plain.length / 3));
  const nearest = maxDistance === 0 ? undefined : closestMatch(plain, words, { maxDistance });
  return Object.keys(states).find((word) => word.toLowerCase() === nearest) ?? null;
}

function insideOf(rest: string): string {
  let text = bounded(rest).replace(/^[\s:,;–-]+/, '');
  const opened = /^[[(<{]/.test(text);
  if (opened) text = text.slice(1);
  const end = opened ? text.search(/[\])>}][^\])>}]*$/) : -1;
  // What follows the brackets moves into them, since nothing else says where it belongs.
  if (end >= 0) text = `${text.slice(0, end)} ${text.slice(end + 1)}`;
  return text.replaceAll(/[[\]]/g, ' ').replaceAll(/\s+/g, ' ').trim();
}

/** The values, ready to paste, for a state and its evidence, or for the usual cases. Empty: none says that state. */
export function yoctoStatuses(marker: Partial<Marker> | null): readonly string[] {
  const state = marker?.state;
  if (state === undefined) return Object.keys(states).map((word) => `${word} [${placeholders[word]}]`);
  const word = state === 'accepted' ? 'Backport' : Object.keys(states).find((one) => states[one] === state);
  return word === undefined ? [] : [`${word} [${brackets(word, marker?.evidence)}]`];
}

function brackets(word: string, evidence: readonly Evidence[] | undefined): string {
  const fallback = placeholders[word] ?? '';
  const text =
    word === 'Submitted' || word === 'Backport'
      ? evidenceText(evidence, ['url', 'commit', 'pull-request', 'release', 'issue', 'reason'], fallback)
      : evidenceText(evidence, ['reason', 'issue', 'url', 'pull-request'], fallback);
  return text.replaceAll(/[[\]]/g, ' ').trim();
}
