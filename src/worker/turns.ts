// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Runs `work` when everything before it with the same key has ended; `waited` tells whether there was anything. */
export type Turns = <Result>(key: string, work: (waited: boolean) => Promise<Result>) => Promise<Result>;

/** One after the other for equal keys, in this process; at once for different ones. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = last.get(key);
    const mine = (async () => {
      await before?.catch(() => {});
      return work(before !== undefined);
    })();
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}
