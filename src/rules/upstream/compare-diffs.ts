// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say, type Text } from '../text.ts';
import { readPatchHeader } from './patch/header.ts';

/** Added and removed lines by path, joined; null where they are not known, as of a binary file. */
export type Changes = ReadonlyMap<string, string | null>;

/** A file of a commit; `patch` as GitHub shows it, from the first `@@` on; null: binary, or too large to be shown. */
interface ShownFile {
  readonly path: string;
  readonly patch: string | null;
}

/**
 * Where one change is not another, upstream's: added and removed lines count, in their order; context, line numbers and
 * leading directories do not. One text for each file. Linear.
 */
export function compareChanges(own: Changes, upstream: Changes): Text[] {
  const left = new Map(upstream);
  const byName = Map.groupBy(upstream.keys(), nameOf);
  const differences = [...own].flatMap(([path, lines]): Text[] => {
    const found = left.has(path) ? path : namesake(path, byName.get(nameOf(path)) ?? [], left);
    if (found === undefined) return [say`${path} is not changed there`];
    const theirs = left.get(found);
    left.delete(found);
    return lines == null || theirs == null || theirs === lines ? [] : [say`${path} differs`];
  });
  return [...differences, ...[...left.keys()].map((path) => say`${path} is left out here`)];
}

/** Files of one name are tried so far: somebody may choose thousands of them. */
const mostNamesakes = 100;

/** The file that lies in other leading directories there, as that of a project in a project does. */
function namesake(path: string, candidates: readonly string[], left: Changes): string | undefined {
  return candidates
    .slice(0, mostNamesakes)
    .find((other) => left.has(other) && (other.endsWith(`/${path}`) || path.endsWith(`/${other}`)));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** What a commit changes. */
export function changesInFiles(files: readonly ShownFile[]): Changes {
  return new Map(files.map(({ path, patch }) => [path, patch === null ? null : hunkLines(patch)]));
}

/** What a patch file changes. */
export function changesInPatch(text: string): Changes {
  const { diffLine } = readPatchHeader(text);
  const files = new Map<string, string>();
  if (diffLine === null) return files;
  let [path, removed] = ['', ''];
  const hunk: Hunk = { old: 0, fresh: 0 };
  for (const line of text.split('\n').slice(diffLine - 1)) {
    const plain = line.replace(/\r$/, '');
    const kept = step(hunk, plain);
    if (kept !== null) files.set(path, (files.get(path) ?? '') + kept);
    else if (plain.startsWith('--- ')) removed = nameIn(plain);
    else if (plain.startsWith('+++ ')) path = nameIn(plain) === '/dev/null' ? removed : nameIn(plain);
  }
  return files;
}

/** `--- a/src/main.c` and a date, perhaps → `src/main.c` */
function nameIn(line: string): string {
  const name = line.slice(4).split('\t', 1)[0]?.trim() ?? '';
  return name === '/dev/null' ? name : name.replace(/^[^/]+\//, '');
}

/** How many lines of the old and of the new file a hunk still has. */
interface Hunk {
  old: number;
  fresh: number;
}

/** What a line adds or removes, nothing for context and headings; null where it belongs to no hunk. */
function step(hunk: Hunk, line: string): string | null {
  if (hunk.old <= 0 && hunk.fresh <= 0) {
    const heading = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(line);
    if (heading === null) return null;
    hunk.old = Number(heading[1] ?? 1);
    hunk.fresh = Number(heading[2] ?? 1);
    return '';
  }
  const sign = line.charAt(0);
  if (sign === '\\') return '';
  if (sign !== '+') hunk.old -= 1;
  if (sign !== '-') hunk.fresh -= 1;
  return sign === '+' || sign === '-' ? `${line}\n` : '';
}

function hunkLines(patch: string): string {
  const hunk: Hunk = { old: 0, fresh: 0 };
  return patch
    .split('\n')
    .map((line) => step(hunk, line) ?? '')
    .join('');
}
