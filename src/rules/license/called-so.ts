// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Entry, Facts } from '../../contribution/contribution.ts';
import { textFile } from '../contents.ts';
import type { Subject } from './case.ts';
import { identifiedInFile } from './text-budget.ts';

const loud = /LICEN[CS]E|COPYING|UNLICEN[CS]E/;

/**
 * Whether a license file's name leaves open that it is something else, such as a page about licenses: a name that is
 * not in capitals, below the root, and not in code from elsewhere.
 */
export function mayBeOnlyCalledSo({ path, kind, vendored }: Pick<Subject, 'path' | 'kind' | 'vendored'>): boolean {
  return kind === 'license' && vendored === null && path.includes('/') && !loud.test(path);
}

/**
 * Whether such a file is no license file: there is no license in its text, and there was none before. What is too
 * large to be read, by itself or with all the others, may be one.
 */
export function isOnlyCalledSo(
  subject: Subject,
  head: Entry | undefined,
  base: Entry | undefined,
  facts: Facts,
): boolean {
  if (!mayBeOnlyCalledSo(subject)) return false;
  const before = subject.former === null || holdsNoLicense(base, facts);
  return before && (subject.deleted || holdsNoLicense(head, facts));
}

/** In UTF-16 code units: longer than any page about licenses. */
const longestPage = 100_000;

function holdsNoLicense(entry: Entry | undefined, facts: Facts): boolean {
  if (entry?.kind !== 'file' || entry.mode === 'symlink') return false;
  if (entry.binary) return true;
  const file = textFile(entry);
  if (file === null || file.truncated || file.text.length > longestPage) return false;
  return identifiedInFile(file, facts)?.every(({ layer }) => layer === 'unknown') ?? false;
}
