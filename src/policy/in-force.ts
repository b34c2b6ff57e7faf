// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Origin } from './merge.ts';
import type { Policy, PolicySource } from './policy.ts';
import { settingsSchema } from './schema.ts';
import { dotted, equal, isTree, type Tree, valueAt } from './tree.ts';

/** Hexadecimal digits of a commit that are shown. */
export const shortCommit = 12;

/** Where a value was set. */
export interface SetAt {
  readonly source: PolicySource;
  readonly line: number;
}

/** A key of the policy in force. */
export interface InForce {
  readonly path: readonly string[];
  readonly value: unknown;
  /** Of a list, where each entry was set; of another value one place; none where no file sets it. */
  readonly setAt: readonly SetAt[];
}

/** Every setting as it stands in a policy file. */
export function settingsOf({ rules, checkName, overrides }: Policy): Tree {
  return { policy: { name: checkName }, ...rules, overrides };
}

/** Every key of the policy with its value, in the order of the table of keys, and where the value comes from. */
export function valuesInForce(policy: Policy): readonly InForce[] {
  return leaves(settingsOf(policy), []).map(({ path, value }) => ({ path, value, setAt: placesOf(policy, path) }));
}

let defaults: Tree | undefined;

/** Whether the value is the one that the key has without any file. */
export function isDefault({ path, value }: InForce): boolean {
  defaults ??= settingsSchema.parse({}) as unknown as Tree;
  return equal(value, valueAt(defaults, path));
}

function leaves(tree: Tree, above: readonly string[]): { path: readonly string[]; value: unknown }[] {
  return Object.entries(tree).flatMap(([key, value]) => {
    const path = [...above, key];
    return isTree(value) && Object.keys(value).length > 0 ? leaves(value, path) : [{ path, value }];
  });
}

/** A mapping can be set as a whole, as the floor does. */
function placesOf(policy: Policy, path: readonly string[]): readonly SetAt[] {
  for (let length = path.length; length > 0; length -= 1) {
    const set = policy.origins.get(dotted(path.slice(0, length)));
    if (set !== undefined) return [set].flat().flatMap((origin) => placeOf(policy, origin));
  }
  return [];
}

function placeOf({ sources, floor }: Policy, { file, line }: Origin): SetAt[] {
  const source = sources[file] ?? floor?.source;
  return source === undefined ? [] : [{ source, line }];
}

/** Whether all of a value may be shown: no part of it comes from a file that readers may not be able to read. */
export function mayShow({ setAt }: InForce): boolean {
  return setAt.every(({ source }) => source.hidden !== true);
}
