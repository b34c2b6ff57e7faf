// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { isDeepStrictEqual } from 'node:util';

/** A mapping of a policy file as plain data, with those keys that the file has. */
export type Tree = { readonly [key: string]: unknown };

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path; undefined where there is none. */
export function valueAt(tree: Tree, path: readonly string[]): unknown {
  let at: unknown = tree;
  for (const step of path) {
    if (!isTree(at) || !Object.hasOwn(at, step)) return undefined;
    at = at[step];
  }
  return at;
}

/** The tree with another value at a path. What lies beside the path is shared with the tree given. */
export function withValue(tree: Tree, path: readonly string[], value: unknown): Tree {
  const [step, ...rest] = path;
  if (step === undefined) return tree;
  if (rest.length === 0) return { ...tree, [step]: value };
  const inner = Object.hasOwn(tree, step) ? tree[step] : undefined;
  return { ...tree, [step]: withValue(isTree(inner) ? inner : {}, rest, value) };
}

export function equal(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(one, other);
}

/** Path steps as messages name them: `license.scopes[0].allow`. */
export function dotted(path: readonly PropertyKey[]): string {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`));
  return steps.join('').replace(/^\./, '');
}
