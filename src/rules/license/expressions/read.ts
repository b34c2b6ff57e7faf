// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import parse from 'spdx-expression-parse';
import { say, type Text } from '../../text.ts';
import { cut, type Leaf, readLeaf } from './leaf.ts';
import { fold } from './spdx.ts';
import type { Tree } from './tree.ts';

const longestExpression = 1_000;
const deepestNesting = 100;

type Reading = { readonly tree: Tree } | { readonly tree: null; readonly problem: Text };

/** Blank space, a parenthesis, a word, or one character that has no place in an expression. */
const token = /[ \t\n\r\f\v]+|[()]|[A-Za-z0-9.:-]+\+?|./gsu;
const blank = /^[ \t\n\r\f\v]/;
const word = /^[A-Za-z0-9]/;

/**
 * Reads an SPDX license expression (SPDX Specification 3.0, Annex B) of at most 1,000 characters and 100 nested
 * parentheses, or says why it can't be read. Ids that the list doesn't have are read too, as unrecognised leaves.
 *
 * The names are read here and the structure by spdx-expression-parse, which is given a number for each name: it knows
 * neither letter case nor deprecated exceptions, UNLICENSED or NOASSERTION, and it reads `OR` inside `MIT ORacle`.
 */
export function readExpression(expression: string): Reading {
  if (expression.length > longestExpression) {
    return {
      tree: null,
      problem: say`It has ${expression.length} characters; an expression may have ${longestExpression}.`,
    };
  }
  const tokens = (expression.match(token) ?? []).filter((part) => !blank.test(part));
  const problem = problemIn(tokens);
  if (problem !== null) return { tree: null, problem };
  const { leaves, skeleton } = namesOf(tokens);
  try {
    return { tree: treeOf(parse(skeleton), leaves) };
  } catch {
    return { tree: null, problem: say`Its operators, names and parentheses don’t fit together.` };
  }
}

function problemIn(tokens: readonly string[]): Text | null {
  if (tokens.length === 0) return say`It is empty.`;
  if (nestingOf(tokens) > deepestNesting) return say`Its parentheses are nested more than ${deepestNesting} deep.`;
  const stray = tokens.find((part) => part !== '(' && part !== ')' && !word.test(part));
  if (stray !== undefined) return say`${stray} has no place in an SPDX license expression.`;
  const second = tokens.findIndex((part, index) => isName(part) && isName(tokens[index - 1]));
  if (second === -1) return null;
  return say`AND, OR or WITH is missing between ${cut(tokens[second - 1] ?? '')} and ${cut(tokens[second] ?? '')}.`;
}

function nestingOf(tokens: readonly string[]): number {
  let depth = 0;
  let deepest = 0;
  for (const part of tokens) {
    if (part === '(') deepest = Math.max(deepest, ++depth);
    if (part === ')') depth--;
  }
  return deepest;
}

function isOperator(part: string): boolean {
  return ['and', 'or', 'with'].includes(fold(part));
}

function isName(part: string | undefined): boolean {
  return part !== undefined && word.test(part) && !isOperator(part);
}

/** WITH binds closest and stands between two names, so both are one leaf; anything else is left to the parser. */
function namesOf(tokens: readonly string[]): { leaves: Leaf[]; skeleton: string } {
  const leaves: Leaf[] = [];
  const skeleton: string[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const part = tokens[index] ?? '';
    if (!isName(part)) {
      skeleton.push(part);
      continue;
    }
    const exception = fold(tokens[index + 1] ?? '') === 'with' ? tokens[index + 2] : undefined;
    const complete = exception !== undefined && isName(exception);
    skeleton.push(`LicenseRef-${leaves.length}`);
    leaves.push(readLeaf(part, complete ? exception : null));
    if (complete) index += 2;
  }
  return { leaves, skeleton: skeleton.join(' ') };
}

function treeOf(info: parse.Info, leaves: readonly Leaf[]): Tree {
  if ('conjunction' in info) {
    return { operator: info.conjunction, left: treeOf(info.left, leaves), right: treeOf(info.right, leaves) };
  }
  const leaf = leaves[Number(info.license.slice('LicenseRef-'.length))];
  if (leaf === undefined) throw new Error(`no name for ${info.license}`);
  return leaf;
}
