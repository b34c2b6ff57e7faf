// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Leaf } from './leaf.ts';
import type { Ternary } from './spdx.ts';

/** A license expression as read: names joined by AND and OR. */
export type Tree = Leaf | { readonly operator: 'and' | 'or'; readonly left: Tree; readonly right: Tree };

/**
 * Joins values with the given order, the first being the least: AND takes the lesser of two, OR the greater. With
 * `no`, `unknown`, `yes` that is Kleene's three-valued logic.
 */
export function worthOf<Value>(tree: Tree, order: readonly Value[], value: (leaf: Leaf) => Value): Value {
  if (!('operator' in tree)) return value(tree);
  const left = worthOf(tree.left, order, value);
  const right = worthOf(tree.right, order, value);
  const leftIsLess = order.indexOf(left) < order.indexOf(right);
  return leftIsLess === (tree.operator === 'and') ? left : right;
}

/** The order of truth, for `worthOf`. */
export const ternaryOrder: readonly Ternary[] = ['no', 'unknown', 'yes'];

/** What is left when each OR is replaced by the first of its branches that has the value that the OR has. */
export function elect<Value>(tree: Tree, order: readonly Value[], value: (leaf: Leaf) => Value): Tree {
  if (!('operator' in tree)) return tree;
  const left = elect(tree.left, order, value);
  const right = elect(tree.right, order, value);
  if (tree.operator === 'and') return { operator: 'and', left, right };
  return worthOf(left, order, value) === worthOf(tree, order, value) ? left : right;
}

export function hasChoice(tree: Tree): boolean {
  return 'operator' in tree && (tree.operator === 'or' || hasChoice(tree.left) || hasChoice(tree.right));
}

/** From left to right, as often as they occur. */
export function leavesOf(tree: Tree): Leaf[] {
  return 'operator' in tree ? [...leavesOf(tree.left), ...leavesOf(tree.right)] : [tree];
}

/** The expression with only the parentheses that it needs: AND binds closer than OR. */
export function render(tree: Tree, name: (leaf: Leaf) => string = (leaf) => leaf.name): string {
  if (!('operator' in tree)) return name(tree);
  const side = (branch: Tree) => {
    const text = render(branch, name);
    return tree.operator === 'and' && 'operator' in branch && branch.operator === 'or' ? `(${text})` : text;
  };
  return `${side(tree.left)} ${tree.operator.toUpperCase()} ${side(tree.right)}`;
}
