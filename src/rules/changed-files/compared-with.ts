// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Facts } from '../../contribution/contribution.ts';
import { oncePer } from '../once.ts';

/**
 * The commit that the changed files are compared with: GitHub compares with the merge base, since the base branch may
 * have moved on. null: there is none, everything is new. undefined: it has to be asked for.
 *
 * Where only one commit outside the contribution is a parent of one inside, that one is the merge base: no other way
 * leads to the base's history. Where there are several, a contributor could have merged an old one of them to hide a
 * change, so nobody guesses.
 */
export const comparedWith = oncePer((facts: Facts): string | null | undefined => {
  const { mergeBase, commits, totals, head } = facts;
  if (mergeBase !== undefined) return mergeBase;
  const inside = new Set(commits.map(({ sha }) => sha));
  if (inside.size !== totals.commits || !inside.has(head.sha)) return undefined;
  const outside = new Set(commits.flatMap(({ parents }) => parents).filter((parent) => !inside.has(parent)));
  const [only, ...others] = outside;
  return others.length === 0 ? only : undefined;
});
