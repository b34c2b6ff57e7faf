// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { noModules } from '../changed-files/modules.ts';
import { say, type Text } from '../text.ts';
import type { Finding } from '../verdict.ts';
import type { Case } from './case.ts';
import type { Judged } from './judge-patches.ts';
import { submoduleQuestion } from './needs.ts';
import { finding } from './section.ts';
import { hasUnreadModules, modulesPath, type Pinned, pinnedSubmodules } from './submodules.ts';
import { answerTo } from './verify.ts';

export function judgeSubmodules(judged: Case): Judged[] {
  if (!judged.settings.submodules) return [];
  if (hasUnreadModules(judged)) return [only(finding('unread', 'gap', { path: modulesPath }, [noModules]))];
  return pinnedSubmodules(judged).map((one) => only(judgeOne(one, judged)));
}

function only(found: Finding): Judged {
  return { kind: 'Submodules', findings: [found], options: [] };
}

const unverifiedLevels = { note: 'note', warn: 'warning', fail: 'error' } as const;

function judgeOne(pinned: Pinned, judged: Case): Finding {
  const at = { path: pinned.path };
  const { kind, text } = verifyPinned(pinned, judged);
  switch (kind) {
    case 'verified':
      return finding('verified', 'ok', at, say`${text}.`);
    case 'wrong':
      return finding('not-contained', 'error', at, text);
    case 'unverified':
      return finding('not-verified', unverifiedLevels[judged.settings.verify.unverified], at, say`${text}.`);
  }
}

/** Whether the commit of a submodule is on the branch of its upstream. */
export function verifyPinned(
  pinned: Pinned,
  judged: Case,
): { readonly kind: 'verified' | 'wrong' | 'unverified'; readonly text: Text } {
  const { sha, repository, branch } = pinned;
  const short = sha.slice(0, 12);
  const question = submoduleQuestion(pinned);
  const answer = question === null ? null : answerTo(question, judged);
  const place = say`${branch ?? 'the default branch'} of ${repository ?? ''}`;
  if (answer?.ask === 'contained' && answer.answer === 'yes') {
    return { kind: 'verified', text: say`${short} is in ${place}` };
  }
  if (answer?.ask === 'contained' && answer.answer === 'no') {
    const text = say`${short} is not in ${place}: it may be a fork's. Send it upstream first, and pin a commit of upstream's branch.`;
    return { kind: 'wrong', text };
  }
  const why =
    repository === null
      ? 'its address does not lead to this GitHub'
      : ((answer?.ask === 'contained' ? answer.why : null) ?? 'GitHub was not asked');
  return { kind: 'unverified', text: say`Nobody could verify that ${short} is upstream's: ${why}` };
}
