// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { GitError, gitOutput } from './git.ts';

/**
 * Every path that each commit touches against any of its parents, by one `git diff-tree`.
 * A renamed file counts with both names. Submodules count even where `.gitmodules` asks to ignore them, since whoever
 * makes the commit writes that file.
 */
export async function readPaths(shas: readonly string[]): Promise<Map<string, string[]>> {
  const what = ['-r', '-m', '--root', '--no-renames', '--ignore-submodules=none', '--name-status', '-z'];
  const output = await gitOutput(['diff-tree', '--stdin', ...what], { input: shas.map((sha) => `${sha}\n`).join('') });
  return parsePaths(shas, output.toString('utf8'));
}

/** Reads the output above: a commit's id, then pairs of a status and a path, each ended by NUL. */
function parsePaths(shas: readonly string[], output: string): Map<string, string[]> {
  const paths = new Map(shas.map((sha) => [sha, new Set<string>()]));
  const tokens = output.split('\0');
  tokens.pop();
  let current: Set<string> | undefined;
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] ?? '';
    // Told apart by position and length: a file may well be named like a commit, a status may not.
    if (token.length > 1) current = paths.get(token);
    else current?.add(tokens[++at] ?? '');
    if (current === undefined) throw new GitError('git diff-tree wrote something unexpected.');
  }
  return new Map([...paths].map(([sha, touched]) => [sha, [...touched]]));
}
