// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Who is next: a line of keys for each installation. */
export interface Line {
  add(installation: number, key: string): void;
  /** Takes the next key out, which holds one of `places` until `leave`; undefined where none may go now. */
  take(places: number): string | undefined;
  leave(installation: number): void;
}

/** A quarter of the places stays free of any one installation, whose entries may all be waiting for its limits. */
const largestShare = 0.75;

/**
 * An installation with thousands of pull requests to look at, or one at its limits, must not hold up another's only one:
 * next is the oldest key of the installation that holds the fewest places.
 */
export function createLine(): Line {
  const waiting = new Map<number, string[]>();
  const held = new Map<number, number>();
  const heldBy = (installation: number) => held.get(installation) ?? 0;
  return {
    add: (installation, key) => {
      const keys = waiting.get(installation);
      if (keys === undefined) waiting.set(installation, [key]);
      else keys.push(key);
    },
    take: (places) => {
      const [next] = [...waiting.keys()].sort((a, b) => heldBy(a) - heldBy(b));
      if (next === undefined || heldBy(next) >= Math.ceil(places * largestShare)) return undefined;
      const keys = waiting.get(next) ?? [];
      const key = keys.shift();
      // Taken out and put back, an installation goes behind those that hold as many places.
      waiting.delete(next);
      if (keys.length > 0) waiting.set(next, keys);
      held.set(next, heldBy(next) + 1);
      return key;
    },
    leave: (installation) => {
      const left = heldBy(installation) - 1;
      if (left > 0) held.set(installation, left);
      else held.delete(installation);
    },
  };
}
