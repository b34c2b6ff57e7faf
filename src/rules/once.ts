// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { LruMap } from 'toad-cache';

// Facts are read in rounds, and what the rules make of them is asked for in each. Facts and settings never change, so what
// follows from one of them is worked out once, and forgotten with it. Nobody can tell, but for the time that it takes.

/**
 * The same function of an object that never changes, worked out once for as long as that object lives; where it takes
 * more than the object, until one of the others is another.
 */
export function oncePer<Key extends object, Others extends readonly unknown[], Value>(
  of: (key: Key, ...others: Others) => Value,
): (key: Key, ...others: Others) => Value {
  const memory = new WeakMap<Key, { readonly others: Others; readonly value: Value }>();
  return (key, ...others) => {
    const known = memory.get(key);
    if (known !== undefined && areSame(known.others, others)) return known.value;
    const value = of(key, ...others);
    memory.set(key, { others, value });
    return value;
  };
}

/** A loop and no `every`, whose closure would be made anew for each call. */
function areSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  for (let index = 0; index < some.length; index += 1) if (some[index] !== others[index]) return false;
  return true;
}

const remembered = 1_000;
const longest = 200;
const ascii = /^[\0-\x7f]*$/;

type Known = NonNullable<unknown> | null;

/** The same for short texts, as long as they are among those that came last. */
export function oncePerText<Value extends Known>(of: (text: string) => Value): (text: string) => Value {
  const memory = new LruMap<Value>(remembered);
  return (text) => {
    if (text.length > longest) return of(text);
    const known = memory.get(text);
    if (known !== undefined) return known;
    // A copy: a slice of a longer text keeps the whole of it in memory.
    const encoding = ascii.test(text) ? 'latin1' : 'utf16le';
    const own = Buffer.from(text, encoding).toString(encoding);
    const value = of(own);
    memory.set(own, value);
    return value;
  };
}
