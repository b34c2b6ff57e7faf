// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say } from '../text.ts';
import type { Finding } from '../verdict.ts';
import type { Case } from './case.ts';
import type { Judged } from './judge-patches.ts';
import { submoduleQuestion } from './needs.ts';
import { finding } from './section.ts';
import { type Pinned, pinnedSubmodules } from './submodules.ts';
import { answerTo } from './verify.ts';

export function judgeSubmodules(judged: Case): Judged[] {
  if (!judged.settings.submodules) return [];
  return pinnedSubmodules(judged).map((one) => ({
    kind: 'Submodules',
    findings: [judgeOne(one, judged)],
    options: [],
  }));
}

function judgeOne(pinned: Pinned, judged: Case): Finding {
  const { path, sha, repository, branch } = pinned;
  const short = sha.slice(0, 12);
  const question = submoduleQuestion(pinned);
  const answer = question === null ? null : answerTo(question, judged);
  if (answer?.ask === 'contained' && answer.answer === 'yes') {
    return finding(
      'verified',
      'ok',
      { path },
      say`${short} is in ${branch ?? 'the default branch'} of ${repository ?? ''}.`,
    );
  }
  if (answer?.ask === 'contained' && answer.answer === 'no') {
    const text = say`${short} is not in ${branch ?? 'the default branch'} of ${repository ?? ''}: it may be a fork's. Send it upstream first, and pin a commit of upstream's branch.`;
    return finding('not-contained', 'error', { path }, text);
  }
  const why =
    repository === null
      ? 'its address does not lead to this GitHub'
      : ((answer?.ask === 'contained' ? answer.why : null) ?? 'GitHub was not asked');
  const level = { note: 'note', warn: 'warning', fail: 'error' } as const;
  const text = say`Nobody could verify that ${short} is upstream's: ${why}.`;
  return finding('not-verified', level[judged.settings.verify.unverified], { path }, text);
}
