// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Facts } from '../../contribution/contribution.ts';
import { say } from '../text.ts';
import type { Finding } from '../verdict.ts';
import { mostFiles } from './case.ts';
import { listLimit } from './needs.ts';
import { finding } from './section.ts';

/** What is missing before anything can be judged. A file that nobody looked at must not pass. */
export function gapsIn(facts: Facts, base: string | null | undefined): Finding[] {
  const { files, totals } = facts;
  if (files === null) return [finding('files-missing', 'gap', null, ['The list of changed files could not be read.'])];
  if (files.length >= listLimit(facts)) {
    const text = `GitHub lists at most ${mostFiles.toLocaleString('en')} files of a pull request, and this one may have more. Split it into smaller ones.`;
    return [finding('files-missing', 'gap', null, [text])];
  }
  if (files.length !== totals.files) {
    const text = say`${[totals.files === null ? 'Nobody knows how many files there' : `There should be ${totals.files} changed files, but ${files.length}`]} could be read.`;
    return [finding('files-missing', 'gap', null, text)];
  }
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
