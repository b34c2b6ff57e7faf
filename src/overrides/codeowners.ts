// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type Glob, glob } from '../rules/glob.ts';

interface Line {
  readonly matches: Glob;
  /** In lower case: `login` or `org/team`. */
  readonly owners: readonly string[];
}

/** The owners of a path, in lower case: logins and `org/team`. None where nobody owns it. */
export type OwnersOf = (path: string) => readonly string[];

/** GitHub reads no larger file. */
const largest = 3 * 1024 * 1024;
const mostLines = 10_000;

/**
 * Reads a CODEOWNERS file: the last line that matches a path names its owners, and may name none. Lines with what
 * GitHub does not support (`!`, `[`) are skipped, as GitHub does. Owners by e-mail address are left out, since nobody
 * can be told by it. See "About code owners" in GitHub's documentation.
 */
export function readCodeowners(text: string): OwnersOf {
  if (text.length > largest) return () => [];
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.length > mostLines) return () => [];
  const parsed = lines.flatMap(parseLine).reverse();
  return (path) => parsed.find(({ matches }) => matches(path))?.owners ?? [];
}

function parseLine(line: string): Line[] {
  const words = withoutComment(line).match(/(?:\\.|[^\s\\])+/g) ?? [];
  const [pattern, ...owners] = words;
  if (pattern === undefined || /^!|[[\]]/.test(pattern)) return [];
  const named = owners.filter((owner) => owner.startsWith('@')).map((owner) => owner.slice(1).toLowerCase());
  return [{ matches: matcher(pattern), owners: named }];
}

function withoutComment(line: string): string {
  const hash = /(?:^|\s)#/.exec(line);
  return hash === null ? line : line.slice(0, hash.index);
}

/** As in .gitignore: without a slash in it a pattern holds at any depth, and it means a file or all below a directory. */
function matcher(pattern: string): Glob {
  const anchored = /\/./.test(pattern) ? pattern : `**/${pattern}`;
  const escaped = anchored.replace(/[{}]/g, '\\$&');
  const whole = glob(escaped);
  if (escaped.endsWith('/') || escaped.endsWith('/*') || escaped.endsWith('**')) return whole;
  const below = glob(`${escaped}/**`);
  return (path) => whole(path) || below(path);
}
