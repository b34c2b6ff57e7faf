// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { LRUCache } from 'lru-cache';
import type { Entry } from '../contribution/contribution.ts';

/** What lies at paths of commits, which never changes. */
export interface ContentsMemory {
  /** undefined: not known; null: nothing lies there. */
  get(key: string): Entry | undefined;
  set(key: string, entry: Entry): void;
}

/** In characters, of all texts together and of the largest that is kept: license files and headers, not whole sources. */
const mostText = 8 * 1024 * 1024;
const largestText = 128 * 1024;
/** What an entry without a text takes, about. */
const least = 500;

/**
 * Whoever comments, reviews or labels has a pull request looked at again, and most pull requests into a branch start at
 * the same commit of it: the files that they are judged by are read once.
 */
export function createContentsMemory(): ContentsMemory {
  const entries = new LRUCache<string, { readonly entry: Entry }>({
    maxSize: mostText,
    maxEntrySize: largestText,
    sizeCalculation: ({ entry }) => least + (entry?.kind === 'file' ? (entry.text?.length ?? 0) : 0),
  });
  return {
    get: (key) => entries.get(key)?.entry,
    set: (key, entry) => void entries.set(key, { entry }),
  };
}
