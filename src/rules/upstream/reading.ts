// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Reading } from './model.ts';

interface Reads<Input> {
  readonly read: (input: Input) => Reading;
}

/**
 * What the conventions that hold at one place find there: the first that finds a marker, else the first that finds a
 * near miss, else the first. There has to be one.
 */
export function readAll<Input, Convention extends Reads<Input>>(
  conventions: readonly Convention[],
  input: Input,
): { readonly convention: Convention; readonly reading: Reading } {
  const all = conventions.map((convention) => ({ convention, reading: convention.read(input) }));
  const found =
    all.find(({ reading }) => reading.markers.length > 0) ??
    all.find(({ reading }) => reading.problems.length > 0) ??
    all[0];
  if (found === undefined) throw new Error('No convention holds here: ask only where one does.');
  return found;
}
