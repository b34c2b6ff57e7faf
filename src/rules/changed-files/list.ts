// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Facts } from '../../contribution/contribution.ts';
import type { Text } from '../text.ts';

/** GitHub lists so many files of a pull request at most: where it lists as many, there may be more. */
const mostFiles = 3000;

type Listed = Pick<Facts, 'files' | 'totals' | 'source'>;

/** Why the list of changed files cannot be judged by; null: it is whole. */
export function listGap({ files, totals, source }: Listed): Text | null {
  if (files === null) return ['The list of changed files could not be read.'];
  // A local list has no limit.
  if (source === 'github' && files.length >= mostFiles) {
    return [
      `GitHub lists at most ${mostFiles.toLocaleString('en')} files of a pull request, and this one may have more. Split it into smaller ones.`,
    ];
  }
  if (files.length === totals.files) return null;
  return totals.files === null
    ? ['Nobody knows how many files there could be read.']
    : [`There should be ${totals.files} changed files, but ${files.length} could be read.`];
}
