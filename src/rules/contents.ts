// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Content, Entry, FileEntry } from '../contribution/contribution.ts';
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

type TextFile = FileEntry & { readonly text: string };

/** The file's entry where it is a plain file with text; null otherwise. */
export function textFile(entry: Entry | undefined): TextFile | null {
  return entry?.kind === 'file' && entry.mode !== 'symlink' && hasText(entry) ? entry : null;
}

/** Its text where all of it is there; null otherwise. */
export function wholeText(entry: Entry | undefined): string | null {
  const file = textFile(entry);
  return file === null || file.truncated ? null : file.text;
}

function hasText(entry: FileEntry): entry is TextFile {
  return entry.text !== null;
}
