// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say } from '../../text.ts';
import type { Evidence, Problem } from '../model.ts';
import { excerpt, type Line } from './lines.ts';
import { nearMiss } from './problems.ts';

/** A line in parentheses that says from which commit a change was taken, as `git cherry-pick -x` writes it. */
export interface Provenance {
  readonly verb: 'cherry picked' | 'backported';
  /** 40 or 64 digits, in lower case. */
  readonly sha: string;
  /** What follows the commit, as it was written. */
  readonly repository: string | null;
  readonly branch: string | null;
  readonly line: number;
  /** The last of its lines: a long one is broken after the commit. */
  readonly lastLine: number;
  readonly raw: string;
}

const exact = /^\((cherry picked|backported) from commit ([0-9a-f]{40}(?:[0-9a-f]{24})?)((?: [^\s()]{1,300}){0,2})\)$/;
const start = /^\W{0,3}(?:cherry|back)[ -]?p(?:ick|ort)ed/i;
const meant =
  /^\W{0,3}(cherry|back)[ -]?p(?:ick|ort)ed[:,]?(?: (?:from|of))?(?: upstream)?(?: commit)?:? {1,3}([0-9a-f]{7,64})(?![0-9a-z])(.*)$/i;

/** Lines that say where the change comes from, and those that were meant to and don't. Linear time. */
export function provenances(lines: readonly Line[]): {
  readonly found: readonly Provenance[];
  readonly problems: readonly Problem[];
} {
  const found: Provenance[] = [];
  const problems: Problem[] = [];
  lines.forEach((line, index) => {
    if (!start.test(line.text)) return;
    const read = readFrom(lines.slice(index, index + 3));
    if (read === null) return;
    if ('sha' in read) found.push(read);
    else problems.push(read);
  });
  return { found, problems };
}

/** The commit that it names, as evidence. */
export function commitOf({ sha, repository, branch }: Provenance): Evidence {
  return { kind: 'commit', sha, repository, branch };
}

function readFrom(lines: readonly Line[]): Provenance | Problem | null {
  const [first] = lines;
  if (first === undefined) return null;
  const whole = joined(lines);
  const match = exact.exec(whole.text);
  if (match === null) return readMeant(first.number, whole.text);
  const [repository = null, branch = null] = (match[3] ?? '')
    .trim()
    .split(' ')
    .filter((word) => word !== '');
  return {
    verb: match[1] === 'backported' ? 'backported' : 'cherry picked',
    sha: match[2] ?? '',
    repository,
    branch,
    line: first.number,
    lastLine: whole.lastLine,
    raw: excerpt(whole.raw),
  };
}

/** A line that opens a parenthesis goes on until it is closed, for two more lines at most. */
function joined(lines: readonly Line[]): { readonly text: string; readonly raw: string; readonly lastLine: number } {
  const [first = { number: 1, text: '' }] = lines;
  const end = first.text.startsWith('(') ? lines.findIndex(({ text }) => text.endsWith(')')) : 0;
  const parts = lines.slice(0, end < 0 ? 1 : end + 1);
  return {
    text: parts.map(({ text }) => text.trim()).join(' '),
    raw: parts.map(({ text }) => text).join('\n'),
    lastLine: parts.at(-1)?.number ?? first.number,
  };
}

function readMeant(line: number, text: string): Problem | null {
  const match = meant.exec(text);
  if (match === null) return null;
  const [, verb = '', sha = '', rest = ''] = match;
  const words = rest
    .replace(/[()\]]/g, ' ')
    .split(/\s/)
    .filter((word) => word !== '');
  const form = `(${verb.toLowerCase() === 'back' ? 'backported' : 'cherry picked'} from commit`;
  if (sha.length !== 40 && sha.length !== 64) {
    return nearMiss(line, say`The commit id is cut short. It has to be whole, with 40 digits: ${excerpt(text)}`, null);
  }
  const suggestion = words.length > 2 ? null : `${[form, sha.toLowerCase(), ...words].join(' ')})`;
  return nearMiss(line, say`This is not quite the line that names the commit: ${excerpt(text)}`, suggestion);
}
