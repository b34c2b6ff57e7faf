// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say, type Text } from '../text.ts';
import { readPatchHeader } from './patch/header.ts';

interface Upstream {
  readonly path: string;
  /** As GitHub shows it: from the first `@@` on; null: binary, or too large to be shown. */
  readonly patch: string | null;
}

/**
 * Where a patch's diff is not the one of an upstream commit: added and removed lines count, in their order; context,
 * line numbers and leading directories do not. One text for each file. Linear.
 */
export function compareWithUpstream(patchText: string, upstream: readonly Upstream[]): Text[] {
  const own = changedLines(patchText);
  const left = new Map(upstream.map((file) => [file.path, file]));
  const differences = [...own].flatMap(([path, lines]): Text[] => {
    const found = left.get(path) ?? [...left.values()].find((file) => isSame(file.path, path));
    if (found === undefined) return [say`${path} is not changed there`];
    left.delete(found.path);
    if (found.patch === null) return [];
    return hunkLines(found.patch) === lines ? [] : [say`${path} differs`];
  });
  return [...differences, ...[...left.keys()].map((path) => say`${path} is left out here`)];
}

function isSame(one: string, other: string): boolean {
  return one.endsWith(`/${other}`) || other.endsWith(`/${one}`);
}

/** Added and removed lines of each file of a patch, joined. */
function changedLines(text: string): Map<string, string> {
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
