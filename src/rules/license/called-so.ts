// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Entry, FileEntry } from '../../contribution/contribution.ts';
import { oncePer } from '../once.ts';
import type { Subject } from './case.ts';
import { identified } from './texts.ts';

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
 * large to be read may be one.
 */
export function isOnlyCalledSo(subject: Subject, head: Entry | undefined, base: Entry | undefined): boolean {
  if (!mayBeOnlyCalledSo(subject)) return false;
  const before = subject.former === null || holdsNoLicense(base);
  return before && (subject.deleted || holdsNoLicense(head));
}

/** In UTF-16 code units: longer than any page about licenses; each takes time for which others wait. */
const longestPage = 100_000;

const isUnknown = oncePer((_: FileEntry, text: string) => identified(text).every(({ layer }) => layer === 'unknown'));

function holdsNoLicense(entry: Entry | undefined): boolean {
  if (entry?.kind !== 'file' || entry.mode === 'symlink') return false;
  if (entry.binary) return true;
  if (entry.text === null || entry.truncated || entry.text.length > longestPage) return false;
  return isUnknown(entry, entry.text);
}
