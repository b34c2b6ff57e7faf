// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Content, Entry } from '../contribution/contribution.ts';
import { oncePer } from './once.ts';

/** What lies at a path of a commit; null: nothing does; undefined: nobody looked. */
export type EntryAt = (commit: string, path: string) => Entry | undefined;

/** Finds what was read. */
export const entriesIn: (contents: readonly Content[]) => EntryAt = oncePer((contents) => {
  const commits = new Map<string, Map<string, Entry>>();
  for (const { commit, path, entry } of contents) {
    const entries = commits.get(commit) ?? new Map<string, Entry>();
    commits.set(commit, entries.set(path, entry));
  }
  return (commit, path) => commits.get(commit)?.get(path);
});
