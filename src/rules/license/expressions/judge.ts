// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say, type Text } from '../../text.ts';
import type { Evaluation } from './evaluate.ts';
import { cut, type Leaf } from './leaf.ts';
import { readExpression } from './read.ts';
import { fold, type Ternary } from './spdx.ts';
import { elect, hasChoice, leavesOf, render, ternaryOrder, worthOf } from './tree.ts';

/** What a policy asks of a license. The lists hold ids, `X WITH Y` and LicenseRef-, in any letter case. */
export interface Terms {
  /** `osi`: it has to be OSI-approved, and in `allow` unless that is empty. `listed`: it has to be in `allow`. */
  readonly require: 'osi' | 'listed';
  readonly allow: readonly string[];
  /** Acceptable whatever `require` and `allow` say. */
  readonly alsoAllow: readonly string[];
  /** Never acceptable, whatever the others say. */
  readonly deny: readonly string[];
}

/** The policy's key that decides. `unknown`: it can't be said what the license is. */
export type DecidingKey = 'require' | 'allow' | 'alsoAllow' | 'deny' | 'unknown';

/** How a policy's terms judge an expression. */
export interface Acceptance {
  readonly acceptable: Ternary;
  readonly decidedBy: DecidingKey;
  /** One or more whole sentences. */
  readonly why: Text;
  /** Where it is acceptable and there are ORs: the expression with the first acceptable branch of each. */
  readonly elected: string | null;
}

interface Decision {
  readonly value: Ternary;
  readonly by: DecidingKey;
  readonly why: Text;
}

const mostReasons = 3;

/**
 * Judges each license of an expression by the terms, and joins that by the expression's AND and OR. A list's entry
 * for `X` holds for `X WITH Y` and `X+` too, unless a list names these themselves: the closer entry decides, and of
 * two equally close ones `deny`. Expressions that aren't valid are never acceptable.
 */
export function judgeExpression(evaluation: Evaluation, terms: Terms): Acceptance {
  const { tree, canonical } = evaluation;
  if (tree === null) return unknown(evaluation.problem);
  const lists = listsOf(terms);
  const decisions = new Map(leavesOf(tree).map((leaf) => [leaf, decide(leaf, lists)]));
  const decisionOn = (leaf: Leaf) => decisions.get(leaf) ?? decide(leaf, lists);
  const value = (leaf: Leaf) => decisionOn(leaf).value;
  const acceptable = worthOf(tree, ternaryOrder, value);
  if (acceptable === 'yes' && canonical === null) return unknown(evaluation.problem);
  const chosen = acceptable === 'yes' ? elect(tree, ternaryOrder, value) : tree;
  const deciding = leavesOf(chosen)
    .map(decisionOn)
    .filter((decision) => decision.value === acceptable);
  const elected = acceptable === 'yes' && hasChoice(tree) ? render(chosen) : null;
  return {
    acceptable,
    decidedBy: deciding[0]?.by ?? 'unknown',
    why: reasons(deciding, elected),
    elected,
  };
}

/**
 * An entry of a policy's list in the list's spelling (`gpl-2.0+` is `GPL-2.0-or-later`), or null where it isn't
 * one license: an expression with AND or OR, or a name that SPDX doesn't know.
 */
export function canonicalEntry(entry: string): string | null {
  const { tree } = readExpression(entry);
  if (tree === null || 'operator' in tree) return null;
  return tree.kind === 'listed' || tree.kind === 'reference' ? tree.name : null;
}

interface Lists {
  readonly require: Terms['require'];
  readonly allow: ReadonlySet<string>;
  readonly alsoAllow: ReadonlySet<string>;
  readonly deny: ReadonlySet<string>;
}

function listsOf({ require, allow, alsoAllow, deny }: Terms): Lists {
  return { require, allow: setOf(allow), alsoAllow: setOf(alsoAllow), deny: setOf(deny) };
}

function setOf(entries: readonly string[]): Set<string> {
  return new Set(entries.map((entry) => fold(canonicalEntry(entry) ?? entry)));
}

function decide(leaf: Leaf, lists: Lists): Decision {
  if (leaf.kind === 'unrecognised') return { value: 'unknown', by: 'unknown', why: leaf.problem ?? unnamed };
  if (leaf.kind === 'statement') return decideStatement(leaf);
  const names = new Set([leaf.name, leaf.license ?? leaf.name]);
  const listed = [...names].map((name) => decideByEntry(leaf, name, lists)).find((decision) => decision !== null);
  if (listed !== undefined) return listed;
  if (lists.require === 'osi' && leaf.osi !== 'yes') return decideByFlag(leaf);
  if (lists.require === 'osi' && lists.allow.size === 0) return decideByFlag(leaf);
  return { value: 'no', by: 'allow', why: say`${cut(leaf.name)} is not among the licenses that are allowed.` };
}

/** The leaf by a list's entry for this name of it, or null where none has one. */
function decideByEntry(leaf: Leaf, name: string, { require, allow, alsoAllow, deny }: Lists): Decision | null {
  const id = fold(name);
  if (deny.has(id)) return { value: 'no', by: 'deny', why: say`${cut(name)} is denied.` };
  if (alsoAllow.has(id))
    return { value: 'yes', by: 'alsoAllow', why: say`${cut(name)} is allowed, OSI-approved or not.` };
  if (!allow.has(id)) return null;
  if (require === 'osi' && leaf.osi !== 'yes') return decideByFlag(leaf);
  return { value: 'yes', by: 'allow', why: say`${cut(name)} is allowed.` };
}

function decideByFlag({ name, osi }: Leaf): Decision {
  if (osi === 'yes') return { value: 'yes', by: 'require', why: say`${cut(name)} is OSI-approved.` };
  if (osi === 'no') return { value: 'no', by: 'require', why: say`${cut(name)} is not OSI-approved.` };
  return {
    value: 'unknown',
    by: 'unknown',
    why: say`Whether ${cut(name)} is OSI-approved can’t be told from its name.`,
  };
}

function decideStatement({ name, osi }: Leaf): Decision {
  if (osi === 'no') return { value: 'no', by: 'require', why: say`${cut(name)} grants no license.` };
  return { value: 'unknown', by: 'unknown', why: say`${cut(name)} says nothing of the license.` };
}

const unnamed = say`The license expression can’t be read.`;

function unknown(problem: Text | null): Acceptance {
  return { acceptable: 'unknown', decidedBy: 'unknown', why: problem ?? unnamed, elected: null };
}

function reasons(decisions: readonly Decision[], elected: string | null): Text {
  const different = [...new Map(decisions.map((decision) => [JSON.stringify(decision.why), decision.why])).values()];
  const shown = different.slice(0, mostReasons).flatMap((why, index) => (index === 0 ? why : [' ', ...why]));
  const rest = different.length - mostReasons;
  const all = rest > 0 ? say`${shown} ${rest} more reasons are left out.` : shown;
  return elected === null ? all : say`${elected} is elected. ${all}`;
}
