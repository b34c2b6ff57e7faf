// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

const mostPaths = 100_000;

/** The paths of a baseline file: one a line, `#` begins a comment, blank lines say nothing. */
export function baselineIn(text: string | null): ReadonlySet<string> {
  const lines = (text ?? '').split('\n', mostPaths).map((line) => line.replace(/^\.\//, '').trim());
  return new Set(lines.filter((line) => line !== '' && !line.startsWith('#')));
}
