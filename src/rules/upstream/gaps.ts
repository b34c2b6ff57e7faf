// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Finding } from '../verdict.ts';
import type { Case } from './case.ts';
import { asksFiles } from './needs.ts';
import { patchesIn } from './patches.ts';
import { finding } from './section.ts';

/** GitHub lists 3,000 files of a pull request at most: where it lists as many, there may be more. */
const mostFiles = 3000;

/** What is missing before anything can be judged. A patch that nobody looked at must not pass. */
export function gapsIn(judged: Case): Finding[] {
  const { files, totals, source } = judged.facts;
  if (!asksFiles(judged)) return [];
  if (files === null) return [finding('files-missing', 'gap', null, ['The list of changed files could not be read.'])];
  if (source === 'github' && files.length >= mostFiles) {
    const text = `GitHub lists at most ${mostFiles.toLocaleString('en')} files of a pull request, and this one may have more. Split it into smaller ones.`;
    return [finding('files-missing', 'gap', null, [text])];
  }
  if (files.length !== totals.files) {
    return [
      finding('files-missing', 'gap', null, [
        `${files.length} changed files could be read, and there should be ${totals.files ?? 'another number'}.`,
      ]),
    ];
  }
  const touched = patchesIn(judged);
  if (judged.base === undefined && (touched.length > 0 || judged.settings.submodules) && files.length > 0) {
    return [finding('no-merge-base', 'gap', null, ['The commit that the files are to be compared with is not known.'])];
  }
  return [];
}
