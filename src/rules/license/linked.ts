// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { posix } from 'node:path';
import type { Entry } from '../../contribution/contribution.ts';
import { wholeText } from '../contents.ts';
import type { Lookup } from '../rule.ts';
import type { Case } from './case.ts';
import { directoryOf } from './reuse/reuse-files.ts';

/** The path that a relative one leads to from a directory; null where it leads out of the repository. */
export function pathFrom(directory: string, relative: string): string | null {
  if (relative === '' || relative.startsWith('/') || relative.includes('\0')) return null;
  const path = posix.join(directory, relative).replace(/\/$/, '');
  return path === '.' || path === '..' || path.startsWith('../') ? null : path;
}

/** Where a symbolic link at a path points; null: it is none, or points out of the repository. */
function targetOf(path: string, entry: Entry | undefined): string | null {
  if (entry?.kind !== 'file' || entry.mode !== 'symlink' || entry.text === null) return null;
  return pathFrom(directoryOf(path), entry.text);
}

/**
 * What lies at a path or, where that is a symbolic link, where it points: the packages of one repository often share a
 * license file so. One step is followed.
 */
export function followed(path: string, at: (path: string) => Entry | undefined): Entry | undefined {
  const entry = at(path);
  const target = targetOf(path, entry);
  const there = target === null ? undefined : at(target);
  return wholeText(there) === null ? entry : there;
}

/** Where the changed license files that are symbolic links point, on both sides. */
export function linkLookups({ subjects, facts, base, atHead, atBase }: Case): Lookup[] {
  return subjects.flatMap(({ path, former, kind }) => {
    if (kind !== 'license') return [];
    const before = former === null || base == null ? [] : linkLookup(base, former, atBase(former));
    return [...linkLookup(facts.head.sha, path, atHead(path)), ...before];
  });
}

/** Where what lies at a path of a commit points, if it is a symbolic link. */
export function linkLookup(commit: string, path: string, entry: Entry | undefined): Lookup[] {
  const target = targetOf(path, entry);
  return target === null ? [] : [{ commit, path: target, whole: true }];
}
