// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { dotted, equal, isTree, type Tree } from './tree.ts';

/** Where a value was set: which of the files, and in which of its lines (from 1). */
export interface Origin {
  /** Index among the files that the policy is made of. */
  readonly file: number;
  readonly line: number;
}

/** By key, with dots: where its value was set, and of a list, where each entry was. Keys that no file sets are not there. */
export type Origins = ReadonlyMap<string, Origin | readonly Origin[]>;

/** What one file says, to be laid over others. */
export interface Sheet {
  readonly sections: Tree;
  /** Lists, by their keys with dots, that stand alone. */
  readonly replace: ReadonlySet<string>;
  /** Where the value at a path stands. */
  readonly originOf: (path: string) => Origin;
}

export interface Merged {
  readonly sections: Tree;
  readonly origins: Origins;
}

/**
 * Lays what each file says over what the files before it say. Three rules hold for every key:
 * mappings are merged key by key; a list gets its own entries first and then those below that it does not have yet,
 * unless the file names it in `replace`; any other value, also where it meets a list, takes the place of the one below.
 */
export function merge(sheets: readonly Sheet[]): Merged {
  const origins = new Map<string, Origin | readonly Origin[]>();
  let sections: Tree = {};
  for (const sheet of sheets) sections = mergeTree(sections, sheet.sections, [], { sheet, origins });
  return { sections, origins };
}

interface Laying {
  readonly sheet: Sheet;
  readonly origins: Map<string, Origin | readonly Origin[]>;
}

function mergeTree(below: Tree, above: Tree, path: readonly string[], laying: Laying): Tree {
  const merged: Record<string, unknown> = { ...below };
  for (const [key, value] of Object.entries(above)) {
    merged[key] = mergeValue(merged[key], value, [...path, key], laying);
  }
  return merged;
}

function mergeValue(below: unknown, above: unknown, path: readonly string[], laying: Laying): unknown {
  const { sheet, origins } = laying;
  const key = dotted(path);
  if (isTree(above)) {
    if (!isTree(below)) forget(key, origins);
    return mergeTree(isTree(below) ? below : {}, above, path, laying);
  }
  if (!Array.isArray(above)) {
    forget(key, origins);
    origins.set(key, sheet.originOf(key));
    return above;
  }
  const own = above.map((_, index) => sheet.originOf(`${key}[${index}]`));
  if (!Array.isArray(below) || sheet.replace.has(key)) {
    forget(key, origins);
    origins.set(key, own);
    return above;
  }
  const before = origins.get(key);
  const kept = below
    .map((entry, index) => ({ entry, index }))
    .filter(({ entry }) => !above.some((one) => equal(one, entry)));
  const theirs = Array.isArray(before) ? (before as readonly Origin[]) : [];
  origins.set(key, [...own, ...kept.flatMap(({ index }) => theirs[index] ?? [])]);
  return [...above, ...kept.map(({ entry }) => entry)];
}

/** A value that takes another's place takes that of everything inside it too. */
function forget(key: string, origins: Map<string, Origin | readonly Origin[]>): void {
  for (const one of origins.keys()) if (one === key || one.startsWith(`${key}.`)) origins.delete(one);
}
