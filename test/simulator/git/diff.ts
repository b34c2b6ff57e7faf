// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

export type FileChange = 'ADDED' | 'MODIFIED' | 'DELETED' | 'RENAMED' | 'COPIED' | 'CHANGED';

export interface ChangedFile {
  readonly path: string;
  /** Where the file came from, for a rename or a copy. */
  readonly previousPath: string | null;
  readonly change: FileChange;
  readonly additions: number;
  readonly deletions: number;
  /** Object id of the new content; of the old one for a deleted file. */
  readonly blob: string;
}

const changes: Readonly<Record<string, FileChange>> = {
  A: 'ADDED',
  M: 'MODIFIED',
  D: 'DELETED',
  R: 'RENAMED',
  C: 'COPIED',
  T: 'CHANGED',
};

/** Parses `git diff --raw --numstat -z --no-abbrev`: every raw record first, then every count in the same order. */
export function parseDiff(output: string): readonly ChangedFile[] {
  const fields = output.split('\0');
  const files: Omit<ChangedFile, 'additions' | 'deletions'>[] = [];
  let at = 0;
  while (fields[at]?.startsWith(':')) {
    const [, , before = '', after = '', status = ''] = (fields[at] as string).split(' ');
    const change = changes[status[0] ?? ''] ?? 'CHANGED';
    const moved = change === 'RENAMED' || change === 'COPIED';
    const path = fields[at + (moved ? 2 : 1)] ?? '';
    const blob = change === 'DELETED' ? before : after;
    files.push({ path, previousPath: moved ? (fields[at + 1] ?? '') : null, change, blob });
    at += moved ? 3 : 2;
  }
  return files.map((file) => {
    const [added = '0', deleted = '0', path = ''] = (fields[at] ?? '').split('\t');
    at += path === '' ? 3 : 1;
    // A binary file is counted as «-».
    return { ...file, additions: Number(added) || 0, deletions: Number(deleted) || 0 };
  });
}

/** Splits `git diff --patch` into one patch a file, without git's own header lines; a line of content never starts with «diff». */
export function splitPatches(output: string): readonly (string | undefined)[] {
  return output
    .split(/^diff --git .*\n/m)
    .slice(1)
    .map((text) => {
      const start = text.search(/^@@/m);
      return start === -1 ? undefined : text.slice(start).replace(/\n$/, '');
    });
}
