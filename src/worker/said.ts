// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** How long GitHub's API may not know yet of what it was told, in milliseconds. */
const lag = 2_000;
/** What is forgotten is found again by its mark. */
const mostRemembered = 10_000;

/**
 * What this process has said to people lately. That a comment was answered shows by the mark in our reply, and this is
 * for the moment in which GitHub's API may not show the reply yet.
 */
export interface SaidLately {
  /** `doubtful`: a request that would have said it failed just now, and it may have been said all the same. */
  of(key: string): 'said' | 'doubtful' | 'unsaid';
  said(keys: readonly string[]): void;
  doubt(keys: readonly string[]): void;
}

export function createSaidLately(now: () => number = () => performance.now()): SaidLately {
  const certain = new Set<string>();
  const doubts = new Map<string, number>();
  return {
    of(key) {
      if (certain.has(key)) return 'said';
      return (doubts.get(key) ?? 0) > now() ? 'doubtful' : 'unsaid';
    },
    said(keys) {
      if (certain.size > mostRemembered) certain.clear();
      for (const key of keys) certain.add(key);
    },
    doubt(keys) {
      if (doubts.size > mostRemembered) doubts.clear();
      for (const key of keys) doubts.set(key, now() + lag);
    },
  };
}
