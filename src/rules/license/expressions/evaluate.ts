// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { oncePerText } from '../../once.ts';
import { say, type Text } from '../../text.ts';
import type { Leaf } from './leaf.ts';
import { readExpression } from './read.ts';
import type { Ternary } from './spdx.ts';
import { suggestionFor, suggestionForSlashes } from './suggest.ts';
import { elect, hasChoice, leavesOf, render, type Tree, ternaryOrder, worthOf } from './tree.ts';

/** What a license expression says. Plain data. */
export interface Evaluation {
  /** Whether it is OSI-approved. Never `yes` where a part of it isn't recognised. */
  readonly osi: Ternary;
  /** Where `osi` is `yes` and there are ORs: the expression with the first OSI-approved branch of each. */
  readonly elected: string | null;
  /** The expression in the list's spelling, with today's ids; null where it isn't a valid one. */
  readonly canonical: string | null;
  /** Its licenses in their canonical spelling, each once, exceptions included as `X WITH Y`; no NONE or NOASSERTION. */
  readonly ids: readonly string[];
  /** What is wrong with the expression, as whole sentences. */
  readonly problem: Text | null;
  /** An expression that the writer may have meant. It is to be shown as a question, and decides nothing. */
  readonly suggestion: string | null;
  /** The expression as read; null where its structure can't be. */
  readonly tree: Tree | null;
}

/**
 * Judges an SPDX license expression of any origin and size by the OSI flags of the SPDX License List. Never throws.
 *
 * OR is approved if any branch is, AND if all are, WITH if the license is and the exception is listed. LicenseRef-,
 * NOASSERTION and what can't be read are unknown; NONE and UNLICENSED are not approved.
 */
export const evaluate = oncePerText((expression: string): Evaluation => {
  const reading = readExpression(expression);
  if (reading.tree === null) return unreadable(expression, reading.problem);
  const { tree } = reading;
  const leaves = leavesOf(tree);
  const valid = leaves.every((leaf) => leaf.kind !== 'unrecognised');
  const osi = worthOf(tree, ternaryOrder, osiOf);
  const elected = valid && osi === 'yes' && hasChoice(tree) ? render(elect(tree, ternaryOrder, osiOf)) : null;
  return {
    osi: valid || osi === 'no' ? osi : 'unknown',
    elected,
    canonical: valid ? render(tree) : null,
    ids: idsOf(leaves),
    problem: problemOf(leaves),
    suggestion: suggestedFor(tree, leaves),
    tree,
  };
});

function unreadable(expression: string, problem: Text): Evaluation {
  const suggestion = suggestionForSlashes(expression) ?? suggestionFor(expression, 'license');
  return { osi: 'unknown', elected: null, canonical: null, ids: [], problem, suggestion, tree: null };
}

function osiOf(leaf: Leaf): Ternary {
  return leaf.osi;
}

function idsOf(leaves: readonly Leaf[]): string[] {
  const licenses = leaves.filter(({ kind }) => kind === 'listed' || kind === 'reference');
  return [...new Set(licenses.map(({ name }) => name))];
}

/** The first problem, and how many names have another one. */
function problemOf(leaves: readonly Leaf[]): Text | null {
  const troubled = new Map(leaves.flatMap(({ name, problem }) => (problem === null ? [] : [[name, problem] as const])));
  const [first = null] = troubled.values();
  if (first === null || troubled.size === 1) return first;
  return say`${first} ${troubled.size - 1} more of its names can’t be used as they are.`;
}

function suggestedFor(tree: Tree, leaves: readonly Leaf[]): string | null {
  const wrong = leaves.filter((leaf) => leaf.kind === 'unrecognised');
  const helpful = leaves.some((leaf) => leaf.suggestion !== null) && wrong.every((leaf) => leaf.suggestion !== null);
  return helpful ? render(tree, (leaf) => leaf.suggestion ?? leaf.name) : null;
}
