// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Lookup, Need } from './rule.ts';

/** The same needs, with all lookups under one head in one of them: a source answers those with one request. */
export function joinedNeeds(needs: readonly Need[]): readonly Need[] {
  const contents = Map.groupBy(
    needs.filter((need) => need.fact === 'contents'),
    ({ head }) => head,
  );
  return [
    ...needs.filter((need) => need.fact !== 'contents'),
    ...[...contents].map(([head, parts]): Need => {
      return { fact: 'contents', head, lookups: joinedLookups(parts.flatMap(({ lookups }) => lookups)) };
    }),
  ];
}

/** What one rule wants whole and another in part is read whole. */
function joinedLookups(lookups: readonly Lookup[]): readonly Lookup[] {
  const joined = new Map<string, Lookup>();
  for (const lookup of lookups) {
    const key = `${lookup.commit}:${lookup.path}`;
    if (joined.get(key)?.whole !== true) joined.set(key, lookup);
  }
  return [...joined.values()];
}
