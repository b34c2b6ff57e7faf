// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { LRUCache } from 'lru-cache';
import type { Entry } from '../contribution/contribution.ts';

/** What lies at paths of commits, which never changes. A commit goes by whatever name tells it from all others. */
export interface ContentsMemory {
  /** undefined: not known; null: nothing lies there. */
  get(commit: string, path: string): Entry | undefined;
  add(commit: string, path: string, entry: Entry): void;
}

/** In characters, of all texts together, of those of one commit, and of the largest that is kept. */
const mostText = 4 * 1024 * 1024;
const mostOfCommit = 512 * 1024;
/** License files and headers, not whole sources. */
const largestText = 128 * 1024;
/** What an entry without a text takes, about. */
const least = 500;

interface Kept {
  readonly entries: Map<string, Entry>;
  readonly size: number;
}
const nothing = (): Kept => ({ entries: new Map(), size: least });

/**
 * Whoever comments, reviews or labels has a pull request looked at again, and most pull requests into a branch start at
 * the same commit of it: the files that they are judged by are read once. Kept by commit, since a commit's files are
 * asked for together.
 */
export function createContentsMemory(): ContentsMemory {
  const commits = new LRUCache<string, Kept>({
    maxSize: mostText,
    maxEntrySize: mostOfCommit,
    sizeCalculation: ({ size }) => size,
  });
  return {
    get: (commit, path) => commits.get(commit)?.entries.get(path),
    add: (commit, path, entry) => {
      const known = commits.get(commit) ?? nothing();
      const more = least + textOf(entry);
      if (more > largestText || known.entries.has(path)) return;
      // Where more is asked of one commit than there is room for, what was asked last counts.
      const { entries, size } = known.size + more > mostOfCommit ? nothing() : known;
      entries.set(path, entry);
      // The cache weighs only what it does not hold yet.
      commits.set(commit, { entries, size: size + more });
    },
  };
}

function textOf(entry: Entry): number {
  return entry?.kind === 'file' ? (entry.text?.length ?? 0) : 0;
}
