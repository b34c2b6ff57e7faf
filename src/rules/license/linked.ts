// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Entry } from '../../contribution/contribution.ts';
import { wholeText } from '../contents.ts';
import { linkTarget } from '../link.ts';
import type { Lookup } from '../rule.ts';
import type { Case } from './case.ts';

/**
 * What lies at a path or, where that is a symbolic link, where it points: the packages of one repository often share a
 * license file so. One step is followed.
 */
export function followed(path: string, at: (path: string) => Entry | undefined): Entry | undefined {
  const entry = at(path);
  const target = linkTarget(path, entry);
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
  const target = linkTarget(path, entry);
  return target === null ? [] : [{ commit, path: target, whole: true }];
}
