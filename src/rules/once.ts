// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

// Facts are read in rounds, and what the rules make of them is asked for in each. Facts and settings never change, so what
// follows from one of them is worked out once, and forgotten with it. Nobody can tell, but for the time that it takes.

type Known = NonNullable<unknown> | null;

/** The same function of an object that never changes, worked out once for as long as that object lives. */
export function oncePer<Key extends object, Value extends Known>(of: (key: Key) => Value): (key: Key) => Value {
  const memory = new WeakMap<Key, Value>();
  return (key) => {
    const known = memory.get(key);
    if (known !== undefined) return known;
    const value = of(key);
    memory.set(key, value);
    return value;
  };
}

/** The same for what two such objects amount to together. */
export function oncePerPair<One extends object, Other extends object, Value extends Known>(
  of: (one: One, other: Other) => Value,
): (one: One, other: Other) => Value {
  const memory = new WeakMap<One, WeakMap<Other, Value>>();
  return (one, other) => {
    let values = memory.get(one);
    if (values === undefined) {
      values = new WeakMap();
      memory.set(one, values);
    }
    const known = values.get(other);
    if (known !== undefined) return known;
    const value = of(one, other);
    values.set(other, value);
    return value;
  };
}
