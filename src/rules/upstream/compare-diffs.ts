// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say, type Text } from '../text.ts';
import type { Changes } from './patch/changes.ts';

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
