// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Urgency } from './inbox.ts';

/** Who is next: for each urgency a line of keys for each installation. */
interface Line {
  add(installation: number, key: string, urgency: Urgency): void;
  remove(installation: number, key: string): void;
  /** Takes the next key out, which holds one of `places` until `leave`; undefined where none may go now. */
  take(places: number): string | undefined;
  leave(installation: number): void;
}

/** A quarter of the places stays free of any one installation, whose entries may all be waiting for its limits. */
const largestShare = 0.75;

/** The most places of that many that one installation may hold. */
export function shareOf(places: number): number {
  return Math.ceil(places * largestShare);
}

/**
 * An installation with thousands of pull requests to look at, or one at its limits, must not hold up another's only one:
 * next is the oldest key of the installation that holds the fewest places. Where persons wait, sweeps wait for them.
 */
export function createLine(): Line {
  const lines: Readonly<Record<Urgency, Map<number, Set<string>>>> = { person: new Map(), sweep: new Map() };
  const held = new Map<number, number>();
  const heldBy = (installation: number) => held.get(installation) ?? 0;

  function takeFrom(waiting: Map<number, Set<string>>, places: number): string | undefined {
    let next: number | undefined;
    for (const installation of waiting.keys()) {
      if (next === undefined || heldBy(installation) < heldBy(next)) next = installation;
    }
    if (next === undefined || heldBy(next) >= shareOf(places)) return undefined;
    const keys = waiting.get(next) ?? new Set();
    const [key] = keys;
    if (key !== undefined) keys.delete(key);
    // Taken out and put back, an installation goes behind those that hold as many places.
    waiting.delete(next);
    if (keys.size > 0) waiting.set(next, keys);
    held.set(next, heldBy(next) + 1);
    return key;
  }

  return {
    add: (installation, key, urgency) => {
      const keys = lines[urgency].get(installation);
      if (keys === undefined) lines[urgency].set(installation, new Set([key]));
      else keys.add(key);
    },
    remove: (installation, key) => {
      for (const waiting of Object.values(lines)) {
        const keys = waiting.get(installation);
        if (keys?.delete(key) === true && keys.size === 0) waiting.delete(installation);
      }
    },
    take: (places) => takeFrom(lines.person, places) ?? takeFrom(lines.sweep, places),
    leave: (installation) => {
      const left = heldBy(installation) - 1;
      if (left > 0) held.set(installation, left);
      else held.delete(installation);
    },
  };
}
