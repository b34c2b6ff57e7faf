// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Comparison } from '../rules/strictness.ts';
import { equal } from './tree.ts';

/**
 * The value nearest to the given one that the floor allows: the same where it is at least as strict, by the key's own
 * comparison. Bound twice, a value stays as it is.
 */
export function bind(stricter: Exclude<Comparison, 'parts'>, floor: unknown, value: unknown): unknown {
  if (equal(floor, value)) return value;
  if (stricter === 'fixed') return floor;
  if (stricter === 'lowest') return isLower(floor, value) ? floor : value;
  if ('order' in stricter) {
    const order: readonly unknown[] = stricter.order;
    return order.indexOf(value) > order.indexOf(floor) || !order.includes(value) ? floor : value;
  }
  switch (stricter.list) {
    case 'more':
      return more(floor, value);
    case 'within':
      return within(floor, value);
    case 'fewer':
      return fewer(floor, value);
  }
}

/** Days as `YYYY-MM-DD`, which sort as text, or a number of days such as `90d`; null never comes. */
function isLower(floor: unknown, value: unknown): boolean {
  if (floor === null) return false;
  if (value === null) return true;
  const days = (one: unknown) => Number(/^(\d+)d$/.exec(String(one))?.[1] ?? Number.NaN);
  return Number.isNaN(days(floor)) ? String(floor) < String(value) : days(floor) < days(value);
}

function more(floor: unknown, value: unknown): unknown {
  if (!Array.isArray(floor) || !Array.isArray(value)) return floor;
  const missing = floor.filter((entry) => !has(value, entry));
  return missing.length === 0 ? value : [...value, ...missing];
}

/** An empty list is no limit at all: where nothing that is wanted is left, the floor's list holds. */
function within(floor: unknown, value: unknown): unknown {
  if (!Array.isArray(floor) || !Array.isArray(value) || floor.length === 0) return value;
  const left = value.filter((entry) => has(floor, entry));
  return left.length === 0 ? floor : left.length === value.length ? value : left;
}

function fewer(floor: unknown, value: unknown): unknown {
  if (!Array.isArray(value)) return value === null ? value : floor;
  const allowed = Array.isArray(floor) ? floor : [];
  const left = value.filter((entry) => allowed.some((one) => covers(one, entry)));
  return left.length === value.length ? value : left;
}

function has(list: readonly unknown[], entry: unknown): boolean {
  return list.some((one) => equal(one, entry));
}

/**
 * Whether the floor's entry lets pass whatever the other one does. Of globs, only what is certain by their text: `**` has
 * everything, and `a/b/**` has what begins with `a/b/`. Entries that are no globs hold no `*`.
 */
function covers(floor: unknown, entry: unknown): boolean {
  if (equal(floor, entry)) return true;
  if (typeof floor !== 'string' || typeof entry !== 'string') return false;
  if (floor === '**') return true;
  const directory = /^\/?([^*?\\]+\/)(?:\*\*)?$/.exec(floor)?.[1];
  return directory !== undefined && entry.replace(/^\//, '').startsWith(directory);
}
