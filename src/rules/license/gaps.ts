// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Facts } from '../../contribution/contribution.ts';
import { listGap } from '../changed-files/list.ts';
import type { Finding } from '../verdict.ts';
import { finding } from './section.ts';

/** What is missing before anything can be judged. A file that nobody looked at must not pass. */
export function gapsIn(facts: Facts, base: string | null | undefined): Finding[] {
  const gap = listGap(facts);
  if (gap !== null) return [finding('files-missing', 'gap', null, gap)];
  const files = facts.files ?? [];
  if (new Set(files.map(({ path }) => path)).size !== files.length) {
    return [finding('files-repeated', 'gap', null, ['A file came twice in the list of changed files.'])];
  }
  if (base === undefined && files.length > 0) {
    return [finding('no-merge-base', 'gap', null, ['The commit that the files are to be compared with is not known.'])];
  }
  return files.flatMap(({ path, change, previousPath }) => {
    if (change !== 'renamed' || previousPath != null) return [];
    return [finding('unread', 'gap', { path }, ['This file was renamed, and nobody knows what it was before.'])];
  });
}
