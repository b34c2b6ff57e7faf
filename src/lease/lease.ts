// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** A name that one process holds for a while. */
export interface Lease {
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

/** Leases among the parts of one process; enough wherever one process is all there is. */
export function createMemoryLeases(now: () => number = Date.now): Leases {
  const held = new Map<string, { readonly holder: symbol; readonly until: number }>();
  const holderOf = (name: string) => {
    const entry = held.get(name);
    return entry !== undefined && entry.until > now() ? entry.holder : null;
  };
  return {
    hold: async (name, ttlMs) => {
      if (holderOf(name) !== null) return null;
      const holder = Symbol(name);
      held.set(name, { holder, until: now() + ttlMs });
      return {
        renew: async () => {
          if (holderOf(name) !== holder) return false;
          held.set(name, { holder, until: now() + ttlMs });
          return true;
        },
        release: async () => {
          if (held.get(name)?.holder === holder) held.delete(name);
        },
      };
    },
  };
}
