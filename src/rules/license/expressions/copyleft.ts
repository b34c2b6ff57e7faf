// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type CopyleftClass, copyleftTable } from './copyleft-table.ts';
import type { Evaluation } from './evaluate.ts';
import { exceptionWithId, fold } from './spdx.ts';
import { worthOf } from './tree.ts';

export type { CopyleftClass } from './copyleft-table.ts';

/** A license's copyleft class, and the place in its text that says so. */
export interface Copyleft {
  readonly class: CopyleftClass;
  readonly source: string;
}

/** From the one that asks the least of whoever passes a work on to the one that asks the most. */
export const copyleftOrder: readonly CopyleftClass[] = [
  'public-domain',
  'permissive',
  'file',
  'library',
  'strong',
  'network',
];

const classes = new Map(
  Object.entries(copyleftTable).flatMap(([name, rows]) =>
    Object.entries(rows).map(([id, source]): [string, Copyleft] => [
      fold(id),
      { class: name as CopyleftClass, source: `${source} https://spdx.org/licenses/${id}.html` },
    ]),
  ),
);

/** Exceptions by which other works may be linked with a GPL-licensed part under terms of their own. */
const linkingExceptions = new Set(
  [
    'Classpath-exception-2.0',
    'Classpath-exception-2.0-short',
    'eCos-exception-2.0',
    'freertos-exception-2.0',
    'GCC-exception-2.0',
    'GCC-exception-2.0-note',
    'GCC-exception-3.1',
    'GNU-compiler-exception',
    'Independent-modules-exception',
    'WxWindows-exception-3.1',
  ].map((id) => exceptionWithId(id)),
);

/** The class of a license in its canonical spelling (`GPL-2.0-only WITH Classpath-exception-2.0`); null: not known. */
export function copyleftOf(name: string): Copyleft | null {
  const [id = '', exception] = name.split(' WITH ');
  const found = classes.get(fold(id.replace(/\+$/, ''))) ?? null;
  if (found?.class !== 'strong' || exception === undefined) return found;
  if (!linkingExceptions.has(exception)) return found;
  return { class: 'library', source: `The exception permits linking. https://spdx.org/licenses/${exception}.html` };
}

/**
 * The class of an expression: of AND the stricter side's, of OR the milder side's, since whoever receives the work
 * may choose. null where that can’t be told.
 */
export function copyleftOfExpression({ tree, canonical }: Evaluation): CopyleftClass | null {
  if (tree === null || canonical === null) return null;
  // AND takes the lesser of two values, so the strictest class has to come first; an unknown class decides over all.
  const order = [null, ...copyleftOrder.toReversed()];
  return worthOf(tree, order, (leaf) => copyleftOf(leaf.name)?.class ?? null);
}

/** Ids that have a class, for documentation. */
export const classifiedIds: readonly string[] = Object.values(copyleftTable).flatMap((rows) => Object.keys(rows));
