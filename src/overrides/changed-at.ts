// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * Finds what is changed at paths, each once: the file itself, or for a directory the files that lie in it; a path at
 * which nothing is changed stands for itself. null where a path may be a directory in which more is changed than is
 * known, that is, unless `complete`.
 *
 * Whoever owns all that lies in a directory does not own the directory by its name: that is in another line of
 * CODEOWNERS, such as `*`.
 */
export function changedAt(
  changed: readonly string[],
  complete: boolean,
): (paths: readonly string[]) => readonly string[] | null {
  const files = new Set(changed);
  const sorted = changed.toSorted();
  const at = (path: string) => {
    if (files.has(path)) return [path];
    const inside = within(path, sorted);
    return inside.length === 0 ? [path] : inside;
  };
  return (paths) => {
    if (!complete && paths.some((path) => !files.has(path))) return null;
    return [...new Set([...new Set(paths)].flatMap(at))];
  };
}

/** They lie side by side, so that nobody has to look at all of them for each directory. */
function within(directory: string, sorted: readonly string[]): readonly string[] {
  const prefix = `${directory}/`;
  let from = 0;
  for (let end = sorted.length; from < end; ) {
    const middle = Math.floor((from + end) / 2);
    if ((sorted[middle] ?? '') < prefix) from = middle + 1;
    else end = middle;
  }
  let to = from;
  while (sorted[to]?.startsWith(prefix)) to += 1;
  return sorted.slice(from, to);
}
