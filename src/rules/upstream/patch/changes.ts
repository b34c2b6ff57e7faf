// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { readPatchHeader } from './header.ts';

/** Added and removed lines by path, joined; null where they are not known, as of a binary file. */
export type Changes = ReadonlyMap<string, string | null>;

/** A file of a commit; `patch` as GitHub shows it, from the first `@@` on; null: binary, or too large to be shown. */
interface ShownFile {
  readonly path: string;
  readonly patch: string | null;
}

/** What a commit changes. */
export function changesInFiles(files: readonly ShownFile[]): Changes {
  return new Map(files.map(({ path, patch }) => [path, patch === null ? null : changedLines(patch)]));
}

function changedLines(patch: string): string {
  const lines: string[] = [];
  readHunks(patch, 0, { heading: () => undefined, changed: (some) => void lines.push(some) });
  return lines.join('');
}

/** What a patch file changes, without the first directory of its paths. Never throws; linear. */
export function changesInPatch(text: string): Changes {
  const { diffLine } = readPatchHeader(text);
  const files = new Map<string, string[]>();
  if (diffLine === null) return new Map();
  let [path, removed] = ['', ''];
  readHunks(text, startOf(text, diffLine), {
    heading: (line) => {
      if (line.startsWith('--- ')) removed = nameIn(line);
      else if (line.startsWith('+++ ')) path = nameIn(line) === '/dev/null' ? removed : nameIn(line);
    },
    changed: (lines) => {
      const known = files.get(path);
      if (known === undefined) files.set(path, [lines]);
      else known.push(lines);
    },
  });
  return new Map([...files].map(([file, lines]) => [file, lines.join('')]));
}

/** Where a line, counted from 1, starts. */
function startOf(text: string, line: number): number {
  let at = 0;
  for (let passed = 1; passed < line; passed += 1) at = lineEnd(text, at);
  return at;
}

/** `--- a/src/main.c` and a date, perhaps → `src/main.c` */
function nameIn(line: string): string {
  const name = line.slice(4).split('\t', 1)[0]?.trim() ?? '';
  return name === '/dev/null' ? name : name.replace(/^[^/]+\//, '');
}

interface Readers {
  /** Takes a line outside of hunks that may name a file. */
  readonly heading: (line: string) => void;
  /** Takes added and removed lines that follow each other, each with its line feed. */
  readonly changed: (lines: string) => void;
}

/** How many lines of the old and of the new file a hunk still has. */
interface Hunk {
  old: number;
  fresh: number;
}

const [plus, minus, backslash, atSign] = [0x2b, 0x2d, 0x5c, 0x40];
const longestHeading = 4096;

/** Goes through a diff once. Lines are told by their first character, and taken out of the text where they count. */
function readHunks(text: string, from: number, { heading, changed }: Readers): void {
  const hunk: Hunk = { old: 0, fresh: 0 };
  let run = -1;
  for (let at = from, end = from; at < text.length; at = end) {
    end = lineEnd(text, at);
    const mark = text.charCodeAt(at);
    const counts = isInside(hunk) && isChange(mark);
    if (counts && run < 0) run = at;
    if (!counts && run >= 0) {
      changed(plainly(text.slice(run, at)));
      run = -1;
    }
    if (isInside(hunk)) pass(hunk, mark);
    else if (mark === atSign) enter(hunk, text.slice(at, Math.min(end, at + longestHeading)));
    else if (isChange(mark)) heading(text.slice(at, Math.min(end, at + longestHeading)));
  }
  if (run >= 0) changed(plainly(text.slice(run)));
}

function isInside({ old, fresh }: Hunk): boolean {
  return old > 0 || fresh > 0;
}

function isChange(mark: number): boolean {
  return mark === plus || mark === minus;
}

/** `\\ No newline at end of file` is a line of neither file. */
function pass(hunk: Hunk, mark: number): void {
  if (mark === backslash) return;
  if (mark !== plus) hunk.old -= 1;
  if (mark !== minus) hunk.fresh -= 1;
}

function enter(hunk: Hunk, line: string): void {
  const heading = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(line);
  if (heading === null) return;
  hunk.old = Number(heading[1] ?? 1);
  hunk.fresh = Number(heading[2] ?? 1);
}

function plainly(lines: string): string {
  const ended = lines.endsWith('\n') ? lines : `${lines}\n`;
  return ended.includes('\r') ? ended.replaceAll('\r\n', '\n') : ended;
}

/** Where the next line starts. By hand, since lines of a hostile patch may be as short as one character. */
function lineEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== 0x0a) at += 1;
  return Math.min(at + 1, text.length);
}
