// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say, type Text } from '../../text.ts';
import { type CompatibilityRow, type Compatible, compatibilityTable } from './compatibility-table.ts';
import { type CopyleftClass, copyleftOf } from './copyleft.ts';
import type { Evaluation } from './evaluate.ts';
import { cut, type Leaf } from './leaf.ts';
import { leavesOf, type Tree, worthOf } from './tree.ts';

export type { Compatible } from './compatibility-table.ts';

/** Whether code under one license may come into a work under another. */
export interface Compatibility {
  readonly answer: Compatible;
  /** One or more whole sentences. */
  readonly why: Text;
  /** Where that is said; null where nothing is known of the pair. */
  readonly source: string | null;
}

const freeToJoin = new Set<CopyleftClass | undefined>(['permissive', 'public-domain']);
const order: readonly Compatible[] = ['no', 'review', 'yes'];

const rowsByPair = new Map<string, CompatibilityRow>(
  compatibilityTable.flatMap((row) =>
    row.from.flatMap((from) => row.into.map((into) => [`${from} ${into}`, row] as const)),
  ),
);

/**
 * Whether code under the expression `from` may become part of a work that is under `into` and stays so. Of an OR in
 * `from` one side is enough, of an AND both are needed; of an OR in `into` both, since the work is offered under each.
 */
export function compatibility(from: Evaluation, into: Evaluation): Compatibility {
  if (from.tree === null || from.canonical === null) return review(say`The license of the code can’t be read.`);
  if (into.tree === null || into.canonical === null) return review(say`The license of the work can’t be read.`);
  const { tree } = from;
  if (from.canonical === into.canonical && from.ids.length > 0) return same(from.canonical);
  const pairs = leavesOf(into.tree).flatMap((target) => leavesOf(tree).map((leaf) => pairOf(leaf, target)));
  const answer = intoTree(tree, into.tree);
  const deciding = pairs.find((pair) => pair.answer === answer);
  return deciding ?? review(say`Parts of ${cut(into.canonical)} permit it and others don’t.`);
}

function intoTree(from: Tree, into: Tree): Compatible {
  if (!('operator' in into)) return worthOf(from, order, (leaf) => pairOf(leaf, into).answer);
  const left = intoTree(from, into.left);
  const right = intoTree(from, into.right);
  if (left === right) return left;
  // AND says that parts of the work differ, and not which part the code goes into.
  if (into.operator === 'and') return 'review';
  return order.indexOf(left) < order.indexOf(right) ? left : right;
}

function pairOf(from: Leaf, into: Leaf): Compatibility {
  if (from.kind === 'statement' && from.osi === 'no') {
    return { answer: 'no', why: say`${from.name} grants no license.`, source: null };
  }
  if (from.kind === 'statement' || from.license === null || into.license === null) {
    const identical = from.kind === 'reference' && from.name === into.name;
    return identical ? same(from.name) : nothingKnown(from, into);
  }
  if (from.name === into.name) return same(from.name);
  if (from.license === into.license) return ofOneLicense(from, into);
  const row = rowsByPair.get(`${from.license} ${into.license}`);
  if (row === undefined) return nothingKnown(from, into);
  const { answer, source, why } = row;
  if (answer === 'review' || !isCertain(answer, from, into)) {
    return { ...nothingKnown(from, into, answer === 'review' ? why : ''), source };
  }
  const may = answer === 'yes' ? 'may' : 'can’t';
  return { answer, source, why: say`Code under ${from.name} ${[may]} come into a work under ${into.name}. ${[why]}` };
}

/**
 * A plus sign or an exception only adds permissions. The code's may make up for a no; the work's would be missing
 * from code that comes in, unless that is free to have any terms.
 */
function isCertain(answer: Compatible, from: Leaf, into: Leaf): boolean {
  if (answer === 'no') return from.name === from.license;
  return into.name === into.license || freeToJoin.has(copyleftOf(from.name)?.class);
}

function ofOneLicense(from: Leaf, into: Leaf): Compatibility {
  if (into.name !== into.license) return nothingKnown(from, into);
  const why = say`${from.name} permits whatever ${into.name} permits.`;
  return { answer: 'yes', why, source: null };
}

function same(name: string): Compatibility {
  return { answer: 'yes', why: say`The code and the work are both under ${cut(name)}.`, source: null };
}

function nothingKnown(from: Leaf, into: Leaf, why = ''): Compatibility {
  const question = say`Whether code under ${cut(from.name)} may come into a work under ${cut(into.name)} is for a human to say.`;
  return review(why === '' ? question : [...question, ` ${why}`]);
}

function review(why: Text): Compatibility {
  return { answer: 'review', why, source: null };
}
