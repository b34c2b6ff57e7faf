// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** A commit's parents; null where it is not there. */
export type ParentsOf = (sha: string) => Promise<readonly string[] | null>;

/** Where a line of commits left what another commit reaches. */
export interface Fork {
  /** null where they have nothing in common. */
  readonly mergeBase: string | null;
  /** The commits since then, parents first. */
  readonly line: readonly string[];
}

/** Beyond so many commits Git is faster, even though it is a process of its own. */
const farthest = 500;

/**
 * What leads to `head` and not to `base`, where that is a line, as it mostly is; null where it is not, or is long, and
 * Git has to tell. A process for each question would take most of the time of a test with many pull requests.
 */
export async function forkOf(base: string, head: string, parentsOf: ParentsOf): Promise<Fork | null> {
  const reached = await reachableFrom(base, parentsOf);
  if (reached === null) return null;
  const line: string[] = [];
  for (let at: string | undefined = head; at !== undefined; ) {
    if (reached.has(at)) return { mergeBase: at, line: line.reverse() };
    const parents: readonly string[] | null = await parentsOf(at);
    if (parents === null || parents.length > 1 || line.length === farthest) return null;
    line.push(at);
    at = parents[0];
  }
  return { mergeBase: null, line: line.reverse() };
}

async function reachableFrom(sha: string, parentsOf: ParentsOf): Promise<ReadonlySet<string> | null> {
  const reached = new Set([sha]);
  // A set hands out what is added meanwhile, too.
  for (const one of reached) {
    const parents = await parentsOf(one);
    if (parents === null || reached.size > farthest) return null;
    for (const parent of parents) reached.add(parent);
  }
  return reached;
}
