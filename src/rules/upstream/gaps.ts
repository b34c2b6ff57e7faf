// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { listGap } from '../changed-files/list.ts';
import type { Finding } from '../verdict.ts';
import type { Case } from './case.ts';
import { asksFiles } from './needs.ts';
import { patchesIn } from './patches.ts';
import { finding } from './section.ts';

/** What is missing before anything can be judged. A patch that nobody looked at must not pass. */
export function gapsIn(judged: Case): Finding[] {
  const { facts, settings, base } = judged;
  if (!asksFiles(judged)) return [];
  const gap = listGap(facts);
  if (gap !== null) return [finding('files-missing', 'gap', null, gap)];
  const isCompared = patchesIn(judged).length > 0 || (settings.submodules && facts.files?.length !== 0);
  if (base === undefined && isCompared) {
    return [finding('no-merge-base', 'gap', null, ['The commit that the files are to be compared with is not known.'])];
  }
  return [];
}
