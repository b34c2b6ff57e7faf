// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { LruMap } from 'toad-cache';

/** A name that one process holds for a while. */
export interface Lease {
  /** For how many milliseconds nobody had held it before; infinite where nobody is known to have. */
  readonly idle: number;
  /**
   * Holds it for its time to live again, counted from now. false where it is lost: somebody else may have it, and what
   * was done under it has to stop.
   */
  renew(): Promise<boolean>;
  /** Gives it back at once. Harmless where it is lost already. */
  release(): Promise<void>;
}

/** Names of which at most one holder exists among all processes that share a storage. */
export interface Leases {
  /**
   * The lease of that name for `ttlMs` milliseconds, or null while somebody holds it, be it this very process. Who dies
   * without giving it back keeps it until then, so that `ttlMs` is how long others wait after a crash.
   */
  hold(name: string, ttlMs: number): Promise<Lease | null>;
}

/** Names of which it is remembered when they were held last. */
const remembered = 10_000;

/** Leases among the parts of one process; enough wherever one process is all there is. */
export function createMemoryLeases(now: () => number = () => performance.now()): Leases {
  const held = new Map<string, { readonly holder: symbol; readonly until: number }>();
  const freedAt = new LruMap<number>(remembered);
  const holderOf = (name: string) => {
    const entry = held.get(name);
    return entry !== undefined && entry.until > now() ? entry.holder : null;
  };
  return {
    hold: async (name, ttlMs) => {
      if (holderOf(name) !== null) return null;
      const holder = Symbol(name);
      const idle = now() - (held.get(name)?.until ?? freedAt.get(name) ?? Number.NEGATIVE_INFINITY);
      held.set(name, { holder, until: now() + ttlMs });
      return {
        idle,
        renew: async () => {
          if (holderOf(name) !== holder) return false;
          held.set(name, { holder, until: now() + ttlMs });
          return true;
        },
        release: async () => {
          if (held.get(name)?.holder !== holder) return;
          held.delete(name);
          freedAt.set(name, now());
        },
      };
    },
  };
}
